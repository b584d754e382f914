//! From the model to code. Nothing here can fail.
//!
//! The code names everything by absolute paths; its own locals have the hygiene of the macro, so that a user's
//! expression never sees them. What can be wrong about a type is reported at the type: the function of `hpy::impl_`
//! that asks for it has the type's span.

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
pub(crate) use enums::py_enum::enumeration;
pub(crate) use function::companion;
pub(crate) use methods::methods;
pub(crate) use module::tables;

/// The docstring alone.
#[cfg(test)]
pub(crate) fn docstring_of(function: &crate::model::Function) -> proc_macro2::TokenStream {
    docstring::function(function, &tokens::support(&function.krate))
}
