//! Containers: repetition, `in` and `len()`.

use hpy_sys::HPySlot_Slot;

use super::This;
use crate::call::definition::Definition;
use crate::call::self_check::this;
use crate::call::slot as s;
use crate::call::trampoline::Mode;
use crate::class::methods::slot::{Slot, SlotDef};
use crate::core::{Context, Handle, Ref, Result};

/// `__repeat__` and `__inplace_repeat__`.
pub trait RepeatSlot: Slot {
    /// The dunder method.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>, n: Ref<'_, 'ctx>) -> Result<Handle<'ctx>>;
}

impl<S: RepeatSlot> s::Repeat for SlotDef<S> {
    fn run<'ctx>(mode: Mode, ctx: Context<'ctx>, a: Ref<'_, 'ctx>, n: isize) -> Result<Handle<'ctx>> {
        let n = crate::core::IntoPython::into_python(n, ctx)?.into_any();
        S::call(ctx, this(mode, a)?, n.as_ref())
    }
}

impl<S: RepeatSlot> SlotDef<S> {
    /// `sq_repeat` and the like.
    pub const fn repeat(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::repeat::def::<Self, _>(slot)
    }
}

/// `__contains__`.
pub trait ContainsSlot: Slot {
    /// `value in this`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>, value: Ref<'_, 'ctx>) -> Result<bool>;
}

impl<S: ContainsSlot> s::Contains for SlotDef<S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<'ctx>(mode: Mode, ctx: Context<'ctx>, a: Ref<'_, 'ctx>, value: Ref<'_, 'ctx>) -> Result<bool> {
        S::call(ctx, this(mode, a)?, value)
    }
}

impl<S: ContainsSlot> SlotDef<S> {
    /// `sq_contains`.
    pub const fn contains(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::contains::def::<Self, _>(slot)
    }
}

/// `__len__`.
pub trait LenSlot: Slot {
    /// `len(this)`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>) -> Result<isize>;
}

impl<S: LenSlot> s::Length for SlotDef<S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<'ctx>(mode: Mode, ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<isize> {
        S::call(ctx, this(mode, a)?)
    }
}

impl<S: LenSlot> SlotDef<S> {
    /// `mp_length` and `sq_length`.
    pub const fn len(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::length::def::<Self, _>(slot)
    }
}
