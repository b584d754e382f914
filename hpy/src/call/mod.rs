//! A call of a Rust function by Python: the entry points, the arguments, the result.

pub(crate) mod arguments;
pub(crate) mod definition;
pub(crate) mod docstring;
pub(crate) mod from_py_with;
pub(crate) mod function;
pub(crate) mod result;
pub(crate) mod self_check;
pub(crate) mod slot;
pub(crate) mod trampoline;
