//! Detects fields, and objects that the collector visits, inside of types that the macro knows by name only.

use super::storage::Assign;
use crate::class::Fields;
use crate::core::{Traverse, Visitor};

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

/// Tells whether a type owns objects that the collector visits.
#[derive(Debug)]
pub struct ObjectsProbe<T: ?Sized>(core::marker::PhantomData<T>);

impl<T: Traverse + ?Sized> ObjectsProbe<T> {
    /// It says so itself.
    pub const HOLDS: bool = T::HOLDS;
}

/// See [`ObjectsProbe`].
pub trait MayOwnObjects {
    /// None that are visited.
    const HOLDS: bool = false;
}

impl<T: ?Sized> MayOwnObjects for ObjectsProbe<T> {}

/// A field of a struct, to be searched for objects that the collector visits.
#[derive(Debug)]
pub struct Owned<'a, T>(pub &'a T);

/// A type that can own objects: all of them are visited.
pub trait VisitOwned {
    /// Does it.
    fn visit_owned(self, visitor: &mut Visitor<'_>);
}

impl<T: Traverse> VisitOwned for &&Owned<'_, T> {
    #[inline]
    fn visit_owned(self, visitor: &mut Visitor<'_>) {
        self.0.traverse(visitor);
    }
}

/// Any other type. It is found by a longer way, so that the former wins.
pub trait VisitNothing {
    /// Does nothing.
    fn visit_owned(self, visitor: &mut Visitor<'_>);
}

impl<T> VisitNothing for &Owned<'_, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn visit_owned(self, _: &mut Visitor<'_>) {}
}
