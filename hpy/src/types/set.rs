//! Methods of `set` and `frozenset`. HPy has no functions for them, so these call the methods of the Python objects.

use crate::core::markers::{FrozenSet, Set, builtin};
use crate::core::{Context, Handle, IntoPython, Result};

impl Set {
    /// Creates an empty `set`.
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn new(ctx: Context<'_>) -> Result<Handle<'_, Set>> {
        builtin(ctx, "set")?.call(())?.downcast_into()
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
