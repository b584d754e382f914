//! Module loading: from HPy's module tables to Python modules.
//!
//! - [`embedded`]: the body of `PyInit_<module>`, for modules of this file.
//! - [`foreign`]: modules of other files.
//! - [`module_def`]: `PyModuleDef` with this interpreter's object header.

pub mod embedded;
pub mod foreign;
pub(crate) mod module_def;
