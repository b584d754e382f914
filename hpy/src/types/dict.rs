//! Methods of `dict`.

use crate::core::exceptions::{KeyError, RuntimeError};
use crate::core::markers::{Dict, List, new_handle};
use crate::core::{Context, Error, Handle, IntoPython, Result};

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

    /// Calls `f` with each key and value, in the dict's order.
    ///
    /// # Errors
    ///
    /// Returns the error of `f`, or a `RuntimeError` if keys are added or removed during the iteration.
    pub fn for_each(&self, mut f: impl FnMut(Handle<'ctx>, Handle<'ctx>) -> Result<()>) -> Result<()> {
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
