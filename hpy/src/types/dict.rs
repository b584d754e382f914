//! Methods of `dict`.

use hpy_host::interp::items::{DictItems, DictStep};

use crate::core::exceptions::{KeyError, RuntimeError};
use crate::core::markers::{Dict, List, new_handle};
use crate::core::{Context, Error, Handle, IntoPython, Result, ffi};

impl Dict {
    /// Creates an empty `dict` (`HPyDict_New`).
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn new(ctx: Context<'_>) -> Result<Handle<'_, Dict>> {
        // SAFETY: invariant 2; a new `dict`, or NULL with an exception.
        unsafe { new_handle(ctx, hpy_host::calls::HPyDict_New(ctx.raw())) }
    }
}

impl<'ctx> Handle<'ctx, Dict> {
    /// Returns a new list of the keys (`HPyDict_Keys`).
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn keys(&self) -> Result<Handle<'ctx, List>> {
        // SAFETY: invariant 2; a new `list`, or NULL with an exception.
        unsafe { new_handle(self.ctx(), hpy_host::calls::HPyDict_Keys(self.ctx().raw(), self.as_raw())) }
    }

    /// Returns a shallow copy (`HPyDict_Copy`).
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
    pub fn copy(&self) -> Result<Handle<'ctx, Dict>> {
        // SAFETY: invariant 2; a new `dict`, or NULL with an exception.
        unsafe { new_handle(self.ctx(), hpy_host::calls::HPyDict_Copy(self.ctx().raw(), self.as_raw())) }
    }

    /// Returns the value of a key, or `None` if the key is missing (`dict.get`).
    ///
    /// # Errors
    ///
    /// Returns the exception raised by `__hash__` or `__eq__` of a key.
    pub fn get(&self, key: impl IntoPython<'ctx>) -> Result<Option<Handle<'ctx>>> {
        let key = key.into_python(self.ctx()).map_err(Into::into)?;
        if self.contains(&key)? { self.getitem(&key).map(Some) } else { Ok(None) }
    }

    /// Sets the value of a key, in a dict that is no instance of a subclass.
    pub(crate) fn put(&self, key: impl IntoPython<'ctx>, value: impl IntoPython<'ctx>) -> Result<()> {
        let ctx = self.ctx();
        if !ctx.is_embedded() {
            return self.setitem(key, value);
        }
        let key = key.into_python(ctx).map_err(Into::into)?;
        let value = value.into_python(ctx).map_err(Into::into)?;
        let [dict, raw_key, raw_value] = [self.as_raw(), key.as_raw(), value.as_raw()].map(ffi::object);
        // SAFETY: invariants 2 and 5: a dict, and live objects.
        let failed = unsafe { hpy_host::interp::items::put_into_dict(dict, raw_key, raw_value) };
        if failed < 0 { Err(Error::fetch(ctx)) } else { Ok(()) }
    }

    /// Calls `f` with each key and value, in the dict's order.
    ///
    /// # Errors
    ///
    /// Returns the error of `f`, or a `RuntimeError` if keys are added or removed during the iteration.
    pub fn for_each(&self, mut f: impl FnMut(Handle<'ctx>, Handle<'ctx>) -> Result<()>) -> Result<()> {
        let ctx = self.ctx();
        if ctx.is_embedded() {
            let dict = ffi::object(self.as_raw());
            // SAFETY: invariants 2 and 5.
            if let Some(mut items) = unsafe { DictItems::new(dict) } {
                loop {
                    // SAFETY: as above; the dict is the same.
                    match unsafe { items.next(dict) } {
                        // SAFETY: new references.
                        DictStep::Item(key, value) => unsafe {
                            let key = Handle::from_raw(ctx, ffi::handle(key));
                            f(key, Handle::from_raw(ctx, ffi::handle(value)))?;
                        },
                        DictStep::End => return Ok(()),
                        DictStep::ChangedSize => return Err(changed()),
                        DictStep::ChangedKeys => {
                            let text = "dictionary keys changed during iteration";
                            return Err(Error::new::<RuntimeError>(text));
                        }
                    }
                }
            }
        }
        let keys = self.keys()?;
        let len = keys.len()?;
        for i in 0..len {
            let key = keys.item(i)?;
            let value = match self.getitem(&key) {
                Ok(value) => value,
                Err(error) if error.is_instance_of::<KeyError>(self.ctx()) => {
                    // Let go first: on some hosts no Python can be called while the error lives.
                    drop(error);
                    if self.len()? != len {
                        return Err(changed());
                    }
                    self.getitem(&key)?
                }
                Err(error) => return Err(error),
            };
            f(key, value)?;
        }
        if self.len()? != len { Err(changed()) } else { Ok(()) }
    }
}

fn changed() -> Error {
    Error::new::<RuntimeError>("dictionary changed size during iteration")
}
