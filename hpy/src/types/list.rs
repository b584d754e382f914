//! Methods of `list`.

use crate::core::markers::{List, Tuple, new_handle};
use crate::core::{Context, Error, Handle, IntoPython, Result};

impl List {
    /// Creates an empty `list` (`HPyList_New`).
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn new(ctx: Context<'_>) -> Result<Handle<'_, List>> {
        // SAFETY: invariant 2; a new `list`, or NULL with an exception.
        unsafe { new_handle(ctx, hpy_host::calls::HPyList_New(ctx.raw(), 0)) }
    }

    /// Creates a `list` from the items of a Rust iterator.
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError`, or the error of an item's conversion.
    pub fn from_iter<'ctx, I>(ctx: Context<'ctx>, items: I) -> Result<Handle<'ctx, List>>
    where
        I: IntoIterator<Item: IntoPython<'ctx>>,
    {
        let list = List::new(ctx)?;
        for item in items {
            list.append(item)?;
        }
        Ok(list)
    }
}

impl<'ctx> Handle<'ctx, List> {
    /// Appends an item (`HPyList_Append`).
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError`, or the error of the item's conversion.
    pub fn append(&self, item: impl IntoPython<'ctx>) -> Result<()> {
        let ctx = self.ctx();
        let item = item.into_python(ctx).map_err(Into::into)?;
        // SAFETY: invariant 2: both handles are open, `self` is a list.
        let rc = unsafe { hpy_host::calls::HPyList_Append(ctx.raw(), self.as_raw(), item.as_raw()) };
        if rc < 0 { Err(Error::fetch(ctx)) } else { Ok(()) }
    }

    /// Inserts an item before position `index` (`list.insert`).
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError`, or the error of the item's conversion.
    pub fn insert(&self, index: isize, item: impl IntoPython<'ctx>) -> Result<()> {
        self.call_method("insert", (index, item)).map(drop)
    }

    /// Removes the last item and returns it (`list.pop`).
    ///
    /// # Errors
    ///
    /// Returns an `IndexError` if the list is empty.
    pub fn pop(&self) -> Result<Handle<'ctx>> {
        self.call_method("pop", ())
    }

    /// Sorts the list (`list.sort`).
    ///
    /// # Errors
    ///
    /// Returns the exception raised by a comparison.
    pub fn sort(&self) -> Result<()> {
        self.call_method("sort", ()).map(drop)
    }

    /// Reverses the list (`list.reverse`).
    ///
    /// # Errors
    ///
    /// Python documents no errors.
    pub fn reverse(&self) -> Result<()> {
        self.call_method("reverse", ()).map(drop)
    }

    /// Returns a tuple with the same items.
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn to_tuple(&self) -> Result<Handle<'ctx, Tuple>> {
        let items: Vec<Handle<'ctx>> = self.extract()?;
        Tuple::from_handles(self.ctx(), &items)
    }
}
