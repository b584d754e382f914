//! Enums: as classes whose instances or subclasses are the variants, and as enums of Python's own kind.

pub(super) mod data_enum;
pub(super) mod py_enum;
pub(super) mod unit_enum;
pub(super) mod variants;
