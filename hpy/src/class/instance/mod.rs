//! Instances: how they are constructed, and the methods of handles on them.

mod called;
pub(crate) mod constructor;
mod handle;
pub(crate) mod parts;
