//! [`Values`]: an array of owned handles, the form in which HPy takes arguments. Up to the usual number needs no allocation.
//! [`OwnedObjects`]: the items of a list to be.

use core::marker::PhantomData;
use core::mem::MaybeUninit;

use hpy_sys::{HPy, cpy_PyObject};

use crate::core::markers::{List, new_handle};
use crate::core::{Context, Handle, Result, ffi};

/// A receiver, twelve arguments and eight keywords fit.
const INLINE: usize = 21;

/// Owned handles of one context. Derefs to nothing: [`Values::as_raw`] is what it is for.
#[allow(unreachable_pub, missing_debug_implementations)] // named in a sealed trait only
pub struct Values<'ctx> {
    ctx: Context<'ctx>,
    len: usize,
    inline: [MaybeUninit<HPy>; INLINE],
    /// All of them, once there are more than `INLINE`.
    spilled: Vec<HPy>,
    owned: PhantomData<Handle<'ctx>>,
}

impl<'ctx> Values<'ctx> {
    pub(crate) fn new(ctx: Context<'ctx>) -> Self {
        Values {
            ctx,
            len: 0,
            inline: [MaybeUninit::uninit(); INLINE],
            spilled: Vec::new(),
            owned: PhantomData,
        }
    }

    pub(crate) fn push(&mut self, value: Handle<'ctx>) {
        let raw = value.into_raw();
        if self.len < INLINE {
            self.inline[self.len].write(raw);
        } else {
            if self.len == INLINE {
                self.spilled = self.as_raw().to_vec();
            }
            self.spilled.push(raw);
        }
        self.len += 1;
    }

    /// The handles, still owned by `self`.
    pub(crate) fn as_raw(&self) -> &[HPy] {
        if self.len > INLINE {
            return &self.spilled;
        }
        // SAFETY: the first `len` places were written by `push`.
        unsafe { core::slice::from_raw_parts(self.inline.as_ptr().cast(), self.len) }
    }
}

impl Drop for Values<'_> {
    fn drop(&mut self) {
        for raw in self.as_raw() {
            // SAFETY: invariant 3: each was taken from a `Handle` of this context, and is closed once.
            unsafe { ffi::close(self.ctx, *raw) }
        }
    }
}

/// Owned references of the embedded host, as many as there are.
pub(crate) struct OwnedObjects<'ctx> {
    ctx: Context<'ctx>,
    objects: Vec<*mut cpy_PyObject>,
    owned: PhantomData<Handle<'ctx>>,
}

impl<'ctx> OwnedObjects<'ctx> {
    /// Of a context of the embedded host.
    pub(crate) fn with_capacity(ctx: Context<'ctx>, capacity: usize) -> Self {
        debug_assert!(ctx.is_embedded());
        OwnedObjects { ctx, objects: Vec::with_capacity(capacity), owned: PhantomData }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn push(&mut self, value: Handle<'ctx>) {
        self.objects.push(ffi::object(value.into_raw()));
    }

    /// A list that has them.
    pub(crate) fn into_list(mut self) -> Result<Handle<'ctx, List>> {
        // SAFETY: invariants 3 and 5: the references are owned, and forgotten once the list has them.
        unsafe {
            let list = hpy_host::interp::items::new_list(&self.objects);
            let list = new_handle(self.ctx, ffi::handle(list))?;
            self.objects.clear();
            Ok(list)
        }
    }
}

impl Drop for OwnedObjects<'_> {
    fn drop(&mut self) {
        for object in &self.objects {
            // SAFETY: invariant 3: each was taken from a `Handle` of this context, and is closed once.
            unsafe { ffi::close(self.ctx, ffi::handle(*object)) }
        }
    }
}
