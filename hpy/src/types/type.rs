//! Methods of classes.

use core::ffi::CStr;

use super::Type;
use crate::error::{Error, Result};
use crate::handle::Handle;

impl Handle<'_, Type> {
    /// Is it `other` or a subclass of it (`HPyType_IsSubtype`)? `__subclasscheck__` is not asked.
    pub fn is_subtype_of(&self, other: &Handle<'_, Type>) -> bool {
        // SAFETY: invariant 2: both handles are open and types.
        unsafe { hpy_sys::HPyType_IsSubtype(self.ctx().as_raw(), self.as_raw(), other.as_raw()) != 0 }
    }

    /// The name without the module (`HPyType_GetName`).
    ///
    /// # Errors
    ///
    /// What the host raised; `UnicodeDecodeError`-like for a name that isn't UTF-8.
    pub fn name(&self) -> Result<String> {
        let ctx = self.ctx();
        // SAFETY: invariant 2: an open handle on a type.
        let name = unsafe { hpy_sys::HPyType_GetName(ctx.as_raw(), self.as_raw()) };
        if name.is_null() {
            return Err(Error::fetch(ctx));
        }
        // SAFETY: the host returns a C string that lives as long as the type.
        Ok(unsafe { CStr::from_ptr(name) }.to_str()?.to_owned())
    }
}
