//! The receiver of a method: borrows `self` and passes it with the type that the method declares.

use crate::class::Class;
use crate::class::payload::Mutable;
use crate::class::payload::borrow::{ClassRef, ClassRefMut};
use crate::core::{Handle, Ref, Result};

/// `&self`.
///
/// # Errors
///
/// Returns an error if the value can't be borrowed.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn borrow<'a, 'ctx, T: Class>(this: &'a Ref<'_, 'ctx, T>) -> Result<ClassRef<'a, 'ctx, T>> {
    this.handle().borrow()
}

/// `&mut self`.
///
/// # Errors
///
/// Returns an error if the value can't be borrowed.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn borrow_mut<'a, 'ctx, T: NotFrozen>(this: &'a Ref<'_, 'ctx, T>) -> Result<ClassRefMut<'a, 'ctx, T>> {
    this.handle().borrow_mut()
}

/// Ends a borrow.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn end<T>(_: T) {}

/// A class that is not frozen.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is frozen, so nothing can borrow it mutably",
    label = "mutable borrow of a frozen class",
    note = "take it by `&`, or remove `frozen` from its `#[class]`"
)]
pub trait NotFrozen: Class<Mutability = Mutable> {}

impl<T: Class<Mutability = Mutable>> NotFrozen for T {}

/// The types with which a method may receive its instance, and a class method its class.
pub trait PassThis<'a, 'ctx, T> {
    /// Returns the receiver as this type.
    fn pass(this: &'a Ref<'_, 'ctx, T>) -> Self;
}

impl<'a, 'ctx, T> PassThis<'a, 'ctx, T> for &'a Handle<'ctx, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn pass(this: &'a Ref<'_, 'ctx, T>) -> Self {
        this
    }
}

impl<'a, 'ctx, T> PassThis<'a, 'ctx, T> for Ref<'a, 'ctx, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn pass(this: &'a Ref<'_, 'ctx, T>) -> Self {
        this.handle().as_ref()
    }
}

/// The instance or class that a method was called on.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn pass_this<'a, 'ctx, T, P: PassThis<'a, 'ctx, T>>(this: &'a Ref<'_, 'ctx, T>) -> P {
    P::pass(this)
}
