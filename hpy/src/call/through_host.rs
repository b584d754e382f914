//! `cpy_*`: trampolines with CPython's signature that ask the host to call the function with HPy's.

#![allow(improper_ctypes_definitions)] // see `trampoline`

use core::ffi::c_void;
use core::sync::atomic::{AtomicPtr, Ordering};

use hpy_host::RealCall;
use hpy_sys::{HPy, HPyContext, HPyFunc_Signature, cpy_PyObject};

use super::function_trait::Function;
use super::trampoline::{ARGUMENTS_OFFSET, handle, hpy_keywords, hpy_noargs, hpy_o, hpy_varargs};
use crate::core::ffi::object;

/// The context that a host announced with `HPyInitGlobalContext_<module>`: only the `cpy_*` trampolines use it.
pub(crate) static ANNOUNCED: AtomicPtr<HPyContext> = AtomicPtr::new(core::ptr::null_mut());

/// # Safety
///
/// Only for a host to call, by the rules of this signature.
pub(crate) unsafe extern "C" fn cpy_noargs<F: Function>(
    this: *mut cpy_PyObject,
    _: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: a function of this signature.
    unsafe { noargs_through_host(this, hpy_noargs::<F> as *const c_void) }
}

/// # Safety
///
/// As for [`through_host`].
#[inline(never)]
unsafe extern "C" fn noargs_through_host(
    this: *mut cpy_PyObject,
    function: *const c_void,
) -> *mut cpy_PyObject {
    if let Some(ctx) = asks_embedded() {
        // SAFETY: a function of this signature; invariant 5: handles are object pointers.
        return unsafe {
            let function: unsafe extern "C" fn(*mut HPyContext, HPy) -> HPy = core::mem::transmute(function);
            object(function(ctx, handle(this)))
        };
    }
    let mut args = hpy_sys::_HPyFunc_args_NOARGS { self_: this, result: core::ptr::null_mut() };
    // SAFETY: the struct of this signature; the caller's word.
    unsafe { through_host::<{ hpy_sys::HPyFunc_NOARGS }>(function, (&raw mut args).cast()) };
    args.result
}

/// # Safety
///
/// Only for a host to call, by the rules of this signature.
pub(crate) unsafe extern "C" fn cpy_o<F: Function>(
    this: *mut cpy_PyObject,
    arg: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: a function of this signature.
    unsafe { o_through_host(this, arg, hpy_o::<F> as *const c_void) }
}

/// # Safety
///
/// As for [`through_host`].
#[inline(never)]
unsafe extern "C" fn o_through_host(
    this: *mut cpy_PyObject,
    arg: *mut cpy_PyObject,
    function: *const c_void,
) -> *mut cpy_PyObject {
    if let Some(ctx) = asks_embedded() {
        // SAFETY: a function of this signature; invariant 5: handles are object pointers.
        return unsafe {
            let function: unsafe extern "C" fn(*mut HPyContext, HPy, HPy) -> HPy =
                core::mem::transmute(function);
            object(function(ctx, handle(this), handle(arg)))
        };
    }
    let mut args = hpy_sys::_HPyFunc_args_O { self_: this, arg, result: core::ptr::null_mut() };
    // SAFETY: the struct of this signature; the caller's word.
    unsafe { through_host::<{ hpy_sys::HPyFunc_O }>(function, (&raw mut args).cast()) };
    args.result
}

/// # Safety
///
/// Only for a host to call, by the rules of this signature.
pub(crate) unsafe extern "C" fn cpy_varargs<F: Function>(
    this: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargs: isize,
) -> *mut cpy_PyObject {
    // SAFETY: a function of this signature.
    unsafe { varargs_through_host(this, args, nargs, hpy_varargs::<F> as *const c_void) }
}

/// # Safety
///
/// As for [`through_host`].
#[inline(never)]
unsafe extern "C" fn varargs_through_host(
    this: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargs: isize,
    function: *const c_void,
) -> *mut cpy_PyObject {
    if let Some(ctx) = asks_embedded() {
        // SAFETY: a function of this signature; invariant 5: handles are object pointers.
        return unsafe {
            let function: unsafe extern "C" fn(*mut HPyContext, HPy, *const HPy, usize) -> HPy =
                core::mem::transmute(function);
            object(function(ctx, handle(this), args.cast(), nargs.unsigned_abs()))
        };
    }
    let mut args = hpy_sys::_HPyFunc_args_VARARGS { self_: this, args, nargs, result: core::ptr::null_mut() };
    // SAFETY: the struct of this signature; the caller's word.
    unsafe { through_host::<{ hpy_sys::HPyFunc_VARARGS }>(function, (&raw mut args).cast()) };
    args.result
}

/// # Safety
///
/// Only for a host to call, by the rules of this signature.
pub(crate) unsafe extern "C" fn cpy_keywords<F: Function, const SLOT: bool>(
    this: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: a function of this signature.
    unsafe { keywords_through_host(this, args, nargsf, kwnames, hpy_keywords::<F, SLOT> as *const c_void) }
}

/// # Safety
///
/// As for [`through_host`].
#[inline(never)]
unsafe extern "C" fn keywords_through_host(
    this: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
    function: *const c_void,
) -> *mut cpy_PyObject {
    if let Some(ctx) = asks_embedded() {
        // SAFETY: a function of this signature; invariant 5: handles are object pointers.
        return unsafe {
            let function: unsafe extern "C" fn(*mut HPyContext, HPy, *const HPy, usize, HPy) -> HPy =
                core::mem::transmute(function);
            object(function(ctx, handle(this), args.cast(), nargsf & !ARGUMENTS_OFFSET, handle(kwnames)))
        };
    }
    let mut args =
        hpy_sys::_HPyFunc_args_KEYWORDS { self_: this, args, nargsf, kwnames, result: core::ptr::null_mut() };
    // SAFETY: the struct of this signature; the caller's word.
    unsafe { through_host::<{ hpy_sys::HPyFunc_KEYWORDS }>(function, (&raw mut args).cast()) };
    args.result
}

/// The embedded context, if it is the announced one: then no host needs to be asked. On PyPy the methods of classes are
/// called by that way.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn asks_embedded() -> Option<*mut HPyContext> {
    let ctx = ANNOUNCED.load(Ordering::Relaxed);
    hpy_host::context::is_embedded(ctx).then_some(ctx)
}

/// Asks the host to call `function` with the packed arguments.
///
/// # Safety
///
/// `args` points at the struct of arguments that belongs to `SIGNATURE`, and `function` has that signature.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn through_host<const SIGNATURE: HPyFunc_Signature>(
    function: *const c_void,
    args: *mut c_void,
) {
    // SAFETY: the caller's word.
    unsafe { ask_host(const { RealCall::of(SIGNATURE) }, function, args) }
}

/// # Safety
///
/// As for [`through_host`].
#[inline(never)]
unsafe extern "C" fn ask_host(call: RealCall, function: *const c_void, args: *mut c_void) {
    let ctx = ANNOUNCED.load(Ordering::Relaxed);
    // SAFETY: a host that calls `cpy_*` has announced its context before; the rest is the caller's word.
    unsafe { call.call(ctx, function, args) }
}
