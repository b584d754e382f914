//! Trampolines: the entry points that hosts call, three for each function.
//!
//! - `hpy_*` has HPy's signature and receives a context (`HPyMeth.impl`).
//! - `cpy_*` has CPython's signature. It asks the host to call `hpy_*`, through the context that the host announced to the
//!   file (`HPyMeth.cpy_trampoline` for a host of any kind).
//! - `direct_*` has CPython's signature and calls the Rust function itself. The host is the embedded one, where handles are
//!   object pointers and the context is a constant.
//!
//! All three run one [`body`] under one panic guard, [`run`]. The body is inlined into `direct_*`, where the context is a
//! constant; the others are a few instructions that call a function shared by all functions of their signature. The body of
//! a function that takes keywords is compiled once and inlined into none of the three: see [`shared`].

// What all functions of a convention share has the C ABI: its callers then need no landing pad, as it does not unwind. Some
// arguments are Rust functions.
#![allow(improper_ctypes_definitions)]

use core::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hpy_sys::{HPy, HPyContext, cpy_PyObject};

use super::arguments::Arguments;
use super::function_trait::Function;
pub(crate) use super::mode::Mode;
use super::self_check::not_self;
use crate::core::exceptions::RecursionError;
use crate::core::ffi::object;
use crate::core::host_checks::mixes_data;
use crate::core::markers::PythonType;
use crate::core::panic::{guard, panicked};
use crate::core::pending_exception::call_ends;
use crate::core::{Context, Error, Handle, Ref, Result};

/// An argument or a result of a C function: a pointer, or an integer in its place.
pub(crate) type Word = *mut c_void;

/// The arguments of one call from the host, and its result. The result is the failure of the function's signature
/// until the body has succeeded.
pub(crate) struct Frame {
    pub(crate) words: [Word; 4],
    /// The body of the function, for one that stands before it.
    pub(crate) inner: Body,
    pub(crate) result: Word,
}

/// What a trampoline calls: converts the arguments, runs the user's function, and stores the result in the frame. On
/// failure it sets an exception, and leaves the result alone.
pub(crate) type Body = unsafe fn(*mut HPyContext, Mode, &mut Frame);

/// The result that says that an exception is set, of a function that gives an object.
pub(crate) const NO_OBJECT: Word = core::ptr::null_mut();
/// The same, of one that gives a number.
pub(crate) const NO_NUMBER: Word = core::ptr::without_provenance_mut(usize::MAX);

/// A number as a word.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn number(value: isize) -> Word {
    core::ptr::without_provenance_mut(hpy_sys::cast::unsigned(value))
}

/// A raw handle as a word.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn word(h: HPy) -> Word {
    h._i as Word
}

/// The raw handle of a word.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn handle_of(word: Word) -> HPy {
    HPy { _i: word as isize }
}

/// Runs a body under the panic guard. One closure for all bodies, so that the guard is compiled once; where `body` is a
/// constant, all of it is inlined.
///
/// # Safety
///
/// The host's word for a call: `ctx` is a live context for this thread, and the frame has the arguments that `body` wants.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn run(ctx: *mut HPyContext, mode: Mode, body: Body, frame: &mut Frame) {
    // SAFETY: the caller's word.
    let result = catch_unwind(AssertUnwindSafe(|| unsafe { body(ctx, mode, frame) }));
    if let Err(payload) = result {
        // SAFETY: the caller's word; nothing of `'ctx` outlives this call.
        let ctx = unsafe { Context::from_raw(ctx) };
        failed(ctx, panicked(ctx, payload));
    }
}

/// Runs a body in the embedded host.
///
/// # Safety
///
/// As for [`run`]; the embedded host made the function that is called.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn direct(body: Body, words: [Word; 4], failure: Word) -> Word {
    let mut frame = Frame { words, inner: body, result: failure };
    // SAFETY: the caller's word; invariant 5.
    unsafe { run(hpy_host::context::address(), Mode::Direct, body, &mut frame) };
    frame.result
}

/// Runs a body with a context that the host passed.
///
/// # Safety
///
/// As for [`run`].
#[inline(never)]
pub(crate) unsafe fn given(ctx: *mut HPyContext, body: Body, words: [Word; 4], failure: Word) -> Word {
    let mut frame = Frame { words, inner: body, result: failure };
    // SAFETY: the caller's word.
    unsafe { run_given(ctx, body, &mut frame) };
    if !hpy_host::context::is_embedded(ctx) {
        call_ends(ctx, frame.result != failure);
    }
    frame.result
}

/// [`run`] with a context that the host passed. Hosts in other files do not see that the stack is nearly used up.
///
/// # Safety
///
/// As for [`run`].
#[inline]
pub(crate) unsafe fn run_given(ctx: *mut HPyContext, body: Body, frame: &mut Frame) {
    // SAFETY: the caller's word.
    unsafe {
        if !hpy_host::context::is_embedded(ctx) && hpy_host::interp::stack::is_low_in(ctx) {
            too_deep(Context::from_raw(ctx));
        } else {
            run(ctx, Mode::Given, body, frame);
        }
    }
}

#[cold]
#[inline(never)]
fn too_deep(ctx: Context<'_>) {
    failed(
        ctx,
        Error::new::<RecursionError>("maximum recursion depth exceeded while calling a Rust function"),
    );
}

/// The body of a function. As a slot, its `this` may have to be looked at.
///
/// # Safety
///
/// As for [`run`]; the words are `this`, an array of arguments, their number and the names of keywords, laid out as
/// [`Arguments::new`] says; unless it is a slot, `this` is an `F::This`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn body<F: Function, const SLOT: bool>(
    ctx: *mut HPyContext,
    mode: Mode,
    frame: &mut Frame,
) {
    // SAFETY: the caller's word; `F::call` works for every `'ctx`, and nothing of `'ctx` outlives this function.
    let (ctx, this, args) = unsafe { begin(ctx, frame, !F::This::NOBODY) };
    if (SLOT || F::This::HAS_DATA) && unlooked_at::<SLOT>(mode) {
        match F::This::is_self(&this) {
            Ok(true) => {}
            Ok(false) => return failed(ctx, not_self(&this, F::This::NAME)),
            Err(error) => return failed(ctx, error),
        }
    }
    // SAFETY: the caller's word, or just seen.
    let this = unsafe { this.cast_unchecked() };
    end(ctx, frame, F::call(ctx, this, &args, F::PARAMS));
}

/// Takes a frame apart.
///
/// # Safety
///
/// As for [`body`].
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn begin<'a, 'ctx>(
    ctx: *mut HPyContext,
    frame: &Frame,
    has_this: bool,
) -> (Context<'ctx>, Ref<'a, 'ctx>, Arguments<'a, 'ctx>) {
    let [this, args, nargs, kwnames] = frame.words;
    // SAFETY: the caller's word.
    unsafe {
        let ctx = Context::from_raw(ctx);
        let this = Ref::from_raw(ctx, if has_this { handle_of(this) } else { ctx.none().as_raw() });
        (ctx, this, Arguments::new(ctx, args.cast(), nargs.addr(), handle_of(kwnames)))
    }
}

/// Must it be seen whether `this` is what the function wants?
#[cfg_attr(not(debug_assertions), inline(always))]
fn unlooked_at<const SLOT: bool>(mode: Mode) -> bool {
    if SLOT { !mode.checks_self() } else { mode == Mode::Given && mixes_data() }
}

/// Stores what a function gave.
#[cfg_attr(not(debug_assertions), inline(always))]
fn end<'ctx>(ctx: Context<'ctx>, frame: &mut Frame, result: Result<Handle<'ctx>>) {
    match result {
        Ok(value) => frame.result = word(value.into_raw()),
        Err(error) => failed(ctx, error),
    }
}

#[cold]
#[inline(never)]
pub(crate) fn failed(ctx: Context<'_>, error: Error) {
    error.restore(ctx);
    crate::core::dropped_handles::close_dropped(ctx);
}

/// A handle of the embedded host.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn handle(object: *mut cpy_PyObject) -> HPy {
    HPy { _i: object as isize }
}

macro_rules! safety {
    () => {
        "# Safety\n\nOnly for a host to call, by the rules of this signature."
    };
}

/// The bit of `nargsf` that says that the place before the arguments is free: `PY_VECTORCALL_ARGUMENTS_OFFSET`.
pub(super) const ARGUMENTS_OFFSET: usize = 1 << (usize::BITS - 1);

const NONE: Word = core::ptr::null_mut();

/// A calling convention of functions: what a host passes, and how it stands in a frame.
macro_rules! conventions {
    ($($(#[$doc:meta])* $hpy:ident, $direct:ident, $run_given:ident, $run_direct:ident, $slot:literal:
        ($($arg:ident: $hpy_type:ty | $cpy_type:ty),*) -> [$($word:expr),*] | [$($direct_word:expr),*];
    )*) => {$(
        $(#[$doc])*
        #[doc = safety!()]
        pub(crate) unsafe extern "C" fn $hpy<F: Function>(
            ctx: *mut HPyContext,
            this: HPy,
            $($arg: $hpy_type),*
        ) -> HPy {
            // SAFETY: the host's word.
            unsafe { $run_given(ctx, this, $($arg,)* body::<F, $slot>) }
        }

        /// # Safety
        ///
        /// As for [`run`].
        #[inline(never)]
        unsafe extern "C" fn $run_given(ctx: *mut HPyContext, this: HPy, $($arg: $hpy_type,)* body: Body) -> HPy {
            // SAFETY: the caller's word.
            handle_of(unsafe { given(ctx, body, [word(this), $($word),*], NO_OBJECT) })
        }

        $(#[$doc])*
        #[doc = safety!()]
        pub(crate) unsafe extern "C" fn $direct<F: Function>(
            this: *mut cpy_PyObject,
            $($arg: $cpy_type),*
        ) -> *mut cpy_PyObject {
            // SAFETY: the host's word.
            unsafe { $run_direct(this, $($arg,)* body::<F, $slot>) }
        }

        /// # Safety
        ///
        /// As for [`run`].
        #[cfg_attr(not(debug_assertions), inline(always))]
        unsafe fn $run_direct(this: *mut cpy_PyObject, $($arg: $cpy_type,)* body: Body) -> *mut cpy_PyObject {
            // SAFETY: the caller's word; invariant 5: handles are object pointers, so an array of one is an array of the
            // other.
            unsafe { direct(body, [this.cast(), $($direct_word),*], NO_OBJECT).cast() }
        }
    )*};
}

conventions! {
    /// Without arguments.
    hpy_noargs, direct_noargs, given_noargs, run_noargs, false:
        () -> [NONE, NONE, NONE] | [NONE, NONE, NONE];
    /// With one argument.
    hpy_o, direct_o, given_o, run_o, false:
        (arg: HPy | *mut cpy_PyObject)
        -> [(&raw const arg).cast_mut().cast(), number(1), NONE] | [(&raw const arg).cast_mut().cast(), number(1), NONE];
    /// With positional arguments.
    hpy_varargs, direct_varargs, given_varargs, run_varargs, false:
        (args: *const HPy | *const *mut cpy_PyObject, nargs: usize | usize)
        -> [args.cast_mut().cast(), nargs as Word, NONE] | [args.cast_mut().cast(), nargs as Word, NONE];
}

/// The body of a function with keywords: gets `this` and the arguments, and gives a new handle. That is a number, so that it
/// and an error are returned in registers.
type Shared = unsafe fn(HPy, &Arguments<'_, '_>) -> Result<isize>;

/// The one body of a function that takes keywords, for all hosts. Such a call costs more than the calls of the functions that
/// convert its arguments, which all functions share.
///
/// # Safety
///
/// As for [`body`].
unsafe fn shared<F: Function, const SLOT: bool>(this: HPy, args: &Arguments<'_, '_>) -> Result<isize> {
    let ctx = args.ctx();
    // SAFETY: the caller's word.
    let this = unsafe { Ref::from_raw(ctx, if F::This::NOBODY { ctx.none().as_raw() } else { this }) };
    if (SLOT || F::This::HAS_DATA) && unlooked_at::<SLOT>(Mode::Given) && !F::This::is_self(&this)? {
        return Err(not_self(&this, F::This::NAME));
    }
    // SAFETY: the caller's word, or just seen.
    match F::call(ctx, unsafe { this.cast_unchecked() }, args, F::PARAMS) {
        Ok(value) => Ok(value.into_raw()._i),
        Err(error) => Err(error),
    }
}

/// Runs a shared body under the panic guard.
///
/// # Safety
///
/// As for [`run`].
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn run_shared(
    ctx: *mut HPyContext,
    this: HPy,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
    body: Shared,
) -> HPy {
    // SAFETY: the caller's word; a body works for every `'ctx`, and nothing of `'ctx` outlives this function.
    let (ctx, args) = unsafe {
        let ctx = Context::from_raw(ctx);
        (ctx, Arguments::new(ctx, args, nargs, kwnames))
    };
    // SAFETY: the caller's word.
    match guard(ctx, || unsafe { body(this, &args) }) {
        Ok(value) => HPy { _i: value },
        Err(error) => {
            failed(ctx, error);
            HPy::NULL
        }
    }
}

/// Runs a shared body with a context that the host passed.
///
/// # Safety
///
/// As for [`run`].
#[inline(never)]
unsafe extern "C" fn given_keywords(
    ctx: *mut HPyContext,
    this: HPy,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
    body: Shared,
) -> HPy {
    // SAFETY: the caller's word.
    unsafe {
        if hpy_host::context::is_embedded(ctx) {
            return run_shared(ctx, this, args, nargs, kwnames, body);
        }
        let result = if hpy_host::interp::stack::is_low_in(ctx) {
            too_deep(Context::from_raw(ctx));
            HPy::NULL
        } else {
            run_shared(ctx, this, args, nargs, kwnames, body)
        };
        call_ends(ctx, !result.is_null());
        result
    }
}

/// Runs a shared body in the embedded host.
///
/// # Safety
///
/// As for [`run`]; the embedded host made the function that is called.
#[inline(never)]
unsafe extern "C" fn run_keywords(
    this: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
    body: Shared,
) -> *mut cpy_PyObject {
    let ctx = hpy_host::context::address();
    let nargs = nargsf & !ARGUMENTS_OFFSET;
    // SAFETY: the caller's word; invariant 5: handles are object pointers, so an array of one is an array of the other.
    let result = unsafe { run_shared(ctx, handle(this), args.cast(), nargs, handle(kwnames), body) };
    object(result)
}

/// With positional arguments and keywords.
#[doc = safety!()]
pub(crate) unsafe extern "C" fn hpy_keywords<F: Function, const SLOT: bool>(
    ctx: *mut HPyContext,
    this: HPy,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> HPy {
    // SAFETY: the host's word.
    unsafe { given_keywords(ctx, this, args, nargs, kwnames, shared::<F, SLOT>) }
}

/// With positional arguments and keywords.
#[doc = safety!()]
pub(crate) unsafe extern "C" fn direct_keywords<F: Function, const SLOT: bool>(
    this: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargsf: usize,
    kwnames: *mut cpy_PyObject,
) -> *mut cpy_PyObject {
    // SAFETY: the host's word.
    unsafe { run_keywords(this, args, nargsf, kwnames, shared::<F, SLOT>) }
}
