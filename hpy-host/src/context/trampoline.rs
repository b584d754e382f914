//! Calls from a trampoline with CPython's signature to the HPy function that it stands for.
//!
//! Every call of a function of a foreign module passes through here, so each signature has a function of its own that does no
//! more than it needs. A library that knows its signatures names them by [`RealCall`], and contains only their functions.

use core::ffi::{c_char, c_void};
use core::mem::transmute;

use hpy_sys::cast::{count, extent, key};
use hpy_sys::*;

use super::{handle, object};
use crate::api;
use crate::capi::fallback::ARGUMENTS_OFFSET;

/// Unpacks `args` by the signature, calls `function`, and puts the result where the trampoline finds it. On PyPy a function
/// is not entered when the stack is nearly used up.
pub(crate) unsafe extern "C" fn ctx_CallRealFunctionFromTrampoline(
    ctx: *mut HPyContext,
    signature: HPyFunc_Signature,
    function: HPyCFunction,
    args: *mut c_void,
) {
    // SAFETY: HPy's rules.
    unsafe {
        if !refused(ctx, signature, args) {
            call_by_signature(ctx, signature, function, args);
        }
    }
}

/// The same without a look at the stack: what the context has where that is not needed.
pub(crate) unsafe extern "C" fn call_by_signature(
    ctx: *mut HPyContext,
    signature: HPyFunc_Signature,
    function: HPyCFunction,
    args: *mut c_void,
) {
    static TABLE: [Call; 40] = CALLS;
    let call = TABLE.get(key(signature)).copied().unwrap_or(unknown);
    // SAFETY: HPy's rules: `args` points at the struct of this signature, and `function` has it.
    unsafe { call(ctx, signature, function, args) }
}

/// A signature that is known when a library is built.
#[derive(Clone, Copy, Debug)]
pub struct RealCall {
    signature: HPyFunc_Signature,
    call: Call,
}

impl RealCall {
    /// That of HPy's number; to be asked for in a `const`.
    pub const fn of(signature: HPyFunc_Signature) -> Self {
        RealCall { signature, call: CALLS[key(signature)] }
    }

    /// `_HPy_CallRealFunctionFromTrampoline`: straight where the context is the embedded one, else through the context.
    ///
    /// # Safety
    ///
    /// HPy's rules: a live context; `args` points at the struct of this signature, and `function` has it.
    pub unsafe fn call(self, ctx: *mut HPyContext, function: HPyCFunction, args: *mut c_void) {
        // SAFETY: the caller's word.
        unsafe {
            if !crate::context::is_embedded(ctx) {
                _HPy_CallRealFunctionFromTrampoline(ctx, self.signature, function, args)
            } else if !refused(ctx, self.signature, args) {
                (self.call)(ctx, self.signature, function, args)
            }
        }
    }
}

/// The way of one signature. All have the parameters of the whole, so that they take its place.
type Call = unsafe extern "C" fn(*mut HPyContext, HPyFunc_Signature, HPyCFunction, *mut c_void);

/// Defines the ways, and the table of them. `object` stands for a result that is a handle; `value` for another; with
/// neither, there is none.
macro_rules! calls {
    ($($signature:ident: $name:ident($args:ident, $function:ident) |$a:ident| ($($value:expr),*) $(-> $kind:ident)?;)*
     = $($by_hand_signature:ident: $by_hand:ident;)*) => {
        $(unsafe extern "C" fn $name(
            ctx: *mut HPyContext,
            _: HPyFunc_Signature,
            function: HPyCFunction,
            args: *mut c_void,
        ) {
            // SAFETY: HPy's rules: `args` points at the struct of this signature, and `function` has it. Handles are
            // object pointers, so an array of one is an array of the other.
            unsafe {
                let $a = args.cast::<$args>();
                let f: $function = transmute(function);
                calls!(@result $a, f(ctx, $($value),*) $(, $kind)?);
            }
        })*

        /// By signature.
        const CALLS: [Call; 40] = {
            let mut table: [Call; 40] = [unknown; 40];
            $(table[$signature as usize] = $name;)*
            $(table[$by_hand_signature as usize] = $by_hand;)*
            table
        };
    };
    (@result $a:ident, $call:expr, object) => { (*$a).result = object($call) };
    (@result $a:ident, $call:expr, value) => { (*$a).result = $call };
    (@result $a:ident, $call:expr) => { $call };
}

calls! {
    HPyFunc_NOARGS: noargs(_HPyFunc_args_NOARGS, HPyFunc_noargs) |a| (handle((*a).self_)) -> object;
    HPyFunc_O: o(_HPyFunc_args_O, HPyFunc_o) |a| (handle((*a).self_), handle((*a).arg)) -> object;
    HPyFunc_VARARGS: varargs(_HPyFunc_args_VARARGS, HPyFunc_varargs) |a| (handle((*a).self_), (*a).args.cast(), count((*a).nargs)) -> object;
    HPyFunc_KEYWORDS: keywords(_HPyFunc_args_KEYWORDS, HPyFunc_keywords) |a| (handle((*a).self_), (*a).args.cast(), (*a).nargsf & !ARGUMENTS_OFFSET, handle((*a).kwnames)) -> object;
    HPyFunc_UNARYFUNC: unaryfunc(_HPyFunc_args_UNARYFUNC, HPyFunc_unaryfunc) |a| (handle((*a).arg0)) -> object;
    HPyFunc_BINARYFUNC: binaryfunc(_HPyFunc_args_BINARYFUNC, HPyFunc_binaryfunc) |a| (handle((*a).arg0), handle((*a).arg1)) -> object;
    HPyFunc_TERNARYFUNC: ternaryfunc(_HPyFunc_args_TERNARYFUNC, HPyFunc_ternaryfunc) |a| (handle((*a).arg0), handle((*a).arg1), handle((*a).arg2)) -> object;
    HPyFunc_INQUIRY: inquiry(_HPyFunc_args_INQUIRY, HPyFunc_inquiry) |a| (handle((*a).arg0)) -> value;
    HPyFunc_LENFUNC: lenfunc(_HPyFunc_args_LENFUNC, HPyFunc_lenfunc) |a| (handle((*a).arg0)) -> value;
    HPyFunc_SSIZEARGFUNC: ssizeargfunc(_HPyFunc_args_SSIZEARGFUNC, HPyFunc_ssizeargfunc) |a| (handle((*a).arg0), (*a).arg1) -> object;
    HPyFunc_SSIZESSIZEARGFUNC: ssizessizeargfunc(_HPyFunc_args_SSIZESSIZEARGFUNC, HPyFunc_ssizessizeargfunc) |a| (handle((*a).arg0), (*a).arg1, (*a).arg2) -> object;
    HPyFunc_SSIZEOBJARGPROC: ssizeobjargproc(_HPyFunc_args_SSIZEOBJARGPROC, HPyFunc_ssizeobjargproc) |a| (handle((*a).arg0), (*a).arg1, handle((*a).arg2)) -> value;
    HPyFunc_SSIZESSIZEOBJARGPROC: ssizessizeobjargproc(_HPyFunc_args_SSIZESSIZEOBJARGPROC, HPyFunc_ssizessizeobjargproc) |a| (handle((*a).arg0), (*a).arg1, (*a).arg2, handle((*a).arg3)) -> value;
    HPyFunc_OBJOBJARGPROC: objobjargproc(_HPyFunc_args_OBJOBJARGPROC, HPyFunc_objobjargproc) |a| (handle((*a).arg0), handle((*a).arg1), handle((*a).arg2)) -> value;
    HPyFunc_FREEFUNC: freefunc(_HPyFunc_args_FREEFUNC, HPyFunc_freefunc) |a| ((*a).arg0);
    HPyFunc_GETATTRFUNC: getattrfunc(_HPyFunc_args_GETATTRFUNC, HPyFunc_getattrfunc) |a| (handle((*a).arg0), (*a).arg1) -> object;
    HPyFunc_GETATTROFUNC: getattrofunc(_HPyFunc_args_GETATTROFUNC, HPyFunc_getattrofunc) |a| (handle((*a).arg0), handle((*a).arg1)) -> object;
    HPyFunc_SETATTRFUNC: setattrfunc(_HPyFunc_args_SETATTRFUNC, HPyFunc_setattrfunc) |a| (handle((*a).arg0), (*a).arg1, handle((*a).arg2)) -> value;
    HPyFunc_SETATTROFUNC: setattrofunc(_HPyFunc_args_SETATTROFUNC, HPyFunc_setattrofunc) |a| (handle((*a).arg0), handle((*a).arg1), handle((*a).arg2)) -> value;
    HPyFunc_REPRFUNC: reprfunc(_HPyFunc_args_REPRFUNC, HPyFunc_reprfunc) |a| (handle((*a).arg0)) -> object;
    HPyFunc_HASHFUNC: hashfunc(_HPyFunc_args_HASHFUNC, HPyFunc_hashfunc) |a| (handle((*a).arg0)) -> value;
    HPyFunc_RICHCMPFUNC: richcmpfunc(_HPyFunc_args_RICHCMPFUNC, HPyFunc_richcmpfunc) |a| (handle((*a).arg0), handle((*a).arg1), (*a).arg2) -> object;
    HPyFunc_GETITERFUNC: getiterfunc(_HPyFunc_args_GETITERFUNC, HPyFunc_getiterfunc) |a| (handle((*a).arg0)) -> object;
    HPyFunc_ITERNEXTFUNC: iternextfunc(_HPyFunc_args_ITERNEXTFUNC, HPyFunc_iternextfunc) |a| (handle((*a).arg0)) -> object;
    HPyFunc_DESCRGETFUNC: descrgetfunc(_HPyFunc_args_DESCRGETFUNC, HPyFunc_descrgetfunc) |a| (handle((*a).arg0), handle((*a).arg1), handle((*a).arg2)) -> object;
    HPyFunc_DESCRSETFUNC: descrsetfunc(_HPyFunc_args_DESCRSETFUNC, HPyFunc_descrsetfunc) |a| (handle((*a).arg0), handle((*a).arg1), handle((*a).arg2)) -> value;
    HPyFunc_GETTER: getter(_HPyFunc_args_GETTER, HPyFunc_getter) |a| (handle((*a).arg0), (*a).arg1) -> object;
    HPyFunc_SETTER: setter(_HPyFunc_args_SETTER, HPyFunc_setter) |a| (handle((*a).arg0), handle((*a).arg1), (*a).arg2) -> value;
    HPyFunc_OBJOBJPROC: objobjproc(_HPyFunc_args_OBJOBJPROC, HPyFunc_objobjproc) |a| (handle((*a).arg0), handle((*a).arg1)) -> value;
    HPyFunc_DESTRUCTOR: destructor(_HPyFunc_args_DESTRUCTOR, HPyFunc_destructor) |a| (handle((*a).arg0));
    =
    HPyFunc_NEWFUNC: newfunc;
    HPyFunc_INITPROC: initproc;
    HPyFunc_GETBUFFERPROC: getbufferproc;
    HPyFunc_RELEASEBUFFERPROC: releasebufferproc;
    HPyFunc_CAPSULE_DESTRUCTOR: capsule_destructor;
    HPyFunc_MOD_CREATE: mod_create;
}

unsafe extern "C" fn unknown(_: *mut HPyContext, _: HPyFunc_Signature, _: HPyCFunction, _: *mut c_void) {
    // SAFETY: HPy's rules.
    unsafe { (api().Py_FatalError)(c"HPy: a trampoline with an unknown signature".as_ptr()) }
}

unsafe extern "C" fn newfunc(
    ctx: *mut HPyContext,
    _: HPyFunc_Signature,
    function: HPyCFunction,
    args: *mut c_void,
) {
    // SAFETY: HPy's rules: the struct and the function of this signature.
    unsafe {
        let a = args.cast::<_HPyFunc_args_NEWFUNC>();
        let f: HPyFunc_newfunc = transmute(function);
        (*a).result =
            object(with_tuple((*a).args, |items, n| f(ctx, handle((*a).self_), items, n, handle((*a).kw))));
    }
}

unsafe extern "C" fn initproc(
    ctx: *mut HPyContext,
    _: HPyFunc_Signature,
    function: HPyCFunction,
    args: *mut c_void,
) {
    // SAFETY: HPy's rules: the struct and the function of this signature.
    unsafe {
        let a = args.cast::<_HPyFunc_args_INITPROC>();
        let f: HPyFunc_initproc = transmute(function);
        (*a).result = with_tuple((*a).args, |items, n| f(ctx, handle((*a).self_), items, n, handle((*a).kw)));
    }
}

/// Handles are object pointers, so the interpreter's buffer begins as HPy's does.
unsafe extern "C" fn getbufferproc(
    ctx: *mut HPyContext,
    _: HPyFunc_Signature,
    function: HPyCFunction,
    args: *mut c_void,
) {
    // SAFETY: HPy's rules: the struct and the function of this signature.
    unsafe {
        let a = args.cast::<_HPyFunc_args_GETBUFFERPROC>();
        let f: HPyFunc_getbufferproc = transmute(function);
        let view: *mut HPy_buffer = (*a).view.cast();
        (*view).obj = HPy::NULL;
        (*a).result = f(ctx, handle((*a).self_), view, (*a).flags);
    }
}

unsafe extern "C" fn releasebufferproc(
    ctx: *mut HPyContext,
    _: HPyFunc_Signature,
    function: HPyCFunction,
    args: *mut c_void,
) {
    // SAFETY: HPy's rules: the struct and the function of this signature.
    unsafe {
        let a = args.cast::<_HPyFunc_args_RELEASEBUFFERPROC>();
        let f: HPyFunc_releasebufferproc = transmute(function);
        f(ctx, handle((*a).self_), (*a).view.cast());
    }
}

unsafe extern "C" fn mod_create(
    ctx: *mut HPyContext,
    _: HPyFunc_Signature,
    function: HPyCFunction,
    args: *mut c_void,
) {
    // SAFETY: HPy's rules: the struct and the function of this signature.
    unsafe {
        let a = args.cast::<_HPyFunc_args_MOD_CREATE>();
        let f: HPyFunc_mod_create = transmute(function);
        (*a).result = object(no_module(ctx, f(ctx, handle((*a).spec))));
    }
}

/// Sets what `HPy_mod_create` must not give to NULL, with an exception: a module object.
///
/// # Safety
///
/// `result` is null or a reference that the caller owns, and this thread runs Python.
unsafe fn no_module(ctx: *mut HPyContext, result: HPy) -> HPy {
    // SAFETY: the caller's word.
    unsafe {
        let api = api();
        if result.is_null() || api.PyModule_Type.is_null() {
            return result;
        }
        let ty = (api.PyObject_Type)(object(result));
        let is_module = (api.PyType_IsSubtype)(ty, api.PyModule_Type) != 0;
        (api.Py_DecRef)(ty);
        if !is_module {
            return result;
        }
        let text = c"HPy_mod_create slot returned a builtin module object. This is currently not supported.";
        (api.PyErr_SetString)(object((*ctx).h_SystemError), text.as_ptr());
        (api.Py_DecRef)(object(result));
        HPy::NULL
    }
}

/// Calls `f` with the items of a tuple, borrowed. A few need no memory.
unsafe fn with_tuple<R>(tuple: *mut cpy_PyObject, f: impl FnOnce(*const HPy, isize) -> R) -> R {
    // SAFETY: HPy's rules: a tuple, which holds its items.
    unsafe {
        let n = (api().PyTuple_Size)(tuple);
        let item = |i: usize| handle((api().PyTuple_GetItem)(tuple, extent(i)));
        let mut few = [HPy::NULL; 4];
        if let Some(few) = few.get_mut(..count(n)) {
            few.iter_mut().enumerate().for_each(|(i, place)| *place = item(i));
            return f(few.as_ptr(), n);
        }
        let items: Vec<HPy> = (0..count(n)).map(item).collect();
        f(items.as_ptr(), n)
    }
}

/// A capsule's destructor gets what is in the capsule, and no context. Its trampoline's arguments are the capsule.
unsafe extern "C" fn capsule_destructor(
    _: *mut HPyContext,
    _: HPyFunc_Signature,
    function: HPyCFunction,
    capsule: *mut c_void,
) {
    type Destructor = unsafe extern "C" fn(*const c_char, *mut c_void, *mut c_void);
    let capsule: *mut cpy_PyObject = capsule.cast();
    // SAFETY: HPy's rules: a capsule that is about to die.
    unsafe {
        let name = (api().PyCapsule_GetName)(capsule);
        let destroy: Destructor = transmute(function);
        destroy(name, (api().PyCapsule_GetPointer)(capsule, name), (api().PyCapsule_GetContext)(capsule));
    }
}

/// Raises `RecursionError` instead of entering a function, a method or a slot that may run Python code, if too little stack is
/// left.
unsafe fn refused(ctx: *mut HPyContext, signature: HPyFunc_Signature, args: *mut c_void) -> bool {
    // SAFETY: HPy's rules: `args` points at the struct of this signature.
    unsafe {
        if !crate::interp::stack::is_too_deep() {
            return false;
        }
        macro_rules! failed {
            ($($signature:ident $args:ident $result:expr;)*) => {
                match signature {
                    $($signature => (*args.cast::<$args>()).result = $result,)*
                    _ => return false,
                }
            };
        }
        let null = core::ptr::null_mut();
        failed! {
            HPyFunc_NOARGS _HPyFunc_args_NOARGS null;
            HPyFunc_O _HPyFunc_args_O null;
            HPyFunc_VARARGS _HPyFunc_args_VARARGS null;
            HPyFunc_KEYWORDS _HPyFunc_args_KEYWORDS null;
            HPyFunc_NEWFUNC _HPyFunc_args_NEWFUNC null;
            HPyFunc_INITPROC _HPyFunc_args_INITPROC -1;
            HPyFunc_UNARYFUNC _HPyFunc_args_UNARYFUNC null;
            HPyFunc_BINARYFUNC _HPyFunc_args_BINARYFUNC null;
            HPyFunc_TERNARYFUNC _HPyFunc_args_TERNARYFUNC null;
            HPyFunc_INQUIRY _HPyFunc_args_INQUIRY -1;
            HPyFunc_LENFUNC _HPyFunc_args_LENFUNC -1;
            HPyFunc_SSIZEARGFUNC _HPyFunc_args_SSIZEARGFUNC null;
            HPyFunc_SSIZEOBJARGPROC _HPyFunc_args_SSIZEOBJARGPROC -1;
            HPyFunc_OBJOBJARGPROC _HPyFunc_args_OBJOBJARGPROC -1;
            HPyFunc_OBJOBJPROC _HPyFunc_args_OBJOBJPROC -1;
            HPyFunc_GETATTROFUNC _HPyFunc_args_GETATTROFUNC null;
            HPyFunc_SETATTROFUNC _HPyFunc_args_SETATTROFUNC -1;
            HPyFunc_REPRFUNC _HPyFunc_args_REPRFUNC null;
            HPyFunc_HASHFUNC _HPyFunc_args_HASHFUNC -1;
            HPyFunc_RICHCMPFUNC _HPyFunc_args_RICHCMPFUNC null;
            HPyFunc_GETITERFUNC _HPyFunc_args_GETITERFUNC null;
            HPyFunc_ITERNEXTFUNC _HPyFunc_args_ITERNEXTFUNC null;
            HPyFunc_DESCRGETFUNC _HPyFunc_args_DESCRGETFUNC null;
            HPyFunc_DESCRSETFUNC _HPyFunc_args_DESCRSETFUNC -1;
            HPyFunc_GETTER _HPyFunc_args_GETTER null;
            HPyFunc_SETTER _HPyFunc_args_SETTER -1;
        }
        let text = c"maximum recursion depth exceeded while calling an extension function";
        (api().PyErr_SetString)(object((*ctx).h_RecursionError), text.as_ptr());
        true
    }
}
