//! What `cargo xtask gen` writes.

mod asserts;
pub(crate) mod context;
pub(crate) mod pypy;
pub(crate) mod signatures;
pub(crate) mod slots;
pub(crate) mod universal;
