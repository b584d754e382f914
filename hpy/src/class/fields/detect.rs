//! Detects fields inside of types that the macro knows by name only.

use super::storage::Assign;
use crate::class::Fields;

/// Tells whether a type holds fields: types that do are not `Unpin`.
#[derive(Debug)]
pub struct Probe<T: ?Sized>(core::marker::PhantomData<T>);

impl<T: Unpin + ?Sized> Probe<T> {
    /// No.
    pub const GC: bool = false;
}

/// See [`Probe`].
pub trait MayHoldFields {
    /// Yes.
    const GC: bool = true;
}

impl<T: ?Sized> MayHoldFields for Probe<T> {}

/// Tells whether the fields in a type can be found.
#[derive(Debug)]
pub struct FieldsProbe<T: ?Sized>(core::marker::PhantomData<T>);

impl<T: Fields + ?Sized> FieldsProbe<T> {
    /// Yes.
    pub const FOUND: bool = true;
}

/// See [`FieldsProbe`].
pub trait MayHideFields {
    /// No.
    const FOUND: bool = false;
}

impl<T: ?Sized> MayHideFields for FieldsProbe<T> {}

/// A field of a struct, to be searched for [`Field`](crate::Field)s.
#[derive(Debug)]
pub struct Inside<'a, T>(pub &'a mut T);

/// A type that can hold fields: all of them are given their places.
pub trait AssignFields {
    /// Does it.
    fn assign_inside(self, assign: &mut Assign<'_, '_>);
}

impl<T: Fields> AssignFields for &mut &mut Inside<'_, T> {
    fn assign_inside(self, assign: &mut Assign<'_, '_>) {
        self.0.assign(assign);
    }
}

/// Any other type. It is found by a longer way, so that the former wins.
pub trait AssignNothing {
    /// Does nothing.
    fn assign_inside(self, assign: &mut Assign<'_, '_>);
}

impl<T> AssignNothing for &mut Inside<'_, T> {
    fn assign_inside(self, _: &mut Assign<'_, '_>) {}
}
