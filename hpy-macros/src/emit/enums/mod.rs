//! Enums: as classes, with or without data, and as enums made by Python's `enum` module.

pub(super) mod data_enum;
pub(super) mod py_enum;
pub(super) mod unit_enum;
pub(super) mod unit_match;
pub(super) mod variants;
