//! Rules that concern more than one token.

mod class;
mod function;
mod module;
mod names;
mod py_enum;
mod wheel;

pub(crate) use class::{class, methods};
pub(crate) use function::function;
pub(crate) use module::module;
pub(crate) use py_enum::enumeration;
pub(crate) use wheel::wheel;
