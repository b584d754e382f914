/* The six functions of the benchmark, as one writes them by hand for CPython's C API. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *
f(PyObject *module, PyObject *unused)
{
    Py_RETURN_NONE;
}

static PyObject *
o1(PyObject *module, PyObject *obj)
{
    Py_RETURN_NONE;
}

static PyObject *
f1(PyObject *module, PyObject *arg)
{
    long long x = PyLong_AsLongLong(arg);
    if (x == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromLongLong((long long)((unsigned long long)x + 1));
}

static PyObject *
add(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    if (nargs != 2) {
        PyErr_Format(PyExc_TypeError, "add() takes 2 positional arguments but %zd were given", nargs);
        return NULL;
    }
    double a = PyFloat_AsDouble(args[0]);
    if (a == -1.0 && PyErr_Occurred())
        return NULL;
    double b = PyFloat_AsDouble(args[1]);
    if (b == -1.0 && PyErr_Occurred())
        return NULL;
    return PyFloat_FromDouble(a + b);
}

static PyObject *
kw(PyObject *module, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"a", "b", "c", NULL};
    long long a, b = 2, c = 3;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "L|LL:kw", names, &a, &b, &c))
        return NULL;
    return PyLong_FromLongLong((long long)((unsigned long long)a + (unsigned long long)b + (unsigned long long)c));
}

static PyMethodDef methods[] = {
    {"f", f, METH_NOARGS, NULL},
    {"o1", o1, METH_O, NULL},
    {"f1", f1, METH_O, NULL},
    {"add", (PyCFunction)(void (*)(void))add, METH_FASTCALL, NULL},
    {"kw", (PyCFunction)(void (*)(void))kw, METH_VARARGS | METH_KEYWORDS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "bench_c",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC
PyInit_bench_c(void)
{
    return PyModuleDef_Init(&definition);
}
