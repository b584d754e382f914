//! Methods of `tuple`.

use hpy_sys::HPy;
use hpy_sys::cast::{count, extent};

use crate::core::markers::{Any, Tuple, new_handle};
use crate::core::{Context, Error, Handle, IntoPython, Ref, Result, ffi};

impl Tuple {
    /// Creates an empty `tuple`.
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn empty(ctx: Context<'_>) -> Result<Handle<'_, Tuple>> {
        Tuple::from_raw_items(ctx, &[])
    }

    /// Creates a `tuple` of these objects (`HPyTuple_FromArray`).
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn from_handles<'ctx>(
        ctx: Context<'ctx>,
        items: &[Handle<'ctx, Any>],
    ) -> Result<Handle<'ctx, Tuple>> {
        let raw: Vec<HPy> = items.iter().map(Handle::as_raw).collect();
        Tuple::from_raw_items(ctx, &raw)
    }

    /// Creates a `tuple` from the items of a Rust iterator.
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError`, or the error of an item's conversion.
    pub fn from_iter<'ctx, I>(ctx: Context<'ctx>, items: I) -> Result<Handle<'ctx, Tuple>>
    where
        I: IntoIterator<Item: IntoPython<'ctx>>,
    {
        let items = items
            .into_iter()
            .map(|item| item.into_python(ctx).map(Handle::into_any).map_err(Into::into))
            .collect::<Result<Vec<_>>>()?;
        Tuple::from_handles(ctx, &items)
    }

    /// A new `tuple` of raw handles, which are open and belong to `ctx`.
    pub(crate) fn from_raw_items<'ctx>(ctx: Context<'ctx>, items: &[HPy]) -> Result<Handle<'ctx, Tuple>> {
        if crate::core::text::is_too_long(ctx, items.len()) {
            return Err(Error::fetch(ctx));
        }
        // SAFETY: invariant 2; a slice of that length.
        let h = unsafe {
            hpy_host::calls::HPyTuple_FromArray(ctx.raw(), items.as_ptr().cast_mut(), extent(items.len()))
        };
        // SAFETY: a new `tuple`, or NULL with an exception.
        unsafe { new_handle(ctx, h) }
    }
}

impl<'ctx> Handle<'ctx, Tuple> {
    /// The number of items: [`Handle::len`] can't fail here.
    #[inline]
    pub(crate) fn count(&self) -> usize {
        // SAFETY: invariant 2.
        unsafe { count(ffi::tuple_len(self.ctx(), self.as_raw())) }
    }

    /// The item at an index: [`Handle::item`], borrowed where the host lends it, without a look at what kind of a
    /// sequence it is.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn borrow_item(&self, index: usize) -> Result<Item<'_, 'ctx>> {
        let ctx = self.ctx();
        // SAFETY: invariant 2.
        let raw = unsafe { ffi::tuple_item(ctx, self.as_raw(), index) };
        if raw.is_null() {
            return Err(Error::fetch(ctx));
        }
        // SAFETY: the tuple holds the item, or the handle is new and closed by `Item`.
        Ok(Item(unsafe { Ref::from_raw(ctx, raw) }))
    }
}

/// The item returned by [`Handle::borrow_item`].
pub(crate) struct Item<'a, 'ctx>(Ref<'a, 'ctx>);

impl<'ctx> Item<'_, 'ctx> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn get(&self) -> &Handle<'ctx> {
        &self.0
    }
}

impl Drop for Item<'_, '_> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        // SAFETY: invariant 3: `ffi::tuple_item` gave a new handle there, which nobody else owns.
        unsafe { ffi::close_tuple_item(self.0.ctx(), self.0.as_raw()) }
    }
}
