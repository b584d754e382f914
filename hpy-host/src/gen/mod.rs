//! What `cargo xtask gen` writes.

pub mod calls;
pub(crate) mod capi;
pub(crate) mod table;
