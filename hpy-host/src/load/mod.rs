//! Module loading: from HPy's module tables to Python modules.
//!
//! - [`embedded`]: `PyInit_<module>`, for modules of this file.
//! - [`foreign`]: modules of other files.
//! - `module_def`: `PyModuleDef` with the object header of the running interpreter.

pub mod embedded;
pub mod foreign;
pub(crate) mod module_def;
