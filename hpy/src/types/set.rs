//! Methods of `set` and `frozenset`. HPy has no functions for them, so these call the methods of the Python objects.

use crate::core::markers::{FrozenSet, Set, builtin};
use crate::core::{Context, Handle, IntoPython, Result};

impl Set {
    /// A new empty `set`.
    ///
    /// # Errors
    ///
    /// `MemoryError`.
    pub fn new(ctx: Context<'_>) -> Result<Handle<'_, Set>> {
        builtin(ctx, "set")?.call(())?.downcast_into()
    }
}

impl FrozenSet {
    /// A new `frozenset` of what an iterable gives.
    ///
    /// # Errors
    ///
    /// What the iterable or the hash of an item raised.
    pub fn new<'ctx>(ctx: Context<'ctx>, items: impl IntoPython<'ctx>) -> Result<Handle<'ctx, FrozenSet>> {
        builtin(ctx, "frozenset")?.call((items,))?.downcast_into()
    }
}

impl<'ctx> Handle<'ctx, Set> {
    /// Adds an item (`set.add`).
    ///
    /// # Errors
    ///
    /// `TypeError` for an item without a hash, or what its hash raised.
    pub fn add(&self, item: impl IntoPython<'ctx>) -> Result<()> {
        self.call_method("add", (item,)).map(drop)
    }

    /// Removes an item if it is there (`set.discard`).
    ///
    /// # Errors
    ///
    /// `TypeError` for an item without a hash, or what its hash raised.
    pub fn discard(&self, item: impl IntoPython<'ctx>) -> Result<()> {
        self.call_method("discard", (item,)).map(drop)
    }
}
