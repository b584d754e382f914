//! Methods of modules.

use crate::core::markers::Module;
use crate::core::{AttrName, Handle, IntoPython, Result};

impl<'ctx> Handle<'ctx, Module> {
    /// Adds an attribute to the module: `module.add("ANSWER", 42)` (`HPy_SetAttr`).
    ///
    /// # Errors
    ///
    /// Returns the error of the value's conversion.
    pub fn add(&self, name: impl AttrName<'ctx>, value: impl IntoPython<'ctx>) -> Result<()> {
        self.setattr(name, value)
    }

    /// Returns `module.__name__`.
    ///
    /// # Errors
    ///
    /// Returns an `AttributeError` if the attribute was removed.
    pub fn name(&self) -> Result<String> {
        self.getattr("__name__")?.extract()
    }
}
