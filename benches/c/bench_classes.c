/* The class of the benchmark, as one writes it by hand for CPython's C API: a heap type, as extensions have them today. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    long long value;
} Number;

typedef struct {
    PyObject_HEAD
    long long next, end;
} Count;

static PyTypeObject *number_type;

static int
number_of(PyObject *args, PyObject *kwargs, const char *format, long long *value)
{
    if (kwargs != NULL && PyDict_GET_SIZE(kwargs) != 0) {
        PyErr_SetString(PyExc_TypeError, "no keywords are taken");
        return -1;
    }
    return PyArg_ParseTuple(args, format, value) ? 0 : -1;
}

static PyObject *
number_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    long long value;
    if (number_of(args, kwargs, "L:Number", &value) < 0)
        return NULL;
    Number *self = (Number *)type->tp_alloc(type, 0);
    if (self != NULL)
        self->value = value;
    return (PyObject *)self;
}

static void
dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *
number_same(PyObject *self, PyObject *unused)
{
    return PyLong_FromLongLong(((Number *)self)->value);
}

static PyObject *
number_plus(PyObject *self, PyObject *arg)
{
    long long x = PyLong_AsLongLong(arg);
    if (x == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromLongLong((long long)((unsigned long long)((Number *)self)->value + (unsigned long long)x));
}

static PyObject *
number_value(PyObject *self, void *unused)
{
    return PyLong_FromLongLong(((Number *)self)->value);
}

static PyObject *
number_add(PyObject *a, PyObject *b)
{
    if (!PyObject_TypeCheck(a, number_type) || !PyObject_TypeCheck(b, number_type))
        Py_RETURN_NOTIMPLEMENTED;
    Number *sum = (Number *)number_type->tp_alloc(number_type, 0);
    if (sum != NULL)
        sum->value = (long long)((unsigned long long)((Number *)a)->value + (unsigned long long)((Number *)b)->value);
    return (PyObject *)sum;
}

static Py_ssize_t
number_len(PyObject *self)
{
    return (Py_ssize_t)((Number *)self)->value;
}

static PyObject *
count_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    long long end;
    if (number_of(args, kwargs, "L:Count", &end) < 0)
        return NULL;
    Count *self = (Count *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->next = 0;
        self->end = end;
    }
    return (PyObject *)self;
}

static PyObject *
count_next(PyObject *self)
{
    Count *count = (Count *)self;
    if (count->next >= count->end)
        return NULL;
    return PyLong_FromLongLong(count->next++);
}

static PyMethodDef number_methods[] = {
    {"same", number_same, METH_NOARGS, NULL},
    {"plus", number_plus, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef number_getset[] = {
    {"value", number_value, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot number_slots[] = {
    {Py_tp_new, number_new},
    {Py_tp_dealloc, dealloc},
    {Py_tp_methods, number_methods},
    {Py_tp_getset, number_getset},
    {Py_nb_add, number_add},
    {Py_mp_subscript, number_plus},
    {Py_mp_length, number_len},
    {0, NULL},
};

static PyType_Slot count_slots[] = {
    {Py_tp_new, count_new},
    {Py_tp_dealloc, dealloc},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, count_next},
    {0, NULL},
};

static PyType_Spec number_spec = {"bench_c.Number", sizeof(Number), 0, Py_TPFLAGS_DEFAULT, number_slots};
static PyType_Spec count_spec = {"bench_c.Count", sizeof(Count), 0, Py_TPFLAGS_DEFAULT, count_slots};

static int
add_type(PyObject *module, const char *name, PyType_Spec *spec, PyTypeObject **kept)
{
    PyObject *type = PyType_FromSpec(spec);
    if (type == NULL)
        return -1;
    if (kept != NULL)
        *kept = (PyTypeObject *)type;
    return PyModule_AddObject(module, name, type);
}

static int
exec(PyObject *module)
{
    if (add_type(module, "Number", &number_spec, &number_type) < 0)
        return -1;
    return add_type(module, "Count", &count_spec, NULL);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "bench_c",
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit_bench_c(void)
{
    return PyModuleDef_Init(&definition);
}
