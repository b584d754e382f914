//! Methods and properties of a class, as the macros hand them over.

pub(crate) mod property;
pub(crate) mod receiver;
pub(crate) mod static_methods;
