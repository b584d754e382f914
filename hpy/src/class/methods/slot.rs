//! [`Slot`]: a slot of a class, filled by dunder methods, or by a getter and a setter.

use crate::class::tables::ClassTable;

/// A slot of a class.
pub trait Slot {
    /// The class that the slot belongs to.
    type Class: ClassTable;
}

/// A slot, and what fills it on each kind of host.
#[derive(Debug)]
pub struct SlotDef<S>(core::marker::PhantomData<S>);
