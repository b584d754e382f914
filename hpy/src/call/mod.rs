//! Calls from Python into Rust: entry points, arguments and results.

pub(crate) mod arguments;
pub(crate) mod conversion;
pub(crate) mod definition;
pub(crate) mod docstring;
pub(crate) mod from_py_with;
pub(crate) mod function;
pub(crate) mod function_trait;
pub(crate) mod mode;
pub(crate) mod params;
pub(crate) mod result;
pub(crate) mod self_check;
pub(crate) mod slot;
pub mod slot_numbers;
pub(crate) mod through_host;
pub(crate) mod trampoline;
