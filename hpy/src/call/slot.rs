//! Entry points of slots: three for each, as for functions (`trampoline`).
//!
//! A *procedure* is a kind of slot function with one C signature: a trait whose `run` takes handles and returns a `Result`.
//! The dunder methods of a class are mapped to procedures in `class::operators`.

#![allow(improper_ctypes_definitions)] // see `trampoline`

use core::ffi::{c_int, c_void};

use hpy_sys::{HPy, HPyContext, HPySlot_Slot, cpy_PyObject};

pub(crate) use super::definition::{Definition, Functions, Trampolines};
use super::through_host::{asks_embedded, through_host};
use super::trampoline::{
    Body, Frame, Mode, NO_NUMBER, NO_OBJECT, Word, direct as direct_words, failed, given, handle_of, number,
    word,
};
use crate::core::{Context, Handle, Ref, Result};

/// The result of a procedure, in the form that the host expects.
pub(crate) trait Outcome {
    fn word(self) -> Word;
}

impl Outcome for Handle<'_> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn word(self) -> Word {
        word(self.into_raw())
    }
}

/// NULL without an exception where there is nothing.
impl Outcome for Option<Handle<'_>> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn word(self) -> Word {
        self.map_or(NO_OBJECT, Handle::word)
    }
}

impl Outcome for bool {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn word(self) -> Word {
        number(self.into())
    }
}

impl Outcome for () {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn word(self) -> Word {
        number(0)
    }
}

impl Outcome for isize {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn word(self) -> Word {
        number(self)
    }
}

/// A nullable handle, borrowed.
///
/// # Safety
///
/// As for [`Ref::from_raw`], but `raw` may be null.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn maybe<'a, 'ctx>(ctx: Context<'ctx>, raw: HPy) -> Option<Ref<'a, 'ctx>> {
    // SAFETY: the caller's word.
    if raw.is_null() { None } else { Some(unsafe { Ref::from_raw(ctx, raw) }) }
}

// How an argument looks: to HPy, to CPython, to `run`; and the ways between them.
macro_rules! hpy_type {
    (handle) => { HPy };
    (maybe) => { HPy };
    (int) => { c_int };
    (size) => { isize };
    (pointer) => { *mut c_void };
}
macro_rules! cpy_type {
    (handle) => { *mut cpy_PyObject };
    (maybe) => { *mut cpy_PyObject };
    (int) => { c_int };
    (size) => { isize };
    (pointer) => { *mut c_void };
}
macro_rules! run_type {
    (handle) => { Ref<'_, 'ctx> };
    (maybe) => { Option<Ref<'_, 'ctx>> };
    (int) => { c_int };
    (size) => { isize };
    (pointer) => { *mut c_void };
}
macro_rules! begun_type {
    (handle) => { Ref<'a, 'ctx> };
    (maybe) => { Option<Ref<'a, 'ctx>> };
    (int) => { c_int };
    (size) => { isize };
    (pointer) => { *mut c_void };
}
macro_rules! outcome_type {
    (object) => { Handle<'ctx> };
    (next) => { Option<Handle<'ctx>> };
    (truth) => { bool };
    (status) => { () };
    (size) => { isize };
}
macro_rules! hpy_outcome {
    (object) => {
        HPy
    };
    (next) => {
        HPy
    };
    (truth) => {
        c_int
    };
    (status) => {
        c_int
    };
    (size) => {
        isize
    };
}
macro_rules! cpy_outcome {
    (object) => { *mut cpy_PyObject };
    (next) => { *mut cpy_PyObject };
    (truth) => { c_int };
    (status) => { c_int };
    (size) => { isize };
}
macro_rules! hpy_word {
    (handle, $value:expr) => {
        word($value)
    };
    (maybe, $value:expr) => {
        word($value)
    };
    (pointer, $value:expr) => {
        $value
    };
    ($number:tt, $value:expr) => {
        number($value as isize)
    };
}
macro_rules! cpy_word {
    (handle, $value:expr) => {
        $value.cast()
    };
    (maybe, $value:expr) => {
        $value.cast()
    };
    (pointer, $value:expr) => {
        $value
    };
    ($number:tt, $value:expr) => {
        number($value as isize)
    };
}
// The argument of a CPython-signature function as one of HPy's, in the embedded host; and the result back.
macro_rules! hpy_argument {
    (handle, $value:expr) => {
        HPy { _i: $value as isize }
    };
    (maybe, $value:expr) => {
        HPy { _i: $value as isize }
    };
    ($other:tt, $value:expr) => {
        $value
    };
}
macro_rules! cpy_result {
    (object, $value:expr) => {
        $value._i as *mut cpy_PyObject
    };
    (next, $value:expr) => {
        $value._i as *mut cpy_PyObject
    };
    ($number:tt, $value:expr) => {
        $value
    };
}
macro_rules! to_run {
    (handle, $ctx:expr, $word:expr) => {
        Ref::from_raw($ctx, handle_of($word))
    };
    (maybe, $ctx:expr, $word:expr) => {
        maybe($ctx, handle_of($word))
    };
    (int, $ctx:expr, $word:expr) => {
        hpy_sys::cast::int($word as isize)
    };
    (size, $ctx:expr, $word:expr) => {
        $word as isize
    };
    (pointer, $ctx:expr, $word:expr) => {
        $word
    };
}
macro_rules! failure {
    (object) => {
        NO_OBJECT
    };
    (next) => {
        NO_OBJECT
    };
    ($number:tt) => {
        NO_NUMBER
    };
}
macro_rules! to_hpy {
    (object, $word:expr) => {
        handle_of($word)
    };
    (next, $word:expr) => {
        handle_of($word)
    };
    (size, $word:expr) => {
        $word as isize
    };
    ($number:tt, $word:expr) => {
        hpy_sys::cast::int($word as isize)
    };
}
macro_rules! to_cpy {
    (object, $word:expr) => {
        $word.cast()
    };
    (next, $word:expr) => {
        $word.cast()
    };
    (size, $word:expr) => {
        $word as isize
    };
    ($number:tt, $word:expr) => {
        hpy_sys::cast::int($word as isize)
    };
}
macro_rules! nothing {
    (object) => {
        core::ptr::null_mut()
    };
    (next) => {
        core::ptr::null_mut()
    };
    ($number:tt) => {
        -1
    };
}
// Three words for the arguments that a signature has.
macro_rules! three {
    ($one:expr) => {
        [$one, NO_OBJECT, NO_OBJECT]
    };
    ($one:expr, $two:expr) => {
        [$one, $two, NO_OBJECT]
    };
    ($one:expr, $two:expr, $three:expr) => {
        [$one, $two, $three]
    };
}
// Is the body inlined in the function with CPython's signature, or called by it? A call by a pointer costs little beside
// what `repr` and the like cost.
macro_rules! direct_body {
    (inlined $($function:tt)*) => {
        /// # Safety
        ///
        /// The host's word for a call; the embedded host made the slot.
        #[cfg_attr(not(debug_assertions), inline(always))]
        $($function)*
    };
    (called $($function:tt)*) => {
        /// # Safety
        ///
        /// The host's word for a call; the embedded host made the slot.
        #[inline(never)]
        $($function)*
    };
}

/// Stores what a procedure gave.
#[cfg_attr(not(debug_assertions), inline(always))]
fn end<O: Outcome>(ctx: Context<'_>, frame: &mut Frame, result: Result<O>) {
    match result {
        Ok(value) => frame.result = value.word(),
        Err(error) => failed(ctx, error),
    }
}

macro_rules! procedures {
    ($($(#[$doc:meta])*
        $name:ident, $functions:ident: $signature:ident $args:ident
        ($($arg:ident $field:ident: $kind:tt),*) -> $outcome:tt, $how:tt;
    )*) => {$(
        $(#[$doc])*
        pub(crate) trait $name {
            /// Does it.
            ///
            /// # Errors
            ///
            /// What becomes the exception.
            fn run<'ctx>(
                mode: Mode,
                ctx: Context<'ctx>,
                $($arg: run_type!($kind)),*
            ) -> Result<outcome_type!($outcome)>;
        }

        #[doc = concat!("The functions of a [`", stringify!($name), "`].")]
        #[allow(unused_variables)]
        pub(crate) mod $functions {
            use super::*;

            /// # Safety
            ///
            /// The host's word for a call: `ctx` is a live context for this thread, and the words are the arguments.
            #[cfg_attr(not(debug_assertions), inline(always))]
            pub(crate) unsafe fn body<P: $name>(ctx: *mut HPyContext, mode: Mode, frame: &mut Frame) {
                // SAFETY: the caller's word; `run` works for every `'ctx`, and nothing of `'ctx` outlives this function.
                unsafe {
                    let ctx = Context::from_raw(ctx);
                    let ($($arg,)*) = begin(ctx, frame);
                    end(ctx, frame, P::run(mode, ctx, $($arg),*));
                }
            }

            /// Takes a frame apart.
            ///
            /// # Safety
            ///
            /// As for [`body`].
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn begin<'a, 'ctx>(ctx: Context<'ctx>, frame: &Frame) -> ($(begun_type!($kind),)*) {
                let [$($arg,)* ..] = frame.words;
                // SAFETY: the caller's word.
                unsafe { ($(to_run!($kind, ctx, $arg),)*) }
            }

            /// # Safety
            ///
            /// Only for a host to call, by the rules of this signature.
            pub(crate) unsafe extern "C" fn hpy<P: $name>(
                ctx: *mut HPyContext,
                $($arg: hpy_type!($kind)),*
            ) -> hpy_outcome!($outcome) {
                // SAFETY: the host's word.
                unsafe { given_body(ctx, $($arg,)* body::<P>) }
            }

            /// # Safety
            ///
            /// The host's word for a call.
            #[inline(never)]
            pub(crate) unsafe extern "C" fn given_body(
                ctx: *mut HPyContext,
                $($arg: hpy_type!($kind),)*
                body: Body,
            ) -> hpy_outcome!($outcome) {
                let [a, b, c] = three!($(hpy_word!($kind, $arg)),*);
                // SAFETY: the caller's word.
                to_hpy!($outcome, unsafe { given(ctx, body, [a, b, c, NO_OBJECT], failure!($outcome)) })
            }

            /// # Safety
            ///
            /// Only for a host to call, by the rules of this signature.
            #[inline(never)] // for who calls it where something faster does not do
            pub(crate) unsafe extern "C" fn direct<P: $name>(
                $($arg: cpy_type!($kind)),*
            ) -> cpy_outcome!($outcome) {
                // SAFETY: the host's word.
                unsafe { direct_body($($arg,)* body::<P>) }
            }

            direct_body! { $how
                pub(crate) unsafe fn direct_body($($arg: cpy_type!($kind),)* body: Body) -> cpy_outcome!($outcome) {
                    let [a, b, c] = three!($(cpy_word!($kind, $arg)),*);
                    // SAFETY: the caller's word; invariant 5: handles are object pointers.
                    to_cpy!($outcome, unsafe { direct_words(body, [a, b, c, NO_OBJECT], failure!($outcome)) })
                }
            }

            /// # Safety
            ///
            /// Only for a host to call, by the rules of this signature.
            pub(crate) unsafe extern "C" fn cpy<P: $name>(
                $($arg: cpy_type!($kind)),*
            ) -> cpy_outcome!($outcome) {
                // SAFETY: a function of this signature.
                unsafe { through($($arg,)* hpy::<P> as *const c_void) }
            }

            /// # Safety
            ///
            /// As for [`through_host`].
            #[inline(never)]
            pub(crate) unsafe extern "C" fn through($($arg: cpy_type!($kind),)* function: *const c_void) -> cpy_outcome!($outcome) {
                if let Some(ctx) = asks_embedded() {
                    // SAFETY: a function of this signature; invariant 5: handles are object pointers.
                    return unsafe {
                        let function: unsafe extern "C" fn(*mut HPyContext, $(hpy_type!($kind)),*) -> hpy_outcome!($outcome) =
                            core::mem::transmute(function);
                        cpy_result!($outcome, function(ctx, $(hpy_argument!($kind, $arg)),*))
                    };
                }
                let mut args = hpy_sys::$args { $($field: $arg,)* result: nothing!($outcome) };
                // SAFETY: the struct of this signature; the caller's word.
                unsafe { through_host::<{ hpy_sys::$signature }>(function, (&raw mut args).cast()) };
                args.result
            }

            /// The definition of a slot of this signature.
            #[allow(dead_code)]
            pub(crate) const fn def<P: $name, C>(slot: HPySlot_Slot) -> Definition<C> {
                assert!(
                    matches!(hpy_sys::slot_signature(slot), Some(hpy_sys::$signature)),
                    "the slot has another signature"
                );
                Definition::slot(slot, functions::<P>())
            }

            /// The functions.
            pub(crate) const fn functions<P: $name>() -> Functions {
                Functions {
                    hpy: hpy::<P> as *const c_void,
                    portable: cpy::<P> as *const c_void,
                    direct: direct::<P> as *const c_void,
                }
            }

            /// The functions for a slot of the C API that HPy lacks.
            #[allow(dead_code)]
            pub(crate) const fn trampolines<P: $name>() -> Trampolines {
                Trampolines { portable: cpy::<P> as *const c_void, direct: direct::<P> as *const c_void }
            }
        }
    )*};
}

procedures! {
    /// `repr(self)` and the like.
    Unary, unary: HPyFunc_UNARYFUNC _HPyFunc_args_UNARYFUNC (this arg0: handle) -> object, inlined;
    /// `repr(self)` and `str(self)`.
    Repr, repr: HPyFunc_REPRFUNC _HPyFunc_args_REPRFUNC (this arg0: handle) -> object, called;
    /// `a + b` and the like; either may be the instance.
    Binary, binary: HPyFunc_BINARYFUNC _HPyFunc_args_BINARYFUNC (a arg0: handle, b arg1: handle) -> object, inlined;
    /// `pow(a, b, c)`; either of the first two may be the instance.
    Ternary, ternary: HPyFunc_TERNARYFUNC _HPyFunc_args_TERNARYFUNC
        (a arg0: handle, b arg1: handle, c arg2: handle) -> object, called;
    /// `bool(self)`.
    Inquiry, inquiry: HPyFunc_INQUIRY _HPyFunc_args_INQUIRY (this arg0: handle) -> truth, inlined;
    /// `len(self)`.
    Length, length: HPyFunc_LENFUNC _HPyFunc_args_LENFUNC (this arg0: handle) -> size, called;
    /// `hash(self)`.
    Hash, hash: HPyFunc_HASHFUNC _HPyFunc_args_HASHFUNC (this arg0: handle) -> size, inlined;
    /// `self * n` of a sequence.
    Repeat, repeat: HPyFunc_SSIZEARGFUNC _HPyFunc_args_SSIZEARGFUNC (this arg0: handle, n arg1: size) -> object, inlined;
    /// `self[key] = value` and `del self[key]`.
    SetItem, set_item: HPyFunc_OBJOBJARGPROC _HPyFunc_args_OBJOBJARGPROC
        (this arg0: handle, key arg1: handle, value arg2: maybe) -> status, inlined;
    /// `self[n] = value` and `del self[n]` of a sequence.
    SetItemAt, set_item_at: HPyFunc_SSIZEOBJARGPROC _HPyFunc_args_SSIZEOBJARGPROC
        (this arg0: handle, n arg1: size, value arg2: maybe) -> status, called;
    /// `value in self`.
    Contains, contains: HPyFunc_OBJOBJPROC _HPyFunc_args_OBJOBJPROC (this arg0: handle, value arg1: handle) -> truth, inlined;
    /// `self < other` and the like.
    Compare, compare: HPyFunc_RICHCMPFUNC _HPyFunc_args_RICHCMPFUNC
        (this arg0: handle, other arg1: handle, op arg2: int) -> object, inlined;
    /// `next(self)`.
    Next, next: HPyFunc_ITERNEXTFUNC _HPyFunc_args_ITERNEXTFUNC (this arg0: handle) -> next, inlined;
    /// `iter(self)`.
    Iter, iter: HPyFunc_GETITERFUNC _HPyFunc_args_GETITERFUNC (this arg0: handle) -> object, inlined;
    /// A descriptor is read.
    DescrGet, descr_get: HPyFunc_DESCRGETFUNC _HPyFunc_args_DESCRGETFUNC
        (this arg0: handle, instance arg1: maybe, owner arg2: maybe) -> object, called;
    /// A descriptor is set or deleted.
    DescrSet, descr_set: HPyFunc_DESCRSETFUNC _HPyFunc_args_DESCRSETFUNC
        (this arg0: handle, instance arg1: handle, value arg2: maybe) -> status, called;
    /// An attribute is read.
    Getter, getter: HPyFunc_GETTER _HPyFunc_args_GETTER (this arg0: handle, closure arg1: pointer) -> object, inlined;
    /// An attribute is set or deleted.
    Setter, setter: HPyFunc_SETTER _HPyFunc_args_SETTER
        (this arg0: handle, value arg1: maybe, closure arg2: pointer) -> status, called;
}
