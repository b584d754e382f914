//! Truth, hash and comparison.

use core::ffi::c_int;

use hpy_sys::HPySlot_Slot;

use super::{This, is_not_implemented};
use crate::call::definition::Definition;
use crate::call::self_check::this;
use crate::call::slot as s;
use crate::call::trampoline::Mode;
use crate::class::methods::slot::{Slot, SlotDef};
use crate::core::{Context, Handle, Ref, Result};
use crate::types::object::CompareOp;

/// `__bool__`.
pub trait BoolSlot: Slot {
    /// `bool(this)`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>) -> Result<bool>;
}

impl<S: BoolSlot> s::Inquiry for SlotDef<S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<'ctx>(mode: Mode, ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<bool> {
        S::call(ctx, this(mode, a)?)
    }
}

impl<S: BoolSlot> SlotDef<S> {
    /// `nb_bool`.
    pub const fn bool(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::inquiry::def::<Self, _>(slot)
    }
}

/// `__hash__`.
pub trait HashSlot: Slot {
    /// `hash(this)`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>) -> Result<isize>;
}

impl<S: HashSlot> s::Hash for SlotDef<S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<'ctx>(mode: Mode, ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<isize> {
        // Python's mark for an exception is no hash.
        S::call(ctx, this(mode, a)?).map(|hash| if hash == -1 { -2 } else { hash })
    }
}

impl<S: HashSlot> SlotDef<S> {
    /// `tp_hash`.
    pub const fn hash(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::hash::def::<Self, _>(slot)
    }
}

/// `__lt__`, `__le__`, `__eq__`, `__ne__`, `__gt__`, `__ge__`, or `__richcmp__` for all of them.
pub trait CompareSlot: Slot {
    /// `this < other` and the like.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn call<'ctx>(
        ctx: Context<'ctx>,
        this: This<'_, 'ctx, Self>,
        other: Ref<'_, 'ctx>,
        op: CompareOp,
    ) -> Result<Handle<'ctx>>;
}

impl<S: CompareSlot> s::Compare for SlotDef<S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<'ctx>(
        mode: Mode,
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        other: Ref<'_, 'ctx>,
        op: c_int,
    ) -> Result<Handle<'ctx>> {
        let op = match op {
            hpy_sys::HPy_LT => CompareOp::Lt,
            hpy_sys::HPy_LE => CompareOp::Le,
            hpy_sys::HPy_EQ => CompareOp::Eq,
            hpy_sys::HPy_NE => CompareOp::Ne,
            hpy_sys::HPy_GT => CompareOp::Gt,
            _ => CompareOp::Ge,
        };
        S::call(ctx, this(mode, a)?, other, op)
    }
}

impl<S: CompareSlot> SlotDef<S> {
    /// `tp_richcompare`.
    pub const fn compare(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::compare::def::<Self, _>(slot)
    }
}

/// `!=` of a class that has `__eq__` only: the opposite, as in Python.
///
/// # Errors
///
/// Returns the exception raised by `bool()` of the result.
pub fn not_equal<'ctx>(ctx: Context<'ctx>, equal: Handle<'ctx>) -> Result<Handle<'ctx>> {
    if is_not_implemented(&equal) {
        return Ok(equal);
    }
    Ok(ctx.bool(!equal.is_true()?).to_owned().into_any())
}
