//! From the dunder methods of a class to its slots: the macro implements one of these traits for each slot, with a
//! function for each dunder method that the class has.

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
mod same_class;
mod unary;

use core::ffi::{CStr, c_int};

use super::Class;
use super::type_object::ClassTable;
use crate::call::slot::{DefPair, Trampolines};
use crate::call::trampoline::Mode;
use crate::core::exceptions::TypeError;
use crate::core::markers::{Any, PythonType};
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

/// What `self` is.
type This<'a, 'ctx, S> = Ref<'a, 'ctx, <S as Slot>::Class>;

/// A slot of a class.
pub trait Slot {
    /// Whose it is.
    type Class: ClassTable;
}

/// A slot, and what fills it on each kind of host.
#[derive(Debug)]
pub struct SlotDef<S>(core::marker::PhantomData<S>);

/// A slot that HPy lacks.
#[derive(Debug)]
#[repr(C)]
pub struct ExtraDef<C: 'static = Any> {
    /// The C API's number.
    pub(crate) slot: c_int,
    /// What fills it on our hosts.
    pub(crate) functions: Trampolines,
    /// The methods that do the same on other hosts, once they are assigned again on the finished type.
    pub(crate) methods: ExtraMethods<C>,
}

// SAFETY: constant data; its pointers are to functions.
unsafe impl<C> Sync for ExtraDef<C> {}

/// Methods by their names, for hosts that lack a slot.
pub type ExtraMethods<C> = &'static [(&'static CStr, &'static DefPair<C>)];

/// `self`, of which some hosts say that it is an instance, and others do not know.
#[inline(always)]
pub(crate) fn this<'a, 'ctx, T: PythonType>(mode: Mode, value: Ref<'a, 'ctx>) -> Result<Ref<'a, 'ctx, T>> {
    if !mode.checks_self() && !T::check(&value)? {
        return Err(not_self(&value, T::NAME));
    }
    // SAFETY: invariant 8: just checked, or the host calls the slots of a class with its instances.
    Ok(unsafe { value.cast_unchecked() })
}

#[cold]
pub(crate) fn not_self(value: &Handle<'_>, name: &str) -> Error {
    match crate::core::error::type_name(value) {
        Ok(other) => {
            Error::new::<TypeError>(format!("descriptor requires a '{name}' object but received '{other}'"))
        }
        Err(error) => error,
    }
}

/// The value as an instance, if it is one.
#[inline(always)]
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

#[inline(always)]
fn is_not_implemented(value: &Handle<'_>) -> bool {
    value.is(&value.ctx().not_implemented())
}

#[cold]
fn unsupported<T: Class>(what: &str) -> Error {
    Error::new::<TypeError>(format!("'{}' object {what}", T::NAME))
}
