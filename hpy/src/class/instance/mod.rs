//! Making instances, and what a handle on one can do.

pub(crate) mod constructor;
mod handle;
pub(crate) mod parts;
