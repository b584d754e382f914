//! Methods of classes.

use crate::core::markers::Type;
use crate::core::{Handle, Result};

impl Handle<'_, Type> {
    /// Returns whether the class is `other` or a subclass of it (`HPyType_IsSubtype`). This does not call `__subclasscheck__`.
    pub fn is_subtype_of(&self, other: &Handle<'_, Type>) -> bool {
        // SAFETY: invariant 2: both handles are open and types.
        unsafe { hpy_host::calls::HPyType_IsSubtype(self.ctx().raw(), self.as_raw(), other.as_raw()) != 0 }
    }

    /// Returns the name without the module: `__name__`.
    ///
    /// # Errors
    ///
    /// Returns the exception raised by a metaclass.
    pub fn name(&self) -> Result<String> {
        self.getattr("__name__")?.extract()
    }
}
