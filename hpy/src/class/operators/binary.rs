//! Binary operators.

use hpy_sys::HPySlot_Slot;

use super::{This, instance, is_not_implemented, not_implemented};
use crate::call::definition::Definition;
use crate::call::self_check::this;
use crate::call::slot as s;
use crate::call::trampoline::Mode;
use crate::class::methods::slot::{Slot, SlotDef};
use crate::core::{Context, Handle, Ref, Result};

/// `__add__` and `__radd__`, and the like.
pub trait BinaryOperator: Slot {
    /// `this + other`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn forward<'ctx>(ctx: Context<'ctx>, _: This<'_, 'ctx, Self>, _: Ref<'_, 'ctx>) -> Result<Handle<'ctx>> {
        not_implemented(ctx)
    }

    /// `other + this`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn reflected<'ctx>(
        ctx: Context<'ctx>,
        _: This<'_, 'ctx, Self>,
        _: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>> {
        not_implemented(ctx)
    }
}

impl<S: BinaryOperator> s::Binary for SlotDef<S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<'ctx>(_: Mode, ctx: Context<'ctx>, a: Ref<'_, 'ctx>, b: Ref<'_, 'ctx>) -> Result<Handle<'ctx>> {
        let left = instance::<S::Class>(a)?;
        if let Some(left) = left {
            let result = S::forward(ctx, left, b)?;
            if !is_not_implemented(&result) {
                return Ok(result);
            }
        }
        match instance::<S::Class>(b)? {
            Some(right) if left.is_none() || !same_type(a, b) => S::reflected(ctx, right, a),
            _ => not_implemented(ctx),
        }
    }
}

/// Python asks the right operand only if its type is another one.
#[cold]
pub(super) fn same_type<'ctx>(a: Ref<'_, 'ctx>, b: Ref<'_, 'ctx>) -> bool {
    matches!((a.type_(), b.type_()), (Ok(a), Ok(b)) if a.is(&b))
}

impl<S: BinaryOperator> SlotDef<S> {
    /// `nb_add` and the like.
    pub const fn operator(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::binary::def::<Self, _>(slot)
    }
}

/// `__getitem__`, `__iadd__` and the like: the first operand is always the instance.
pub trait BinarySlot: Slot {
    /// The dunder method.
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

/// The slot of a [`BinarySlot`].
#[derive(Debug)]
pub struct BinaryDef<S>(core::marker::PhantomData<S>);

impl<S: BinarySlot> s::Binary for BinaryDef<S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<'ctx>(mode: Mode, ctx: Context<'ctx>, a: Ref<'_, 'ctx>, b: Ref<'_, 'ctx>) -> Result<Handle<'ctx>> {
        S::call(ctx, this(mode, a)?, b)
    }
}

impl<S: BinarySlot> BinaryDef<S> {
    /// `nb_inplace_add` and the like.
    pub const fn binary(slot: HPySlot_Slot) -> Definition<S::Class> {
        s::binary::def::<Self, _>(slot)
    }
}
