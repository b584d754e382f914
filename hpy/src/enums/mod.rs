//! Enums: Rust enums as Python classes, and enums created by Python's `enum` module.

pub(crate) mod data_enum;
pub(crate) mod flags;
pub(crate) mod pickle;
pub(crate) mod py_enum;
pub(crate) mod py_enum_class;
pub(crate) mod variant;

pub use flags::{Flag, Flags};
pub use py_enum::Enumeration;
