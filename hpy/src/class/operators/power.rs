//! `pow()`, the operator with three operands.

use hpy_sys::HPySlot_Slot;

use super::binary::same_type;
use super::{This, instance, is_not_implemented, not_implemented};
use crate::call::definition::Definition;
use crate::call::self_check::this;
use crate::call::slot as s;
use crate::call::trampoline::Mode;
use crate::class::methods::slot::{Slot, SlotDef};
use crate::core::{Context, Handle, Ref, Result};

/// `__pow__` and `__rpow__`.
pub trait PowerOperator: Slot {
    /// `pow(this, other, modulo)`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn forward<'ctx>(
        ctx: Context<'ctx>,
        _: This<'_, 'ctx, Self>,
        _: Ref<'_, 'ctx>,
        _: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>> {
        not_implemented(ctx)
    }

    /// `pow(other, this, modulo)`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn reflected<'ctx>(
        ctx: Context<'ctx>,
        _: This<'_, 'ctx, Self>,
        _: Ref<'_, 'ctx>,
        _: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>> {
        not_implemented(ctx)
    }
}

impl<S: PowerOperator> s::Ternary for SlotDef<S> {
    fn run<'ctx>(
        _: Mode,
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        b: Ref<'_, 'ctx>,
        c: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>> {
        let left = instance::<S::Class>(a)?;
        if let Some(left) = left {
            let result = S::forward(ctx, left, b, c)?;
            if !is_not_implemented(&result) {
                return Ok(result);
            }
        }
        match instance::<S::Class>(b)? {
            Some(right) if left.is_none() || !same_type(a, b) => S::reflected(ctx, right, a, c),
            _ => not_implemented(ctx),
        }
    }
}

impl<S: PowerOperator> SlotDef<S> {
    /// `nb_power`.
    pub const fn power(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::ternary::def::<Self, _>(slot)
    }
}

/// `__ipow__`.
pub trait InPlacePower: Slot {
    /// `this **= other`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn call<'ctx>(
        ctx: Context<'ctx>,
        this: This<'_, 'ctx, Self>,
        other: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>>;
}

/// The slot of an [`InPlacePower`].
#[derive(Debug)]
pub struct InPlacePowerDef<S>(core::marker::PhantomData<S>);

impl<S: InPlacePower> s::Ternary for InPlacePowerDef<S> {
    fn run<'ctx>(
        mode: Mode,
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        b: Ref<'_, 'ctx>,
        _: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>> {
        S::call(ctx, this(mode, a)?, b)
    }
}

impl<S: InPlacePower> InPlacePowerDef<S> {
    /// `nb_inplace_power`.
    pub const fn in_place_power(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::ternary::def::<Self, _>(slot)
    }
}
