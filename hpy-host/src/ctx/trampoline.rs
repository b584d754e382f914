//! From a CPython-signature trampoline to the HPy function that it stands for.

use core::ffi::{c_char, c_void};
use core::mem::transmute;

use hpy_sys::*;

use super::{handle, object};
use crate::api;
use crate::fallback::ARGUMENTS_OFFSET;

/// Unpacks `args` by the signature, calls `function`, and puts the result where the trampoline finds it. Where too little
/// stack is left, which only PyPy asks for, `RecursionError` is raised instead.
pub(crate) unsafe extern "C" fn ctx_CallRealFunctionFromTrampoline(
    ctx: *mut HPyContext,
    signature: HPyFunc_Signature,
    function: HPyCFunction,
    args: *mut c_void,
) {
    // SAFETY: HPy's rules.
    unsafe {
        if !refused(ctx, signature, args) {
            call_real(ctx, signature, function, args);
        }
    }
}

/// The same without a look at the stack. Each call of a module of another file passes here: what needs more registers than a
/// call does is elsewhere.
pub(crate) unsafe extern "C" fn call_real(
    ctx: *mut HPyContext,
    signature: HPyFunc_Signature,
    function: HPyCFunction,
    args: *mut c_void,
) {
    macro_rules! call {
        ($args:ident, $function:ident, |$a:ident| ($($value:expr),*) -> object) => {{
            let $a = args.cast::<$args>();
            let f: $function = transmute(function);
            (*$a).result = object(f(ctx, $($value),*));
        }};
        ($args:ident, $function:ident, |$a:ident| ($($value:expr),*) -> value) => {{
            let $a = args.cast::<$args>();
            let f: $function = transmute(function);
            (*$a).result = f(ctx, $($value),*);
        }};
        ($args:ident, $function:ident, |$a:ident| ($($value:expr),*)) => {{
            let $a = args.cast::<$args>();
            let f: $function = transmute(function);
            f(ctx, $($value),*);
        }};
    }
    // SAFETY: HPy's rules: `args` points at the struct of this signature, and `function` has it. Handles are object
    // pointers, so an array of one is an array of the other.
    unsafe {
        match signature {
            HPyFunc_NOARGS => call!(_HPyFunc_args_NOARGS, HPyFunc_noargs, |a| (handle((*a).self_)) -> object),
            HPyFunc_O => {
                call!(_HPyFunc_args_O, HPyFunc_o, |a| (handle((*a).self_), handle((*a).arg)) -> object)
            }
            HPyFunc_VARARGS => call!(_HPyFunc_args_VARARGS, HPyFunc_varargs,
                |a| (handle((*a).self_), (*a).args.cast(), (*a).nargs as usize) -> object),
            HPyFunc_KEYWORDS => call!(_HPyFunc_args_KEYWORDS, HPyFunc_keywords,
                |a| (handle((*a).self_), (*a).args.cast(), (*a).nargsf & !ARGUMENTS_OFFSET, handle((*a).kwnames)) -> object),
            HPyFunc_UNARYFUNC => {
                call!(_HPyFunc_args_UNARYFUNC, HPyFunc_unaryfunc, |a| (handle((*a).arg0)) -> object)
            }
            HPyFunc_BINARYFUNC => call!(_HPyFunc_args_BINARYFUNC, HPyFunc_binaryfunc,
                |a| (handle((*a).arg0), handle((*a).arg1)) -> object),
            HPyFunc_TERNARYFUNC => call!(_HPyFunc_args_TERNARYFUNC, HPyFunc_ternaryfunc,
                |a| (handle((*a).arg0), handle((*a).arg1), handle((*a).arg2)) -> object),
            HPyFunc_INQUIRY => {
                call!(_HPyFunc_args_INQUIRY, HPyFunc_inquiry, |a| (handle((*a).arg0)) -> value)
            }
            HPyFunc_LENFUNC => {
                call!(_HPyFunc_args_LENFUNC, HPyFunc_lenfunc, |a| (handle((*a).arg0)) -> value)
            }
            HPyFunc_SSIZEARGFUNC => call!(_HPyFunc_args_SSIZEARGFUNC, HPyFunc_ssizeargfunc,
                |a| (handle((*a).arg0), (*a).arg1) -> object),
            HPyFunc_SSIZESSIZEARGFUNC => call!(_HPyFunc_args_SSIZESSIZEARGFUNC, HPyFunc_ssizessizeargfunc,
                |a| (handle((*a).arg0), (*a).arg1, (*a).arg2) -> object),
            HPyFunc_SSIZEOBJARGPROC => call!(_HPyFunc_args_SSIZEOBJARGPROC, HPyFunc_ssizeobjargproc,
                |a| (handle((*a).arg0), (*a).arg1, handle((*a).arg2)) -> value),
            HPyFunc_SSIZESSIZEOBJARGPROC => {
                call!(_HPyFunc_args_SSIZESSIZEOBJARGPROC, HPyFunc_ssizessizeobjargproc,
                |a| (handle((*a).arg0), (*a).arg1, (*a).arg2, handle((*a).arg3)) -> value)
            }
            HPyFunc_OBJOBJARGPROC => call!(_HPyFunc_args_OBJOBJARGPROC, HPyFunc_objobjargproc,
                |a| (handle((*a).arg0), handle((*a).arg1), handle((*a).arg2)) -> value),
            HPyFunc_FREEFUNC => call!(_HPyFunc_args_FREEFUNC, HPyFunc_freefunc, |a| ((*a).arg0)),
            HPyFunc_GETATTRFUNC => call!(_HPyFunc_args_GETATTRFUNC, HPyFunc_getattrfunc,
                |a| (handle((*a).arg0), (*a).arg1) -> object),
            HPyFunc_GETATTROFUNC => call!(_HPyFunc_args_GETATTROFUNC, HPyFunc_getattrofunc,
                |a| (handle((*a).arg0), handle((*a).arg1)) -> object),
            HPyFunc_SETATTRFUNC => call!(_HPyFunc_args_SETATTRFUNC, HPyFunc_setattrfunc,
                |a| (handle((*a).arg0), (*a).arg1, handle((*a).arg2)) -> value),
            HPyFunc_SETATTROFUNC => call!(_HPyFunc_args_SETATTROFUNC, HPyFunc_setattrofunc,
                |a| (handle((*a).arg0), handle((*a).arg1), handle((*a).arg2)) -> value),
            HPyFunc_REPRFUNC => {
                call!(_HPyFunc_args_REPRFUNC, HPyFunc_reprfunc, |a| (handle((*a).arg0)) -> object)
            }
            HPyFunc_HASHFUNC => {
                call!(_HPyFunc_args_HASHFUNC, HPyFunc_hashfunc, |a| (handle((*a).arg0)) -> value)
            }
            HPyFunc_RICHCMPFUNC => call!(_HPyFunc_args_RICHCMPFUNC, HPyFunc_richcmpfunc,
                |a| (handle((*a).arg0), handle((*a).arg1), (*a).arg2) -> object),
            HPyFunc_GETITERFUNC => {
                call!(_HPyFunc_args_GETITERFUNC, HPyFunc_getiterfunc, |a| (handle((*a).arg0)) -> object)
            }
            HPyFunc_ITERNEXTFUNC => call!(_HPyFunc_args_ITERNEXTFUNC, HPyFunc_iternextfunc,
                |a| (handle((*a).arg0)) -> object),
            HPyFunc_DESCRGETFUNC => call!(_HPyFunc_args_DESCRGETFUNC, HPyFunc_descrgetfunc,
                |a| (handle((*a).arg0), handle((*a).arg1), handle((*a).arg2)) -> object),
            HPyFunc_DESCRSETFUNC => call!(_HPyFunc_args_DESCRSETFUNC, HPyFunc_descrsetfunc,
                |a| (handle((*a).arg0), handle((*a).arg1), handle((*a).arg2)) -> value),
            HPyFunc_GETTER => {
                call!(_HPyFunc_args_GETTER, HPyFunc_getter, |a| (handle((*a).arg0), (*a).arg1) -> object)
            }
            HPyFunc_SETTER => call!(_HPyFunc_args_SETTER, HPyFunc_setter,
                |a| (handle((*a).arg0), handle((*a).arg1), (*a).arg2) -> value),
            HPyFunc_OBJOBJPROC => call!(_HPyFunc_args_OBJOBJPROC, HPyFunc_objobjproc,
                |a| (handle((*a).arg0), handle((*a).arg1)) -> value),
            HPyFunc_DESTRUCTOR => {
                call!(_HPyFunc_args_DESTRUCTOR, HPyFunc_destructor, |a| (handle((*a).arg0)))
            }
            _ => call_rare(ctx, signature, function, args),
        }
    }
}

/// Signatures whose arguments are not handed on as they come.
#[inline(never)]
unsafe fn call_rare(
    ctx: *mut HPyContext,
    signature: HPyFunc_Signature,
    function: HPyCFunction,
    args: *mut c_void,
) {
    // SAFETY: HPy's rules, as above.
    unsafe {
        match signature {
            HPyFunc_NEWFUNC => {
                let a = args.cast::<_HPyFunc_args_NEWFUNC>();
                let f: HPyFunc_newfunc = transmute(function);
                (*a).result = object(with_tuple((*a).args, |items, n| {
                    f(ctx, handle((*a).self_), items, n, handle((*a).kw))
                }));
            }
            HPyFunc_INITPROC => {
                let a = args.cast::<_HPyFunc_args_INITPROC>();
                let f: HPyFunc_initproc = transmute(function);
                (*a).result =
                    with_tuple((*a).args, |items, n| f(ctx, handle((*a).self_), items, n, handle((*a).kw)));
            }
            // Handles are object pointers, so the interpreter's buffer begins as HPy's does.
            HPyFunc_GETBUFFERPROC => {
                let a = args.cast::<_HPyFunc_args_GETBUFFERPROC>();
                let f: HPyFunc_getbufferproc = transmute(function);
                let view: *mut HPy_buffer = (*a).view.cast();
                (*view).obj = HPy::NULL;
                (*a).result = f(ctx, handle((*a).self_), view, (*a).flags);
            }
            HPyFunc_RELEASEBUFFERPROC => {
                let a = args.cast::<_HPyFunc_args_RELEASEBUFFERPROC>();
                let f: HPyFunc_releasebufferproc = transmute(function);
                f(ctx, handle((*a).self_), (*a).view.cast());
            }
            HPyFunc_CAPSULE_DESTRUCTOR => capsule_destructor(function, args.cast()),
            HPyFunc_MOD_CREATE => {
                let a = args.cast::<_HPyFunc_args_MOD_CREATE>();
                let f: HPyFunc_mod_create = transmute(function);
                (*a).result = object(crate::foreign::no_module(ctx, f(ctx, handle((*a).spec))));
            }
            _ => (api().Py_FatalError)(c"HPy: a trampoline with an unknown signature".as_ptr()),
        }
    }
}

/// Calls `f` with the items of a tuple, borrowed.
unsafe fn with_tuple<R>(tuple: *mut cpy_PyObject, f: impl FnOnce(*const HPy, isize) -> R) -> R {
    // SAFETY: HPy's rules: a tuple, which holds its items.
    unsafe {
        let n = (api().PyTuple_Size)(tuple);
        let items: Vec<HPy> = (0..n).map(|i| handle((api().PyTuple_GetItem)(tuple, i))).collect();
        f(items.as_ptr(), n)
    }
}

/// A capsule's destructor gets what is in the capsule, and no context. Its trampoline's arguments are the capsule.
unsafe fn capsule_destructor(function: HPyCFunction, capsule: *mut cpy_PyObject) {
    type Destructor = unsafe extern "C" fn(*const c_char, *mut c_void, *mut c_void);
    // SAFETY: HPy's rules: a capsule that is about to die.
    unsafe {
        let name = (api().PyCapsule_GetName)(capsule);
        let destroy: Destructor = transmute(function);
        destroy(name, (api().PyCapsule_GetPointer)(capsule, name), (api().PyCapsule_GetContext)(capsule));
    }
}

/// Raises `RecursionError` instead of entering a function or method, if too little stack is left.
unsafe fn refused(ctx: *mut HPyContext, signature: HPyFunc_Signature, args: *mut c_void) -> bool {
    // SAFETY: HPy's rules: `args` points at the struct of this signature.
    unsafe {
        if !crate::stack::nearly_full() {
            return false;
        }
        match signature {
            HPyFunc_NOARGS => (*args.cast::<_HPyFunc_args_NOARGS>()).result = core::ptr::null_mut(),
            HPyFunc_O => (*args.cast::<_HPyFunc_args_O>()).result = core::ptr::null_mut(),
            HPyFunc_VARARGS => (*args.cast::<_HPyFunc_args_VARARGS>()).result = core::ptr::null_mut(),
            HPyFunc_KEYWORDS => (*args.cast::<_HPyFunc_args_KEYWORDS>()).result = core::ptr::null_mut(),
            _ => return false,
        }
        let text = c"maximum recursion depth exceeded while calling an extension function";
        (api().PyErr_SetString)(object((*ctx).h_RecursionError), text.as_ptr());
        true
    }
}
