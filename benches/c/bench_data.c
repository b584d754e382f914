/* The conversions of `cargo xtask bench data`, as one writes them by hand for one version of Python. Where Rust makes a vector or
   a map of what it is given, this makes an array; it has no map. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdlib.h>
#include <string.h>

typedef PyObject O;

static O *sum_f64s(O *m, O *list)
{
    if (!PyList_Check(list))
        return PyErr_Format(PyExc_TypeError, "a list is required");
    Py_ssize_t n = PyList_GET_SIZE(list);
    double *items = malloc(n * sizeof(double) + 1), sum = 0;
    if (items == NULL)
        return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < n; i++) {
        items[i] = PyFloat_AsDouble(PyList_GET_ITEM(list, i));
        if (items[i] == -1.0 && PyErr_Occurred()) {
            free(items);
            return NULL;
        }
    }
    for (Py_ssize_t i = 0; i < n; i++)
        sum += items[i];
    free(items);
    return PyFloat_FromDouble(sum);
}

static O *sum_i64s(O *m, O *list)
{
    if (!PyList_Check(list))
        return PyErr_Format(PyExc_TypeError, "a list is required");
    Py_ssize_t n = PyList_GET_SIZE(list);
    long long *items = malloc(n * sizeof(long long) + 1), sum = 0;
    if (items == NULL)
        return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < n; i++) {
        items[i] = PyLong_AsLongLong(PyList_GET_ITEM(list, i));
        if (items[i] == -1 && PyErr_Occurred()) {
            free(items);
            return NULL;
        }
    }
    for (Py_ssize_t i = 0; i < n; i++)
        sum += items[i];
    free(items);
    return PyLong_FromLongLong(sum);
}

static O *sum_tuple(O *m, O *tuple)
{
    if (!PyTuple_Check(tuple))
        return PyErr_Format(PyExc_TypeError, "a tuple is required");
    Py_ssize_t n = PyTuple_GET_SIZE(tuple);
    double *items = malloc(n * sizeof(double) + 1), sum = 0;
    if (items == NULL)
        return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < n; i++) {
        items[i] = PyFloat_AsDouble(PyTuple_GET_ITEM(tuple, i));
        if (items[i] == -1.0 && PyErr_Occurred()) {
            free(items);
            return NULL;
        }
    }
    for (Py_ssize_t i = 0; i < n; i++)
        sum += items[i];
    free(items);
    return PyFloat_FromDouble(sum);
}

static O *strs(O *m, O *list)
{
    if (!PyList_Check(list))
        return PyErr_Format(PyExc_TypeError, "a list is required");
    Py_ssize_t n = PyList_GET_SIZE(list), i, size, total = 0;
    char **items = malloc(n * sizeof(char *) + 1);
    if (items == NULL)
        return PyErr_NoMemory();
    for (i = 0; i < n; i++) {
        const char *text = PyUnicode_AsUTF8AndSize(PyList_GET_ITEM(list, i), &size);
        if (text == NULL || (items[i] = malloc(size + 1)) == NULL)
            break;
        memcpy(items[i], text, size);
        total += size;
    }
    int complete = i == n;
    while (i-- > 0)
        free(items[i]);
    free(items);
    return complete ? PyLong_FromSsize_t(total) : NULL;
}

static O *nested(O *m, O *list)
{
    if (!PyList_Check(list))
        return PyErr_Format(PyExc_TypeError, "a list is required");
    double sum = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        O *row = sum_f64s(m, PyList_GET_ITEM(list, i));
        if (row == NULL)
            return NULL;
        sum += PyFloat_AS_DOUBLE(row);
        Py_DECREF(row);
    }
    return PyFloat_FromDouble(sum);
}

static O *pair(O *m, O *tuple)
{
    Py_ssize_t size;
    if (!PyTuple_Check(tuple) || PyTuple_GET_SIZE(tuple) != 3)
        return PyErr_Format(PyExc_TypeError, "a tuple of three is required");
    long long a = PyLong_AsLongLong(PyTuple_GET_ITEM(tuple, 0));
    if (a == -1 && PyErr_Occurred())
        return NULL;
    double b = PyFloat_AsDouble(PyTuple_GET_ITEM(tuple, 1));
    if (b == -1.0 && PyErr_Occurred())
        return NULL;
    const char *text = PyUnicode_AsUTF8AndSize(PyTuple_GET_ITEM(tuple, 2), &size);
    if (text == NULL)
        return NULL;
    O *result = PyTuple_New(3);
    if (result == NULL)
        return NULL;
    PyTuple_SET_ITEM(result, 0, PyLong_FromLongLong(a));
    PyTuple_SET_ITEM(result, 1, PyFloat_FromDouble(b));
    PyTuple_SET_ITEM(result, 2, PyLong_FromSsize_t(size));
    return result;
}

static O *sum_set(O *m, O *set)
{
    if (!PyAnySet_Check(set))
        return PyErr_Format(PyExc_TypeError, "a set is required");
    O *iterator = PyObject_GetIter(set), *item;
    long long sum = 0;
    if (iterator == NULL)
        return NULL;
    while ((item = PyIter_Next(iterator)) != NULL) {
        sum += PyLong_AsLongLong(item);
        Py_DECREF(item);
    }
    Py_DECREF(iterator);
    return PyErr_Occurred() ? NULL : PyLong_FromLongLong(sum);
}

static O *sum_dict(O *m, O *dict)
{
    if (!PyDict_Check(dict))
        return PyErr_Format(PyExc_TypeError, "a dict is required");
    Py_ssize_t position = 0, size;
    O *key, *value;
    long long sum = 0;
    while (PyDict_Next(dict, &position, &key, &value)) {
        const char *text = PyUnicode_AsUTF8AndSize(key, &size);
        if (text == NULL)
            return NULL;
        char *copy = malloc(size + 1);
        if (copy == NULL)
            return PyErr_NoMemory();
        memcpy(copy, text, size);
        sum += PyLong_AsLongLong(value);
        free(copy);
    }
    return PyErr_Occurred() ? NULL : PyLong_FromLongLong(sum);
}

static O *option(O *m, O *x)
{
    if (x == Py_None)
        Py_RETURN_NONE;
    long long value = PyLong_AsLongLong(x);
    return value == -1 && PyErr_Occurred() ? NULL : PyLong_FromLongLong(value);
}

static O *either(O *m, O *x)
{
    Py_ssize_t size;
    if (PyLong_Check(x)) {
        long long value = PyLong_AsLongLong(x);
        return value == -1 && PyErr_Occurred() ? NULL : PyLong_FromLongLong(value);
    }
    const char *text = PyUnicode_AsUTF8AndSize(x, &size);
    return text == NULL ? NULL : PyLong_FromSsize_t(size);
}

static O *bytes_len(O *m, O *x)
{
    char *start;
    Py_ssize_t size;
    return PyBytes_AsStringAndSize(x, &start, &size) < 0 ? NULL : PyLong_FromSsize_t(size);
}

static O *copy_len(O *m, O *x)
{
    Py_buffer view;
    if (PyObject_GetBuffer(x, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    char *copy = malloc(view.len + 1);
    if (copy != NULL)
        memcpy(copy, view.buf, view.len);
    volatile char last = copy[view.len - 1];
    (void)last;
    PyBuffer_Release(&view);
    free(copy);
    return PyLong_FromSsize_t(view.len);
}

static O *fields(O *m, O *dict)
{
    O *x = PyMapping_GetItemString(dict, "x");
    if (x == NULL)
        return NULL;
    O *y = PyMapping_GetItemString(dict, "y");
    if (y == NULL) {
        Py_DECREF(x);
        return NULL;
    }
    double sum = PyFloat_AsDouble(x) + PyFloat_AsDouble(y);
    Py_DECREF(x);
    Py_DECREF(y);
    return PyErr_Occurred() ? NULL : PyFloat_FromDouble(sum);
}

static O *sum_iterator(O *m, O *x)
{
    O *iterator = PyObject_GetIter(x), *item;
    long long sum = 0;
    if (iterator == NULL)
        return NULL;
    while ((item = PyIter_Next(iterator)) != NULL) {
        sum += PyLong_AsLongLong(item);
        Py_DECREF(item);
    }
    Py_DECREF(iterator);
    return PyErr_Occurred() ? NULL : PyLong_FromLongLong(sum);
}

typedef struct {
    PyObject_HEAD
    double x, y;
} Point;

static O *Point_new(PyTypeObject *type, O *args, O *kwargs)
{
    double x, y;
    if (!PyArg_ParseTuple(args, "dd", &x, &y))
        return NULL;
    Point *self = (Point *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->x = x;
        self->y = y;
    }
    return (O *)self;
}

static PyTypeObject Point_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bench_c.Point",
    .tp_basicsize = sizeof(Point),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = Point_new,
};

static O *by_reference(O *m, O *x)
{
    if (!PyObject_TypeCheck(x, &Point_Type))
        return PyErr_Format(PyExc_TypeError, "a Point is required");
    return PyFloat_FromDouble(((Point *)x)->x + ((Point *)x)->y);
}

static O *by_value(O *m, O *x)
{
    if (!PyObject_TypeCheck(x, &Point_Type))
        return PyErr_Format(PyExc_TypeError, "a Point is required");
    double copy[2] = {((Point *)x)->x, ((Point *)x)->y};
    return PyFloat_FromDouble(copy[0] + copy[1]);
}

static O *f64s_out(O *m, O *count)
{
    Py_ssize_t n = PyLong_AsSsize_t(count);
    O *list = n < 0 ? NULL : PyList_New(n);
    for (Py_ssize_t i = 0; list != NULL && i < n; i++) {
        O *item = PyFloat_FromDouble((double)i);
        if (item == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, item);
    }
    return list;
}

static O *i64s_out(O *m, O *count)
{
    Py_ssize_t n = PyLong_AsSsize_t(count);
    O *list = n < 0 ? NULL : PyList_New(n);
    for (Py_ssize_t i = 0; list != NULL && i < n; i++) {
        O *item = PyLong_FromLongLong((long long)i);
        if (item == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, item);
    }
    return list;
}

static O *strs_out(O *m, O *count)
{
    Py_ssize_t n = PyLong_AsSsize_t(count);
    O *list = n < 0 ? NULL : PyList_New(n);
    for (Py_ssize_t i = 0; list != NULL && i < n; i++) {
        O *item = PyUnicode_FromStringAndSize("a text of some size", 19);
        if (item == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, item);
    }
    return list;
}

static O *set_out(O *m, O *count)
{
    Py_ssize_t n = PyLong_AsSsize_t(count);
    O *set = n < 0 ? NULL : PySet_New(NULL);
    for (Py_ssize_t i = 0; set != NULL && i < n; i++) {
        O *item = PyLong_FromLongLong((long long)i);
        if (item == NULL || PySet_Add(set, item) < 0)
            Py_CLEAR(set);
        Py_XDECREF(item);
    }
    return set;
}

static O *dict_out(O *m, O *count)
{
    Py_ssize_t n = PyLong_AsSsize_t(count);
    O *dict = n < 0 ? NULL : PyDict_New();
    for (Py_ssize_t i = 0; dict != NULL && i < n; i++) {
        O *key = PyLong_FromLongLong((long long)i), *value = PyFloat_FromDouble((double)i);
        if (key == NULL || value == NULL || PyDict_SetItem(dict, key, value) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(key);
        Py_XDECREF(value);
    }
    return dict;
}

static O *bytes_out(O *m, O *count)
{
    Py_ssize_t n = PyLong_AsSsize_t(count);
    O *bytes = n < 0 ? NULL : PyBytes_FromStringAndSize(NULL, n);
    if (bytes != NULL)
        memset(PyBytes_AS_STRING(bytes), 7, n);
    return bytes;
}

static PyMethodDef methods[] = {
#define METHOD(name) {#name, name, METH_O, NULL}
    METHOD(sum_f64s), METHOD(sum_i64s), METHOD(sum_tuple), METHOD(strs), METHOD(nested), METHOD(pair), METHOD(sum_set),
    METHOD(sum_dict), METHOD(option), METHOD(either), METHOD(bytes_len), METHOD(copy_len), METHOD(fields), METHOD(sum_iterator),
    METHOD(by_reference), METHOD(by_value), METHOD(f64s_out), METHOD(i64s_out), METHOD(strs_out), METHOD(set_out),
    METHOD(dict_out), METHOD(bytes_out), {NULL, NULL, 0, NULL},
};

static PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "bench_c", .m_size = -1, .m_methods = methods};

PyMODINIT_FUNC PyInit_bench_c(void)
{
    O *m = PyModule_Create(&module);
    if (m == NULL || PyType_Ready(&Point_Type) < 0)
        return NULL;
    Py_INCREF(&Point_Type);
    if (PyModule_AddObject(m, "Point", (O *)&Point_Type) < 0)
        return NULL;
    return m;
}
