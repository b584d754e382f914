//! What `cargo xtask gen` writes.

pub(crate) mod debug;
pub(crate) mod debug_calls;
pub(crate) mod trace;
pub(crate) mod trace_calls;
