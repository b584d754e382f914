//! Methods of modules.

use crate::core::markers::Module;
use crate::core::{Handle, IntoPython, Result};

impl<'ctx> Handle<'ctx, Module> {
    /// Gives the module an attribute: `module.add("ANSWER", 42)`.
    ///
    /// # Errors
    ///
    /// What the conversion of the value raised.
    pub fn add(&self, name: &str, value: impl IntoPython<'ctx>) -> Result<()> {
        self.setattr(name, value)
    }

    /// `module.__name__`.
    ///
    /// # Errors
    ///
    /// `AttributeError` if it was removed.
    pub fn name(&self) -> Result<String> {
        self.getattr("__name__")?.extract()
    }
}
