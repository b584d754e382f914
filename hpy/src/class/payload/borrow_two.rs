//! [`pair`]: borrows two instances of one class at once, if a single read of each flag allows it.
//!
//! The caller has a general path for all other cases: instances of subclasses, values that are mutably borrowed, threads that
//! run at the same time. So `pair` makes no errors, and its callers keep nothing for them.

use core::ops::Deref;

use super::Payload;
use super::borrow_flag::Atomic;
use crate::class::Class;
use crate::class::type_slot::payload_of;
use crate::core::{Handle, Ref, ffi};

/// The value of one of the two; derefs to it. Its drop ends the borrow.
pub(crate) struct Paired<'a, T: Class> {
    value: &'a T,
    payload: &'a Payload<T>,
}

impl<T: Class> Deref for Paired<'_, T> {
    type Target = T;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn deref(&self) -> &T {
        self.value
    }
}

impl<T: Class> Drop for Paired<'_, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        self.payload.release(Atomic::NOT);
    }
}

/// Borrows both, which may be the same object.
///
/// # Safety
///
/// The handles belong to the embedded context, on CPython.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn pair<'a, 'ctx, T: Class>(
    a: &'a Ref<'_, 'ctx>,
    b: &'a Ref<'_, 'ctx>,
) -> Option<(Paired<'a, T>, Paired<'a, T>)> {
    let class = T::slot().object();
    // SAFETY: invariant 5: the handles are pointers to live objects; the caller's word.
    let [of_a, of_b] = [a, b].map(|h| unsafe { hpy_host::interp::type_at(ffi::object(h.as_raw())) });
    if of_a != class || of_b != class {
        return None;
    }
    // SAFETY: just checked.
    let [a, b]: [&Handle<'ctx, T>; 2] = unsafe { [a.handle().cast_unchecked(), b.handle().cast_unchecked()] };
    let (a, b) = (payload_of(a)?, payload_of(b)?);
    let (one, two) = Payload::borrow_both(a, b)?;
    Some((Paired { value: one, payload: a }, Paired { value: two, payload: b }))
}
