//! [`Handle`] and [`Ref`]: owned and borrowed handles to Python objects. Only this module closes handles.

use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::num::NonZeroIsize;
use core::ops::Deref;

use hpy_sys::HPy;

use super::context::Context;
use super::error::{Error, Result};
use super::ffi;
use super::markers::Any;

/// An owned handle to a Python object, closed on drop.
///
/// `T` is the known type of the object: a marker of [`types`](crate::types), or [`Any`]. A handle consists of two words, the
/// context and HPy's `HPy`. It can't leave its call or its thread.
///
/// `clone` creates a second handle to the same object (`HPy_Dup`). Handles do not implement `==`: use [`Handle::is`] for
/// identity and [`Handle::eq`] for Python's equality.
#[repr(C)]
pub struct Handle<'ctx, T = Any> {
    ctx: Context<'ctx>,
    raw: NonZeroIsize,
    ty: PhantomData<T>,
}

/// A borrowed handle: an argument, or a constant such as [`Context::none`]. It is `Copy` and dereferences to [`Handle`].
#[repr(C)]
pub struct Ref<'a, 'ctx, T = Any> {
    ctx: Context<'ctx>,
    raw: NonZeroIsize,
    ty: PhantomData<(&'a (), T)>,
}

impl<'ctx, T> Handle<'ctx, T> {
    /// Takes ownership of a raw handle.
    ///
    /// # Safety
    ///
    /// `raw` is an open handle of `ctx`, owned by the caller, not null, and its object is a `T`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn from_raw(ctx: Context<'ctx>, raw: HPy) -> Self {
        // SAFETY: the caller says that it is not null.
        Handle { ctx, raw: unsafe { NonZeroIsize::new_unchecked(raw._i) }, ty: PhantomData }
    }

    /// Converts the result of a function of the context: a new handle, or NULL with an exception set.
    ///
    /// # Safety
    ///
    /// As for [`Handle::from_raw`], but `raw` may be null; then an exception is set.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn from_result(ctx: Context<'ctx>, raw: HPy) -> Result<Self> {
        match NonZeroIsize::new(raw._i) {
            Some(raw) => Ok(Handle { ctx, raw, ty: PhantomData }),
            None => Err(Error::fetch(ctx)),
        }
    }

    /// Returns the raw handle, which `self` still owns.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn as_raw(&self) -> HPy {
        HPy { _i: self.raw.get() }
    }

    /// Returns the raw handle and transfers its ownership; the caller must close it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn into_raw(self) -> HPy {
        ManuallyDrop::new(self).as_raw()
    }

    /// Returns the context that this handle belongs to.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn ctx(&self) -> Context<'ctx> {
        self.ctx
    }

    /// Closes the handle now (`HPy_Close`), like `drop`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn close(self) {
        drop(self);
    }

    /// Borrows the handle.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn as_ref(&self) -> Ref<'_, 'ctx, T> {
        Ref { ctx: self.ctx, raw: self.raw, ty: PhantomData }
    }

    /// Returns the same handle, typed as any object.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn as_any(&self) -> &Handle<'ctx, Any> {
        // SAFETY: the layout does not depend on `T`, and every object is an `Any`.
        unsafe { self.cast_unchecked() }
    }

    /// Returns the same handle, typed as any object.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn into_any(self) -> Handle<'ctx, Any> {
        // SAFETY: every object is an `Any`.
        unsafe { self.cast_into_unchecked() }
    }

    /// Views the object as a `U` without a check.
    ///
    /// # Safety
    ///
    /// The object is a `U`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn cast_unchecked<U>(&self) -> &Handle<'ctx, U> {
        // SAFETY: both are `repr(C)` with the same fields; the marker takes no space.
        unsafe { &*(self as *const Self).cast() }
    }

    /// Converts into a handle with another marker type, without a check.
    ///
    /// # Safety
    ///
    /// The object is a `U`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn cast_into_unchecked<U>(self) -> Handle<'ctx, U> {
        let this = ManuallyDrop::new(self);
        Handle { ctx: this.ctx, raw: this.raw, ty: PhantomData }
    }
}

impl<T> Drop for Handle<'_, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        // SAFETY: invariant 3: the handle is open and owned by `self`.
        unsafe { ffi::close(self.ctx, self.as_raw()) }
    }
}

impl<T> Clone for Handle<'_, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn clone(&self) -> Self {
        // SAFETY: invariant 3: the handle is open, so `dup` gives a new one on the same object.
        unsafe { Handle::from_raw(self.ctx, ffi::dup(self.ctx, self.as_raw())) }
    }
}

impl<T> fmt::Debug for Handle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.repr().and_then(|text| text.to_string()) {
            Ok(text) => f.write_str(&text),
            Err(_) => f.write_str("<object whose repr() failed>"),
        }
    }
}

impl<'a, 'ctx, T> Ref<'a, 'ctx, T> {
    /// Borrows a raw handle.
    ///
    /// # Safety
    ///
    /// `raw` is an open handle of `ctx`, not null; it stays open for `'a`, and its object is a `T`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn from_raw(ctx: Context<'ctx>, raw: HPy) -> Self {
        // SAFETY: the caller says that it is not null.
        Ref { ctx, raw: unsafe { NonZeroIsize::new_unchecked(raw._i) }, ty: PhantomData }
    }

    /// Returns the handle for its whole borrow; [`Deref`] has a shorter lifetime.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn handle<'r>(&'r self) -> &'r Handle<'ctx, T> {
        self
    }

    /// Creates an owned handle to the same object (`HPy_Dup`).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn to_owned(self) -> Handle<'ctx, T> {
        (*self).clone()
    }

    /// Returns the same borrow with another marker type.
    ///
    /// # Safety
    ///
    /// The object is a `U`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn cast_unchecked<U>(self) -> Ref<'a, 'ctx, U> {
        Ref { ctx: self.ctx, raw: self.raw, ty: PhantomData }
    }
}

impl<'ctx, T> Deref for Ref<'_, 'ctx, T> {
    type Target = Handle<'ctx, T>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn deref(&self) -> &Handle<'ctx, T> {
        // SAFETY: `Ref` and `Handle` are `repr(C)` with the same fields. A `&Handle` never closes its handle, and it
        // lives no longer than this borrow of a handle that is open for `'a`.
        unsafe { &*(self as *const Self).cast() }
    }
}

impl<T> Clone for Ref<'_, '_, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Ref<'_, '_, T> {}

impl<T> fmt::Debug for Ref<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
