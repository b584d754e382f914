//! Grammar of our attributes: where they stand, their options, and signatures in Python's grammar.

pub(crate) mod attribute;
pub(crate) mod derive_options;
pub(crate) mod enum_options;
mod option_syntax;
pub(crate) mod options;
pub(crate) mod rename_all;
pub(crate) mod signature;
