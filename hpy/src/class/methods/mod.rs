//! Methods and properties: the traits that the macros implement for them.

pub(crate) mod borrowed_arguments;
pub(crate) mod property;
pub(crate) mod receiver;
pub(crate) mod slot;
