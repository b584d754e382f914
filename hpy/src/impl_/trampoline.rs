//! The functions that hosts call, three for each function of a module:
//!
//! - `hpy_*` has HPy's signature and is given a context (`HPyMeth.impl`);
//! - `cpy_*` has CPython's signature and asks the host, by the context that it announced to the file, to call `hpy_*`
//!   (`HPyMeth.cpy_trampoline` for a host of any kind);
//! - `direct_*` has CPython's signature and calls the Rust function itself: the host is the one in this file, where
//!   handles are object pointers and the context is a constant.
//!
//! All three pass through [`call`], which stops panics and turns errors into a pending exception and NULL.

use core::ffi::c_void;
use core::sync::atomic::{AtomicPtr, Ordering};

use hpy_host::RealCall;
use hpy_sys::{HPy, HPyContext, HPyFunc_Signature, cpy_PyObject};

use super::args::Arguments;
use super::function::Function;
use super::panic::guard;
use crate::class::mixes_data;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::handle::{Handle, Ref};
use crate::pending::call_ends;
use crate::types::PythonType;

/// The context that a host announced with `HPyInitGlobalContext_<module>`: only the `cpy_*` trampolines use it.
pub(super) static ANNOUNCED: AtomicPtr<HPyContext> = AtomicPtr::new(core::ptr::null_mut());

/// Which context a trampoline works with. It is a type, so that what is compiled for one is not shared with the other:
/// in the embedded host's copy the context is a constant, and so is every question whether it is the embedded one.
pub(super) trait Mode {
    /// Is it the context that the host passed?
    const GIVEN: bool;
    fn context(given: *mut HPyContext) -> *mut HPyContext;
    /// Does the host see to it that a slot of a class is called with an instance of it?
    fn checks_self() -> bool;
}

/// The context that the host passed.
pub(super) enum Given {}

impl Mode for Given {
    const GIVEN: bool = true;

    #[inline(always)]
    fn context(given: *mut HPyContext) -> *mut HPyContext {
        given
    }

    #[inline(always)]
    fn checks_self() -> bool {
        crate::class::checks_self()
    }
}

/// The embedded one. Slots and attributes of classes have such functions on CPython only, see `HostKind`.
pub(super) enum Direct {}

impl Mode for Direct {
    const GIVEN: bool = false;

    #[inline(always)]
    fn context(_: *mut HPyContext) -> *mut HPyContext {
        hpy_host::context::address()
    }

    #[inline(always)]
    fn checks_self() -> bool {
        true
    }
}

/// # Safety
///
/// The host's word for a call: `ctx` is a live context for this thread; `this`, which is an `F::This`, and the arguments are
/// open handles of it for the time of the call, laid out as [`Arguments::new`] says.
#[inline(always)]
unsafe fn call<F: Function, M: Mode>(
    ctx: *mut HPyContext,
    this: HPy,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> HPy {
    // SAFETY: the caller's word.
    unsafe { call_of::<F, M, false>(ctx, this, args, nargs, kwnames) }
}

/// [`call`]; as a slot, its `this` may have to be looked at.
///
/// # Safety
///
/// As there, but for `this` of a slot.
#[inline(always)]
unsafe fn call_of<F: Function, M: Mode, const SLOT: bool>(
    ctx: *mut HPyContext,
    this: HPy,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> HPy {
    // SAFETY: the caller's word; `F::call` works for every `'ctx`, and nothing of `'ctx` outlives this function.
    let outside = unsafe { Context::from_raw(M::context(ctx)) };
    let result = guard(outside, move || {
        // SAFETY: as above. The context is made anew in here, so that its value is known in here.
        let (ctx, this, args) = unsafe {
            let ctx = Context::from_raw(M::context(ctx));
            let this = if F::This::NOBODY { ctx.none().as_raw() } else { this };
            let this = Ref::from_raw(ctx, this);
            let this = if SLOT || M::GIVEN && F::This::HAS_DATA && mixes_data() {
                super::operators::this::<M, _>(this)?
            } else {
                this.cast_unchecked()
            };
            (ctx, this, Arguments::new(ctx, args, nargs, kwnames))
        };
        F::call(ctx, this, args, F::PARAMS)
    });
    finish(outside, result)
}

#[inline(always)]
fn finish<'ctx>(ctx: Context<'ctx>, result: Result<Handle<'ctx>>) -> HPy {
    let h = match result {
        Ok(value) => value.into_raw(),
        Err(error) => failed(ctx, error),
    };
    if !ctx.is_embedded() {
        call_ends(ctx.raw(), !h.is_null());
    }
    h
}

#[cold]
#[inline(never)]
pub(super) fn failed(ctx: Context<'_>, error: Error) -> HPy {
    error.restore(ctx);
    crate::class::close_dropped(ctx);
    HPy::NULL
}

/// A handle of the embedded host.
#[inline(always)]
pub(super) fn handle(object: *mut cpy_PyObject) -> HPy {
    HPy { _i: object as isize }
}

#[inline(always)]
pub(super) fn object(h: HPy) -> *mut cpy_PyObject {
    h._i as *mut cpy_PyObject
}

macro_rules! safety {
    () => {
        "# Safety\n\nOnly for a host to call, by the rules of this signature."
    };
}

#[doc = safety!()]
pub(super) unsafe extern "C" fn hpy_noargs<F: Function>(ctx: *mut HPyContext, module: HPy) -> HPy {
    // SAFETY: the host's word.
    unsafe { call::<F, Given>(ctx, module, core::ptr::null(), 0, HPy::NULL) }
}

#[doc = safety!()]
pub(super) unsafe extern "C" fn hpy_o<F: Function>(ctx: *mut HPyContext, module: HPy, arg: HPy) -> HPy {
    // SAFETY: the host's word.
    unsafe { call::<F, Given>(ctx, module, &arg, 1, HPy::NULL) }
}

#[doc = safety!()]
pub(super) unsafe extern "C" fn hpy_varargs<F: Function>(
    ctx: *mut HPyContext,
    module: HPy,
    args: *const HPy,
    nargs: usize,
) -> HPy {
    // SAFETY: the host's word.
    unsafe { call::<F, Given>(ctx, module, args, nargs, HPy::NULL) }
}

#[doc = safety!()]
pub(super) unsafe extern "C" fn hpy_keywords<F: Function>(
    ctx: *mut HPyContext,
    module: HPy,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> HPy {
    // SAFETY: the host's word.
    unsafe { call::<F, Given>(ctx, module, args, nargs, kwnames) }
}

#[doc = safety!()]
pub(super) unsafe extern "C" fn direct_noargs<F: Function>(
    module: *mut cpy_PyObject,
    _: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: the host's word; invariant 5: handles are object pointers.
    unsafe {
        object(call::<F, Direct>(core::ptr::null_mut(), handle(module), core::ptr::null(), 0, HPy::NULL))
    }
}

#[doc = safety!()]
pub(super) unsafe extern "C" fn direct_o<F: Function>(
    module: *mut cpy_PyObject,
    arg: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    let arg = handle(arg);
    // SAFETY: the host's word; invariant 5: handles are object pointers.
    unsafe { object(call::<F, Direct>(core::ptr::null_mut(), handle(module), &arg, 1, HPy::NULL)) }
}

#[doc = safety!()]
pub(super) unsafe extern "C" fn direct_varargs<F: Function>(
    module: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargs: isize,
) -> *mut cpy_PyObject {
    // SAFETY: the host's word; invariant 5: handles are object pointers, so an array of one is an array of the other.
    unsafe {
        object(call::<F, Direct>(
            core::ptr::null_mut(),
            handle(module),
            args.cast(),
            nargs as usize,
            HPy::NULL,
        ))
    }
}

#[doc = safety!()]
pub(super) unsafe extern "C" fn direct_keywords<F: Function>(
    module: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargs: isize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    let kwnames = handle(kwnames);
    // SAFETY: the host's word; invariant 5: handles are object pointers, so an array of one is an array of the other.
    unsafe {
        object(call::<F, Direct>(core::ptr::null_mut(), handle(module), args.cast(), nargs as usize, kwnames))
    }
}

/// The bit of `nargsf` that says that the place before the arguments is free: `PY_VECTORCALL_ARGUMENTS_OFFSET`.
const ARGUMENTS_OFFSET: usize = 1 << (usize::BITS - 1);

#[doc = safety!()]
pub(super) unsafe extern "C" fn direct_call<F: Function>(
    this: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    let nargs = nargsf & !ARGUMENTS_OFFSET;
    let kwnames = handle(kwnames);
    // SAFETY: the host's word; invariant 5: handles are object pointers, so an array of one is an array of the other.
    unsafe {
        object(call_of::<F, Direct, true>(core::ptr::null_mut(), handle(this), args.cast(), nargs, kwnames))
    }
}

#[doc = safety!()]
pub(super) unsafe extern "C" fn hpy_call<F: Function>(
    ctx: *mut HPyContext,
    this: HPy,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> HPy {
    // SAFETY: the host's word.
    unsafe { call_of::<F, Given, true>(ctx, this, args, nargs, kwnames) }
}

#[doc = safety!()]
pub(super) unsafe extern "C" fn cpy_call<F: Function>(
    this: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    let mut args =
        hpy_sys::_HPyFunc_args_KEYWORDS { self_: this, args, nargsf, kwnames, result: core::ptr::null_mut() };
    // SAFETY: the struct and the function of this signature.
    unsafe {
        through_host::<{ hpy_sys::HPyFunc_KEYWORDS }>(hpy_call::<F> as *const c_void, (&raw mut args).cast())
    };
    args.result
}

/// Asks the host to call `function` with the packed arguments.
///
/// # Safety
///
/// `args` points at the struct of arguments that belongs to `SIGNATURE`, and `function` has that signature.
#[inline(always)]
pub(super) unsafe fn through_host<const SIGNATURE: HPyFunc_Signature>(
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
unsafe fn ask_host(call: RealCall, function: *const c_void, args: *mut c_void) {
    let ctx = ANNOUNCED.load(Ordering::Relaxed);
    // SAFETY: a host that calls `cpy_*` has announced its context before; the rest is the caller's word.
    unsafe { call.call(ctx, function, args) }
}

#[doc = safety!()]
pub(super) unsafe extern "C" fn cpy_noargs<F: Function>(
    this: *mut cpy_PyObject,
    _: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    let mut args = hpy_sys::_HPyFunc_args_NOARGS { self_: this, result: core::ptr::null_mut() };
    // SAFETY: the struct and the function of this signature.
    unsafe {
        through_host::<{ hpy_sys::HPyFunc_NOARGS }>(hpy_noargs::<F> as *const c_void, (&raw mut args).cast())
    };
    args.result
}

#[doc = safety!()]
pub(super) unsafe extern "C" fn cpy_o<F: Function>(
    this: *mut cpy_PyObject,
    arg: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    let mut args = hpy_sys::_HPyFunc_args_O { self_: this, arg, result: core::ptr::null_mut() };
    // SAFETY: the struct and the function of this signature.
    unsafe { through_host::<{ hpy_sys::HPyFunc_O }>(hpy_o::<F> as *const c_void, (&raw mut args).cast()) };
    args.result
}

#[doc = safety!()]
pub(super) unsafe extern "C" fn cpy_varargs<F: Function>(
    this: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargs: isize,
) -> *mut cpy_PyObject {
    let mut args = hpy_sys::_HPyFunc_args_VARARGS { self_: this, args, nargs, result: core::ptr::null_mut() };
    // SAFETY: the struct and the function of this signature.
    unsafe {
        through_host::<{ hpy_sys::HPyFunc_VARARGS }>(
            hpy_varargs::<F> as *const c_void,
            (&raw mut args).cast(),
        )
    };
    args.result
}

#[doc = safety!()]
pub(super) unsafe extern "C" fn cpy_keywords<F: Function>(
    this: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    let mut args =
        hpy_sys::_HPyFunc_args_KEYWORDS { self_: this, args, nargsf, kwnames, result: core::ptr::null_mut() };
    // SAFETY: the struct and the function of this signature.
    unsafe {
        through_host::<{ hpy_sys::HPyFunc_KEYWORDS }>(
            hpy_keywords::<F> as *const c_void,
            (&raw mut args).cast(),
        )
    };
    args.result
}
