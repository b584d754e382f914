//! Methods of `set` and `frozenset`. HPy has no functions for them, so these call the methods of the Python objects;
//! the embedded host's C API has some.

use crate::core::markers::{FrozenSet, List, Set, builtin, new_handle};
use crate::core::{Context, Error, Handle, IntoPython, Result, ffi};

impl Set {
    /// Creates an empty `set`.
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn new(ctx: Context<'_>) -> Result<Handle<'_, Set>> {
        if !ctx.is_embedded() {
            return builtin(ctx, "set")?.call(())?.downcast_into();
        }
        // SAFETY: invariants 2 and 5; a new set, or NULL with an exception.
        unsafe { new_handle(ctx, ffi::handle((hpy_host::api().PySet_New)(core::ptr::null_mut()))) }
    }

    /// Creates a `set` of the items of a Rust iterator.
    pub(crate) fn of<'ctx, T: IntoPython<'ctx>>(
        ctx: Context<'ctx>,
        items: impl IntoIterator<Item = T>,
    ) -> Result<Handle<'ctx, Set>> {
        if !ctx.is_embedded() {
            return builtin(ctx, "set")?.call((List::from_iter(ctx, items)?,))?.downcast_into();
        }
        let set = Set::new(ctx)?;
        for item in items {
            let item = item.into_python(ctx).map_err(Into::into)?;
            // SAFETY: invariants 2 and 5: a set that nobody else has, and a live object.
            let failed = unsafe {
                hpy_host::interp::items::add_to_set(ffi::object(set.as_raw()), ffi::object(item.as_raw()))
            };
            if failed < 0 {
                return Err(Error::fetch(ctx));
            }
        }
        Ok(set)
    }
}

impl FrozenSet {
    /// Creates a `frozenset` from an iterable.
    ///
    /// # Errors
    ///
    /// Returns the exception raised by the iterable or by the hash of an item.
    pub fn new<'ctx>(ctx: Context<'ctx>, items: impl IntoPython<'ctx>) -> Result<Handle<'ctx, FrozenSet>> {
        builtin(ctx, "frozenset")?.call((items,))?.downcast_into()
    }
}

impl<'ctx> Handle<'ctx, Set> {
    /// Adds an item (`set.add`).
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` for an unhashable item, or the exception raised by its hash.
    pub fn add(&self, item: impl IntoPython<'ctx>) -> Result<()> {
        self.call_method("add", (item,)).map(drop)
    }

    /// Removes an item if it is present (`set.discard`).
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` for an unhashable item, or the exception raised by its hash.
    pub fn discard(&self, item: impl IntoPython<'ctx>) -> Result<()> {
        self.call_method("discard", (item,)).map(drop)
    }
}
