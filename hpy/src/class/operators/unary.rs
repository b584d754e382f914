//! Slots whose only operand is the instance and whose result is an object.

use core::ffi::c_int;

use hpy_sys::HPySlot_Slot;

use super::This;
use crate::call::definition::Definition;
use crate::call::self_check::this;
use crate::call::slot as s;
use crate::call::trampoline::Mode;
use crate::class::methods::slot::{Slot, SlotDef};
use crate::class::tables::{ExtraDef, ExtraMethods};
use crate::core::{Context, Handle, Ref, Result};

/// `__neg__`, `__iter__` and the like.
pub trait UnarySlot: Slot {
    /// The dunder method.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>) -> Result<Handle<'ctx>>;
}

impl<S: UnarySlot> s::Unary for SlotDef<S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<'ctx>(mode: Mode, ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<Handle<'ctx>> {
        S::call(ctx, this(mode, a)?)
    }
}

impl<S: UnarySlot> s::Repr for SlotDef<S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<'ctx>(mode: Mode, ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<Handle<'ctx>> {
        S::call(ctx, this(mode, a)?)
    }
}

impl<S: UnarySlot> s::Iter for SlotDef<S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<'ctx>(mode: Mode, ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<Handle<'ctx>> {
        S::call(ctx, this(mode, a)?)
    }
}

impl<S: UnarySlot> SlotDef<S> {
    /// `nb_negative` and the like.
    pub const fn unary(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::unary::def::<Self, _>(slot)
    }

    /// `tp_repr` and `tp_str`.
    pub const fn repr(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::repr::def::<Self, _>(slot)
    }

    /// `tp_iter`, `am_await` and the like.
    pub const fn extra_unary(slot: c_int, methods: ExtraMethods<S::Class>) -> ExtraDef<S::Class> {
        assert!(matches!(slot, 62 | 77 | 78), "the slot has another signature");
        ExtraDef { slot, functions: s::iter::trampolines::<Self>(), methods }
    }
}
