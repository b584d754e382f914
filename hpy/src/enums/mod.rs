//! Rust enums as Python classes, and as enums of Python's own kind.

pub(crate) mod data_enum;
pub(crate) mod pickle;
pub(crate) mod py_enum;
pub(crate) mod py_enum_class;
pub(crate) mod variant;

pub use py_enum::{Enumeration, Flag, Flags};
