//! Maps the dunder methods of a class to its slots. For each slot the macro implements one of these traits, with a function
//! for each dunder method that the class has.

mod binary;
pub(crate) mod buffer;
mod compare;
mod container;
mod descriptor;
mod finalize;
mod item;
mod iterator;
mod power;
mod reflected;
pub(crate) mod results;
mod same_class;
pub(crate) mod unary;

use super::Class;
pub(crate) use crate::class::methods::slot::Slot;
use crate::core::exceptions::TypeError;
use crate::core::markers::PythonType;
use crate::core::{Context, Error, Handle, Ref, Result};

pub use binary::{BinaryDef, BinaryOperator, BinarySlot};
pub use buffer::{BufferDef, BufferMutDef, BufferMutSlot, BufferSlot};
pub use compare::{BoolSlot, CompareSlot, HashSlot, not_equal};
pub use container::{ContainsSlot, LenSlot, RepeatSlot};
pub use descriptor::{DescrGetSlot, DescrSetSlot};
pub use finalize::FinalizeSlot;
pub use item::{ItemDef, SetItemSlot};
pub use iterator::{AsyncNextDef, AsyncNextSlot, NextSlot};
pub use power::{InPlacePower, InPlacePowerDef, PowerOperator};
pub use reflected::{ReflectedDef, ReflectedPowerDef};
pub use same_class::{PairDef, PairOperator, forward_pair};
pub use unary::UnarySlot;

/// The receiver.
type This<'a, 'ctx, S> = Ref<'a, 'ctx, <S as Slot>::Class>;

/// The value as an instance, if it is one.
#[cfg_attr(not(debug_assertions), inline(always))]
fn instance<'a, 'ctx, T: Class>(value: Ref<'a, 'ctx>) -> Result<Option<Ref<'a, 'ctx, T>>> {
    // SAFETY: just checked.
    Ok(if T::check(&value)? { Some(unsafe { value.cast_unchecked() }) } else { None })
}

/// `NotImplemented`.
///
/// # Errors
///
/// None.
#[inline]
pub fn not_implemented(ctx: Context<'_>) -> Result<Handle<'_>> {
    Ok(ctx.not_implemented().to_owned())
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn is_not_implemented(value: &Handle<'_>) -> bool {
    value.is(&value.ctx().not_implemented())
}

#[cold]
fn unsupported<T: Class>(what: &str) -> Error {
    Error::new::<TypeError>(format!("'{}' object {what}", T::NAME))
}
