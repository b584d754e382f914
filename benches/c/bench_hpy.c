/* The six functions of the benchmark, as one writes them by hand for HPy: what they cost on a host of the interpreter's own. */

#include "hpy.h"

HPyDef_METH(f, "f", HPyFunc_NOARGS)
static HPy
f_impl(HPyContext *ctx, HPy module)
{
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(o1, "o1", HPyFunc_O)
static HPy
o1_impl(HPyContext *ctx, HPy module, HPy obj)
{
    return HPy_Dup(ctx, ctx->h_None);
}

HPyDef_METH(f1, "f1", HPyFunc_O)
static HPy
f1_impl(HPyContext *ctx, HPy module, HPy arg)
{
    int64_t x = HPyLong_AsInt64_t(ctx, arg);
    if (x == -1 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return HPyLong_FromInt64_t(ctx, (int64_t)((uint64_t)x + 1));
}

HPyDef_METH(add, "add", HPyFunc_VARARGS)
static HPy
add_impl(HPyContext *ctx, HPy module, const HPy *args, size_t nargs)
{
    if (nargs != 2)
        return HPyErr_SetString(ctx, ctx->h_TypeError, "add() takes 2 positional arguments");
    double a = HPyFloat_AsDouble(ctx, args[0]);
    if (a == -1.0 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    double b = HPyFloat_AsDouble(ctx, args[1]);
    if (b == -1.0 && HPyErr_Occurred(ctx))
        return HPy_NULL;
    return HPyFloat_FromDouble(ctx, a + b);
}

HPyDef_METH(kw, "kw", HPyFunc_KEYWORDS)
static HPy
kw_impl(HPyContext *ctx, HPy module, const HPy *args, size_t nargs, HPy kwnames)
{
    static const char *names[] = {"a", "b", "c", NULL};
    long long a, b = 2, c = 3;
    HPyTracker tracker;
    if (!HPyArg_ParseKeywords(ctx, &tracker, args, nargs, kwnames, "L|LL:kw", names, &a, &b, &c))
        return HPy_NULL;
    HPyTracker_Close(ctx, tracker);
    return HPyLong_FromInt64_t(ctx, (int64_t)((uint64_t)a + (uint64_t)b + (uint64_t)c));
}

static HPyDef *defines[] = {&f, &o1, &f1, &add, &kw, NULL};

static HPyModuleDef module = {.defines = defines};

HPy_MODINIT(bench_hpy, module)
