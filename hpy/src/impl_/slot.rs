//! The functions behind the slots of a class: three for each, as for functions (`trampoline`).
//!
//! A *procedure* is a kind of slot function, with one C signature: a trait whose `run` gets handles and gives a `Result`.
//! What slots do in terms of a class's dunder methods is in `operators`.

use core::ffi::{CStr, c_int, c_void};
use core::marker::PhantomData;

use hpy_sys::{HPy, HPyContext, HPySlot_Slot, cpy_PyObject};

use super::function::Def;
use super::panic::guard;
use super::trampoline::{Direct, Given, Mode, failed, handle, object, through_host};
use crate::context::Context;
use crate::error::Result;
use crate::handle::{Handle, Ref};
use crate::types::Any;

/// A definition for hosts of any kind, and the same for the host in this file.
///
/// `C` is the class whose instances its functions expect as `self`, so that it can only stand in the table of that class.
/// Code that is compiled once for all classes has it without (`Any`).
#[derive(Debug)]
#[repr(C)]
pub struct DefPair<C = Any> {
    /// CPython-signature trampolines go through the context that the host announced.
    pub(super) universal: Def,
    /// CPython-signature trampolines call the Rust code.
    pub(super) embedded: Def,
    /// For an attribute: the same as methods.
    pub(super) property: Option<&'static Property>,
    pub(super) class: PhantomData<fn(&C)>,
}

impl<C> DefPair<C> {
    /// The definitions of a class for code that is compiled once.
    pub(super) const fn erased(defs: &'static [Self]) -> &'static [DefPair] {
        // SAFETY: `repr(C)`, and the class is no part of the layout.
        unsafe { core::slice::from_raw_parts(defs.as_ptr().cast(), defs.len()) }
    }
}

/// An attribute as methods, for a host whose own attributes lose exceptions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Property {
    pub(super) name: &'static CStr,
    pub(super) doc: &'static CStr,
    pub(super) get: Option<&'static Def>,
    /// Setter and deleter.
    pub(super) set: Option<[&'static Def; 2]>,
}

/// The CPython-signature functions of a slot that HPy lacks, for the two kinds of host.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trampolines {
    /// Goes through the announced context.
    pub(super) portable: *const c_void,
    /// Calls the Rust code.
    pub(super) direct: *const c_void,
}

/// What a procedure gives, as the host wants it.
pub(super) trait Outcome {
    /// HPy's type.
    type Raw;
    /// What says that an exception is set.
    const FAILED: Self::Raw;
    fn raw(self) -> Self::Raw;
}

impl Outcome for Handle<'_> {
    type Raw = HPy;
    const FAILED: HPy = HPy::NULL;
    #[inline(always)]
    fn raw(self) -> HPy {
        self.into_raw()
    }
}

/// NULL without an exception where there is nothing.
impl Outcome for Option<Handle<'_>> {
    type Raw = HPy;
    const FAILED: HPy = HPy::NULL;
    #[inline(always)]
    fn raw(self) -> HPy {
        self.map_or(HPy::NULL, Handle::into_raw)
    }
}

impl Outcome for bool {
    type Raw = c_int;
    const FAILED: c_int = -1;
    #[inline(always)]
    fn raw(self) -> c_int {
        self.into()
    }
}

impl Outcome for () {
    type Raw = c_int;
    const FAILED: c_int = -1;
    #[inline(always)]
    fn raw(self) -> c_int {
        0
    }
}

impl Outcome for isize {
    type Raw = isize;
    const FAILED: isize = -1;
    #[inline(always)]
    fn raw(self) -> isize {
        self
    }
}

#[inline(always)]
pub(super) fn outcome<O: Outcome>(ctx: Context<'_>, result: Result<O>) -> O::Raw {
    match result {
        Ok(value) => value.raw(),
        Err(error) => {
            failed(ctx, error);
            O::FAILED
        }
    }
}

/// A nullable handle, borrowed.
///
/// # Safety
///
/// As for [`Ref::from_raw`], but `raw` may be null.
#[inline(always)]
pub(super) unsafe fn maybe<'a, 'ctx>(ctx: Context<'ctx>, raw: HPy) -> Option<Ref<'a, 'ctx>> {
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
macro_rules! to_hpy {
    (handle, $value:expr) => {
        handle($value)
    };
    (maybe, $value:expr) => {
        handle($value)
    };
    ($other:tt, $value:expr) => {
        $value
    };
}
macro_rules! to_run {
    (handle, $ctx:expr, $value:expr) => {
        Ref::from_raw($ctx, $value)
    };
    (maybe, $ctx:expr, $value:expr) => {
        maybe($ctx, $value)
    };
    ($other:tt, $ctx:expr, $value:expr) => {
        $value
    };
}
macro_rules! to_cpy {
    (object, $value:expr) => {
        object($value)
    };
    (next, $value:expr) => {
        object($value)
    };
    ($other:tt, $value:expr) => {
        $value
    };
}
macro_rules! nothing {
    (object) => {
        core::ptr::null_mut()
    };
    (next) => {
        core::ptr::null_mut()
    };
    ($other:tt) => {
        -1
    };
}

macro_rules! procedures {
    ($($(#[$doc:meta])*
        $name:ident, $functions:ident: $signature:ident $args:ident
        ($($arg:ident $field:ident: $kind:tt),*) -> $outcome:tt;
    )*) => {$(
        $(#[$doc])*
        pub(super) trait $name {
            /// Does it.
            ///
            /// # Errors
            ///
            /// What becomes the exception.
            fn run<'ctx, M: Mode>(
                ctx: Context<'ctx>,
                $($arg: run_type!($kind)),*
            ) -> Result<outcome_type!($outcome)>;
        }

        #[doc = concat!("The functions of a [`", stringify!($name), "`].")]
        #[allow(unused_variables)]
        pub(super) mod $functions {
            use super::*;

            /// # Safety
            ///
            /// The host's word for a call: `ctx` is a live context for this thread, and the handles are open and of it.
            #[inline(always)]
            unsafe fn call<P: $name, M: Mode>(
                ctx: *mut HPyContext,
                $($arg: hpy_type!($kind)),*
            ) -> hpy_outcome!($outcome) {
                // SAFETY: the caller's word; `run` works for every `'ctx`, and nothing of `'ctx` outlives this function.
                let outside = unsafe { Context::from_raw(M::context(ctx)) };
                let result = guard(outside, move || {
                    // SAFETY: as above. The context is made anew in here, so that its value is known in here.
                    unsafe {
                        let ctx = Context::from_raw(M::context(ctx));
                        P::run::<M>(ctx, $(to_run!($kind, ctx, $arg)),*)
                    }
                });
                outcome(outside, result)
            }

            /// # Safety
            ///
            /// Only for a host to call, by the rules of this signature.
            pub(crate) unsafe extern "C" fn hpy<P: $name>(
                ctx: *mut HPyContext,
                $($arg: hpy_type!($kind)),*
            ) -> hpy_outcome!($outcome) {
                // SAFETY: the host's word.
                unsafe { call::<P, Given>(ctx, $($arg),*) }
            }

            /// # Safety
            ///
            /// Only for a host to call, by the rules of this signature.
            #[inline(never)] // for who calls it where something faster does not do
            pub(crate) unsafe extern "C" fn direct<P: $name>(
                $($arg: cpy_type!($kind)),*
            ) -> cpy_outcome!($outcome) {
                // SAFETY: the host's word; invariant 5: handles are object pointers.
                unsafe {
                    to_cpy!($outcome, call::<P, Direct>(core::ptr::null_mut(), $(to_hpy!($kind, $arg)),*))
                }
            }

            /// # Safety
            ///
            /// Only for a host to call, by the rules of this signature.
            pub(crate) unsafe extern "C" fn cpy<P: $name>(
                $($arg: cpy_type!($kind)),*
            ) -> cpy_outcome!($outcome) {
                let mut args = hpy_sys::$args { $($field: $arg,)* result: nothing!($outcome) };
                // SAFETY: the struct and the function of this signature.
                unsafe {
                    through_host::<{ hpy_sys::$signature }>(hpy::<P> as *const c_void, (&raw mut args).cast())
                };
                args.result
            }

            /// The two definitions of a slot of this signature.
            #[allow(dead_code)]
            pub(crate) const fn def<P: $name, C>(slot: HPySlot_Slot) -> DefPair<C> {
                assert!(
                    matches!(hpy_sys::slot_signature(slot), Some(hpy_sys::$signature)),
                    "the slot has another signature"
                );
                let implementation = hpy::<P> as *const c_void;
                DefPair {
                    universal: Def::slot(slot, implementation, cpy::<P> as *const c_void),
                    embedded: Def::slot(slot, implementation, direct::<P> as *const c_void),
                    property: None,
                    class: PhantomData,
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
    Unary, unary: HPyFunc_UNARYFUNC _HPyFunc_args_UNARYFUNC (this arg0: handle) -> object;
    /// `repr(self)` and `str(self)`.
    Repr, repr: HPyFunc_REPRFUNC _HPyFunc_args_REPRFUNC (this arg0: handle) -> object;
    /// `a + b` and the like; either may be the instance.
    Binary, binary: HPyFunc_BINARYFUNC _HPyFunc_args_BINARYFUNC (a arg0: handle, b arg1: handle) -> object;
    /// `pow(a, b, c)`; either of the first two may be the instance.
    Ternary, ternary: HPyFunc_TERNARYFUNC _HPyFunc_args_TERNARYFUNC
        (a arg0: handle, b arg1: handle, c arg2: handle) -> object;
    /// `bool(self)`.
    Inquiry, inquiry: HPyFunc_INQUIRY _HPyFunc_args_INQUIRY (this arg0: handle) -> truth;
    /// `len(self)`.
    Length, length: HPyFunc_LENFUNC _HPyFunc_args_LENFUNC (this arg0: handle) -> size;
    /// `hash(self)`.
    Hash, hash: HPyFunc_HASHFUNC _HPyFunc_args_HASHFUNC (this arg0: handle) -> size;
    /// `self * n` of a sequence.
    Repeat, repeat: HPyFunc_SSIZEARGFUNC _HPyFunc_args_SSIZEARGFUNC (this arg0: handle, n arg1: size) -> object;
    /// `self[key] = value` and `del self[key]`.
    SetItem, set_item: HPyFunc_OBJOBJARGPROC _HPyFunc_args_OBJOBJARGPROC
        (this arg0: handle, key arg1: handle, value arg2: maybe) -> status;
    /// `self[n] = value` and `del self[n]` of a sequence.
    SetItemAt, set_item_at: HPyFunc_SSIZEOBJARGPROC _HPyFunc_args_SSIZEOBJARGPROC
        (this arg0: handle, n arg1: size, value arg2: maybe) -> status;
    /// `value in self`.
    Contains, contains: HPyFunc_OBJOBJPROC _HPyFunc_args_OBJOBJPROC (this arg0: handle, value arg1: handle) -> truth;
    /// `self < other` and the like.
    Compare, compare: HPyFunc_RICHCMPFUNC _HPyFunc_args_RICHCMPFUNC
        (this arg0: handle, other arg1: handle, op arg2: int) -> object;
    /// `next(self)`.
    Next, next: HPyFunc_ITERNEXTFUNC _HPyFunc_args_ITERNEXTFUNC (this arg0: handle) -> next;
    /// `iter(self)`.
    Iter, iter: HPyFunc_GETITERFUNC _HPyFunc_args_GETITERFUNC (this arg0: handle) -> object;
    /// `self.name`.
    GetAttr, get_attr: HPyFunc_GETATTROFUNC _HPyFunc_args_GETATTROFUNC (this arg0: handle, name arg1: handle) -> object;
    /// `self.name = value` and `del self.name`.
    SetAttr, set_attr: HPyFunc_SETATTROFUNC _HPyFunc_args_SETATTROFUNC
        (this arg0: handle, name arg1: handle, value arg2: maybe) -> status;
    /// A descriptor is read.
    DescrGet, descr_get: HPyFunc_DESCRGETFUNC _HPyFunc_args_DESCRGETFUNC
        (this arg0: handle, instance arg1: maybe, owner arg2: maybe) -> object;
    /// A descriptor is set or deleted.
    DescrSet, descr_set: HPyFunc_DESCRSETFUNC _HPyFunc_args_DESCRSETFUNC
        (this arg0: handle, instance arg1: handle, value arg2: maybe) -> status;
    /// An attribute is read.
    Getter, getter: HPyFunc_GETTER _HPyFunc_args_GETTER (this arg0: handle, closure arg1: pointer) -> object;
    /// An attribute is set or deleted.
    Setter, setter: HPyFunc_SETTER _HPyFunc_args_SETTER
        (this arg0: handle, value arg1: maybe, closure arg2: pointer) -> status;
}

/// The numbers of the slots that the macro names.
pub mod slots {
    pub use hpy_sys::{
        HPy_mp_ass_subscript, HPy_mp_length, HPy_mp_subscript, HPy_nb_absolute, HPy_nb_add, HPy_nb_and,
        HPy_nb_bool, HPy_nb_divmod, HPy_nb_float, HPy_nb_floor_divide, HPy_nb_index, HPy_nb_inplace_add,
        HPy_nb_inplace_and, HPy_nb_inplace_floor_divide, HPy_nb_inplace_lshift,
        HPy_nb_inplace_matrix_multiply, HPy_nb_inplace_multiply, HPy_nb_inplace_or, HPy_nb_inplace_power,
        HPy_nb_inplace_remainder, HPy_nb_inplace_rshift, HPy_nb_inplace_subtract, HPy_nb_inplace_true_divide,
        HPy_nb_inplace_xor, HPy_nb_int, HPy_nb_invert, HPy_nb_lshift, HPy_nb_matrix_multiply,
        HPy_nb_multiply, HPy_nb_negative, HPy_nb_or, HPy_nb_positive, HPy_nb_power, HPy_nb_remainder,
        HPy_nb_rshift, HPy_nb_subtract, HPy_nb_true_divide, HPy_nb_xor, HPy_sq_ass_item, HPy_sq_concat,
        HPy_sq_contains, HPy_sq_inplace_concat, HPy_sq_inplace_repeat, HPy_sq_item, HPy_sq_length,
        HPy_sq_repeat, HPy_tp_hash, HPy_tp_repr, HPy_tp_richcompare, HPy_tp_str,
    };
}
