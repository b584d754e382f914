/* The class of the benchmark, as one writes it by hand for HPy: what it costs on a host of the interpreter's own. */

#include "hpy.h"

typedef struct {
    int64_t value;
} Number;

HPyType_HELPERS(Number)

typedef struct {
    int64_t next, end;
} Count;

HPyType_HELPERS(Count)

static HPyGlobal number_type;

/* The only argument, as a number. */
static int
number_of(HPyContext *ctx, const HPy *args, HPy_ssize_t nargs, HPy kw, int64_t *value)
{
    if (nargs != 1 || (!HPy_IsNull(kw) && HPy_Length(ctx, kw) != 0)) {
        HPyErr_SetString(ctx, ctx->h_TypeError, "one positional argument is taken");
        return -1;
    }
    *value = HPyLong_AsInt64_t(ctx, args[0]);
    return *value == -1 && HPyErr_Occurred(ctx) ? -1 : 0;
}

HPyDef_SLOT(number_new, HPy_tp_new)
static HPy
number_new_impl(HPyContext *ctx, HPy type, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    int64_t value;
    Number *self;
    if (number_of(ctx, args, nargs, kw, &value) < 0)
        return HPy_NULL;
    HPy h = HPy_New(ctx, type, &self);
    if (!HPy_IsNull(h))
        self->value = value;
    return h;
}

HPyDef_METH(number_same, "same", HPyFunc_NOARGS)
static HPy
number_same_impl(HPyContext *ctx, HPy self)
{
    return HPyLong_FromInt64_t(ctx, Number_AsStruct(ctx, self)->value);
}

static HPy
plus(HPyContext *ctx, HPy self, HPy arg)
{
    int64_t x = HPyLong_AsInt64_t(ctx, arg);
    if (x == -1 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return HPyLong_FromInt64_t(ctx, (int64_t)((uint64_t)Number_AsStruct(ctx, self)->value + (uint64_t)x));
}

HPyDef_METH(number_plus, "plus", HPyFunc_O)
static HPy
number_plus_impl(HPyContext *ctx, HPy self, HPy arg)
{
    return plus(ctx, self, arg);
}

HPyDef_SLOT(number_getitem, HPy_mp_subscript)
static HPy
number_getitem_impl(HPyContext *ctx, HPy self, HPy arg)
{
    return plus(ctx, self, arg);
}

HPyDef_GET(number_value, "value")
static HPy
number_value_get(HPyContext *ctx, HPy self, void *unused)
{
    return HPyLong_FromInt64_t(ctx, Number_AsStruct(ctx, self)->value);
}

HPyDef_SLOT(number_add, HPy_nb_add)
static HPy
number_add_impl(HPyContext *ctx, HPy a, HPy b)
{
    HPy type = HPyGlobal_Load(ctx, number_type);
    HPy h;
    if (HPy_TypeCheck(ctx, a, type) && HPy_TypeCheck(ctx, b, type)) {
        uint64_t sum = (uint64_t)Number_AsStruct(ctx, a)->value + (uint64_t)Number_AsStruct(ctx, b)->value;
        Number *self;
        h = HPy_New(ctx, type, &self);
        if (!HPy_IsNull(h))
            self->value = (int64_t)sum;
    } else {
        h = HPy_Dup(ctx, ctx->h_NotImplemented);
    }
    HPy_Close(ctx, type);
    return h;
}

HPyDef_SLOT(number_len, HPy_mp_length)
static HPy_ssize_t
number_len_impl(HPyContext *ctx, HPy self)
{
    return (HPy_ssize_t)Number_AsStruct(ctx, self)->value;
}

HPyDef_SLOT(count_new, HPy_tp_new)
static HPy
count_new_impl(HPyContext *ctx, HPy type, const HPy *args, HPy_ssize_t nargs, HPy kw)
{
    int64_t end;
    Count *self;
    if (number_of(ctx, args, nargs, kw, &end) < 0)
        return HPy_NULL;
    HPy h = HPy_New(ctx, type, &self);
    if (!HPy_IsNull(h)) {
        self->next = 0;
        self->end = end;
    }
    return h;
}

/* HPy has no slots for iterators. */
HPyDef_METH(count_iter, "__iter__", HPyFunc_NOARGS)
static HPy
count_iter_impl(HPyContext *ctx, HPy self)
{
    return HPy_Dup(ctx, self);
}

HPyDef_METH(count_next, "__next__", HPyFunc_NOARGS)
static HPy
count_next_impl(HPyContext *ctx, HPy self)
{
    Count *count = Count_AsStruct(ctx, self);
    if (count->next >= count->end)
        return HPyErr_SetString(ctx, ctx->h_StopIteration, "");
    return HPyLong_FromInt64_t(ctx, count->next++);
}

static HPyDef *number_defines[] = {
    &number_new, &number_same, &number_plus, &number_getitem, &number_value, &number_add, &number_len, NULL,
};

static HPyDef *count_defines[] = {&count_new, &count_iter, &count_next, NULL};

static HPyType_Spec number_spec = {
    .name = "bench_hpy.Number",
    .basicsize = sizeof(Number),
    .builtin_shape = SHAPE(Number),
    .defines = number_defines,
};

static HPyType_Spec count_spec = {
    .name = "bench_hpy.Count",
    .basicsize = sizeof(Count),
    .builtin_shape = SHAPE(Count),
    .defines = count_defines,
};

HPyDef_SLOT(exec, HPy_mod_exec)
static int
exec_impl(HPyContext *ctx, HPy module)
{
    HPy type = HPyType_FromSpec(ctx, &number_spec, NULL);
    if (HPy_IsNull(type))
        return -1;
    HPyGlobal_Store(ctx, &number_type, type);
    int failed = HPy_SetAttr_s(ctx, module, "Number", type);
    HPy_Close(ctx, type);
    return failed < 0 || !HPyHelpers_AddType(ctx, module, "Count", &count_spec, NULL) ? -1 : 0;
}

static HPyDef *defines[] = {&exec, NULL};
static HPyGlobal *globals[] = {&number_type, NULL};

static HPyModuleDef module = {.defines = defines, .globals = globals};

HPy_MODINIT(bench_hpy, module)
