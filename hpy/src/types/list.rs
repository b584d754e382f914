//! Methods of `list`.

use crate::core::markers::{List, Tuple, new_handle};
use crate::core::{Context, Error, Handle, IntoPython, Result};

impl List {
    /// A new empty `list` (`HPyList_New`).
    ///
    /// # Errors
    ///
    /// `MemoryError`.
    pub fn new(ctx: Context<'_>) -> Result<Handle<'_, List>> {
        // SAFETY: invariant 2; a new `list`, or NULL with an exception.
        unsafe { new_handle(ctx, hpy_host::calls::HPyList_New(ctx.raw(), 0)) }
    }

    /// A new `list` of what an iterator gives.
    ///
    /// # Errors
    ///
    /// `MemoryError`, or what the conversion of an item raised.
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
    /// Adds one item at the end (`HPyList_Append`).
    ///
    /// # Errors
    ///
    /// `MemoryError`, or what the conversion of the item raised.
    pub fn append(&self, item: impl IntoPython<'ctx>) -> Result<()> {
        let ctx = self.ctx();
        let item = item.into_python(ctx).map_err(Into::into)?;
        // SAFETY: invariant 2: both handles are open, `self` is a list.
        let rc = unsafe { hpy_host::calls::HPyList_Append(ctx.raw(), self.as_raw(), item.as_raw()) };
        if rc < 0 { Err(Error::fetch(ctx)) } else { Ok(()) }
    }

    /// Puts an item before position `index` (`list.insert`).
    ///
    /// # Errors
    ///
    /// `MemoryError`, or what the conversion of the item raised.
    pub fn insert(&self, index: isize, item: impl IntoPython<'ctx>) -> Result<()> {
        self.call_method("insert", (index, item)).map(drop)
    }

    /// Removes the last item and returns it (`list.pop`).
    ///
    /// # Errors
    ///
    /// `IndexError` if the list is empty.
    pub fn pop(&self) -> Result<Handle<'ctx>> {
        self.call_method("pop", ())
    }

    /// Sorts the list (`list.sort`).
    ///
    /// # Errors
    ///
    /// What a comparison raised.
    pub fn sort(&self) -> Result<()> {
        self.call_method("sort", ()).map(drop)
    }

    /// Reverses the list (`list.reverse`).
    ///
    /// # Errors
    ///
    /// None that Python documents.
    pub fn reverse(&self) -> Result<()> {
        self.call_method("reverse", ()).map(drop)
    }

    /// A tuple with the same items.
    ///
    /// # Errors
    ///
    /// `MemoryError`.
    pub fn to_tuple(&self) -> Result<Handle<'ctx, Tuple>> {
        let items: Vec<Handle<'ctx>> = self.extract()?;
        Tuple::from_handles(self.ctx(), &items)
    }
}
