//! Instances: how they are constructed, and the methods of handles on them.

pub(crate) mod constructor;
mod handle;
pub(crate) mod parts;
