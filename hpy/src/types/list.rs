//! Methods of `list`.

use super::handle_array::OwnedObjects;
use crate::core::markers::{List, Tuple, new_handle};
use crate::core::{Context, Error, Handle, IntoPython, Result, ffi};

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
        if !ctx.is_embedded() || !hpy_host::interp::items::are_known() {
            let list = List::new(ctx)?;
            for item in items {
                list.append(item)?;
            }
            return Ok(list);
        }
        // Python can see a list from the start, so it is made when all items are there.
        let items = items.into_iter();
        let mut owned = OwnedObjects::with_capacity(ctx, items.size_hint().0);
        for item in items {
            owned.push(item.into_python(ctx).map_err(Into::into)?.into_any());
        }
        owned.into_list()
    }

    /// `list(value)` of what Python can iterate without running other people's code.
    pub(crate) fn of<'ctx>(value: &Handle<'ctx>) -> Result<Handle<'ctx, List>> {
        let ctx = value.ctx();
        if !ctx.is_embedded() {
            return ctx.type_of::<List>()?.call((value,))?.downcast_into();
        }
        // SAFETY: invariants 2 and 5; a new list, or NULL with an exception.
        unsafe {
            new_handle(ctx, ffi::handle((hpy_host::api().PySequence_List)(ffi::object(value.as_raw()))))
        }
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
