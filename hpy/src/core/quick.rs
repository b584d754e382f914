//! [`Quick`]: conversions of items that are read in place.

use core::marker::PhantomData;

use hpy_sys::{HPyContext, cpy_PyObject};

use super::context::Context;
use super::ffi;

/// A conversion from simple objects, such as exact numbers, that only reads their memory: it runs no Python code, takes no lock
/// and counts no reference. Items of a list are converted by it where they are. Only this crate makes one.
#[doc(hidden)]
#[allow(missing_debug_implementations)]
pub struct Quick<T>(pub(crate) Option<for<'i> fn(InPlace<'i>) -> Option<T>>);

impl<T> Quick<T> {
    /// There is no such conversion.
    pub const NONE: Self = Quick(None);
}

/// A live object of the embedded host, borrowed from whatever refers to it.
#[derive(Clone, Copy)]
pub(crate) struct InPlace<'i> {
    object: *mut cpy_PyObject,
    ctx: *mut HPyContext,
    borrowed: PhantomData<&'i ()>,
}

impl InPlace<'_> {
    /// # Safety
    ///
    /// A context of the embedded host, and an object that stays alive for `'i`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) unsafe fn new(ctx: Context<'_>, object: *mut cpy_PyObject) -> Self {
        InPlace { object, ctx: ctx.raw(), borrowed: PhantomData }
    }

    /// The value of an exact `float`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn float(self) -> Option<f64> {
        // SAFETY: a live object, as `new` was told.
        unsafe { hpy_host::interp::fast_number::exact_float(self.object) }
    }

    /// The value of an exact `int` that is not large.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn int(self) -> Option<i64> {
        // SAFETY: a live object, as `new` was told.
        unsafe { hpy_host::interp::fast_number::exact_int(self.object) }
    }

    /// The value of a `bool`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn bool(self) -> Option<bool> {
        // SAFETY: invariant 1: the context is alive.
        let (no, yes) = unsafe { ((*self.ctx).h_False, (*self.ctx).h_True) };
        let found = ffi::handle(self.object)._i;
        if found == yes._i { Some(true) } else { Some(false).filter(|_| found == no._i) }
    }

    /// Whether it is `None`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn is_none(self) -> bool {
        // SAFETY: invariant 1: the context is alive.
        ffi::handle(self.object)._i == unsafe { (*self.ctx).h_None }._i
    }
}
