//! Parses items into the model: takes our attributes off them, and collects errors.

mod class;
mod convert;
mod enum_class;
mod function;
mod generic_class;
mod methods;
mod module;
mod owned_result;
mod py_enum;
mod rust_signature;

pub(crate) use class::{class, held_for_a_call};
pub(crate) use convert::convert;
pub(crate) use enum_class::class_of_enum;
pub(crate) use function::function;
pub(crate) use methods::methods;
pub(crate) use module::module;
pub(crate) use py_enum::enumeration;
pub(crate) use rust_signature::rust_signature;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{ReturnType, Signature, Type};

/// Returns the span for errors about the result of a function.
fn output_span(sig: &Signature) -> Span {
    match &sig.output {
        ReturnType::Default => sig.ident.span(),
        ReturnType::Type(_, ty) => ty.span(),
    }
}

/// The type without what a `macro_rules` macro puts around it.
fn bare(mut ty: &Type) -> &Type {
    loop {
        ty = match ty {
            Type::Group(group) => &group.elem,
            Type::Paren(paren) => &paren.elem,
            ty => return ty,
        }
    }
}
