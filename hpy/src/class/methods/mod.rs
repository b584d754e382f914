//! Methods and properties of a class, as the macros hand them over.

pub(crate) mod borrowed_arguments;
pub(crate) mod property;
pub(crate) mod receiver;
pub(crate) mod slot;
