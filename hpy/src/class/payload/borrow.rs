//! [`ClassRef`] and [`ClassRefMut`]: guards of a borrowed value, which end the borrow when they are dropped.

use core::fmt;
use core::ops::{Deref, DerefMut};

use super::Payload;
use super::borrow_flag::Atomic;
use crate::class::Class;
use crate::core::{Handle, Ref};

/// A shared borrow of the Rust value of an instance. Dereferences to the value.
pub struct ClassRef<'a, 'ctx, T: Class> {
    value: &'a T,
    payload: &'a Payload<T>,
    atomic: Atomic,
    owner: Ref<'a, 'ctx, T>,
}

/// A mutable borrow of the Rust value of an instance. Dereferences to the value.
pub struct ClassRefMut<'a, 'ctx, T: Class> {
    value: &'a mut T,
    payload: &'a Payload<T>,
    atomic: Atomic,
    owner: Ref<'a, 'ctx, T>,
}

impl<'a, 'ctx, T: Class> ClassRef<'a, 'ctx, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::class) fn new(
        (value, atomic): (&'a T, Atomic),
        payload: &'a Payload<T>,
        owner: Ref<'a, 'ctx, T>,
    ) -> Self {
        ClassRef { value, payload, atomic, owner }
    }

    /// Returns a handle to the instance.
    pub fn handle(&self) -> &Handle<'ctx, T> {
        &self.owner
    }
}

impl<'a, 'ctx, T: Class> ClassRefMut<'a, 'ctx, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::class) fn new(
        (value, atomic): (&'a mut T, Atomic),
        payload: &'a Payload<T>,
        owner: Ref<'a, 'ctx, T>,
    ) -> Self {
        ClassRefMut { value, payload, atomic, owner }
    }

    /// Returns a handle to the instance.
    pub fn handle(&self) -> &Handle<'ctx, T> {
        &self.owner
    }
}

impl<T: Class> Deref for ClassRef<'_, '_, T> {
    type Target = T;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn deref(&self) -> &T {
        self.value
    }
}

impl<T: Class> Deref for ClassRefMut<'_, '_, T> {
    type Target = T;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn deref(&self) -> &T {
        self.value
    }
}

impl<T: Class> DerefMut for ClassRefMut<'_, '_, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn deref_mut(&mut self) -> &mut T {
        self.value
    }
}

impl<T: Class> Drop for ClassRef<'_, '_, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        self.payload.release(self.atomic);
    }
}

impl<T: Class> Drop for ClassRefMut<'_, '_, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        self.payload.release_mut(self.atomic);
        // SAFETY: the payload is the owner's.
        unsafe { self.payload.let_go(self.owner.ctx(), self.owner.as_raw()) };
    }
}

impl<T: Class + fmt::Debug> fmt::Debug for ClassRef<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Class + fmt::Debug> fmt::Debug for ClassRefMut<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
