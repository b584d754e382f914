//! What `cargo xtask gen` writes.

pub(crate) mod capi;
pub(crate) mod table;
