//! Generates code from the model. Nothing in here can fail.
//!
//! The code names everything by absolute paths, and its own locals have the macro's hygiene, so a user's expression never sees
//! them. Errors of types are reported at the type: the function of `hpy::impl_` that requires something of a type is called
//! with the type's span.

mod class;
mod derives;
mod docstring;
mod enums;
mod function;
mod methods;
mod module;
mod python_literal;
mod tokens;

pub(crate) use class::class;
pub(crate) use derives::conversions::{from_python, into_python};
pub(crate) use derives::fields::fields;
pub(crate) use derives::traverse::traverse;
pub(crate) use enums::py_enum::enumeration;
pub(crate) use function::companion;
pub(crate) use methods::methods;
pub(crate) use module::tables;

/// The docstring alone.
#[cfg(test)]
pub(crate) fn docstring_of(function: &crate::model::Function) -> proc_macro2::TokenStream {
    docstring::function(function, &tokens::support(&function.krate))
}
