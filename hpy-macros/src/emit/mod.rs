//! From the model to code. Nothing here can fail.
//!
//! The code names everything by absolute paths; its own locals have the hygiene of the macro, so that a user's
//! expression never sees them. What can be wrong about a type is reported at the type: the function of `hpy::impl_`
//! that asks for it has the type's span.

mod body;
mod class;
mod collection;
mod copy;
mod data_enum;
mod derive;
mod derive_convert;
mod derive_fields;
mod docstring;
mod enum_class;
mod exception_pickle;
mod field_checks;
mod function;
mod methods;
mod module;
mod py_enum;
mod python_literal;
mod unit_enum;

pub(crate) use class::class;
pub(crate) use derive_convert::{from_python, into_python};
pub(crate) use derive_fields::fields;
pub(crate) use function::companion;
pub(crate) use methods::methods;
pub(crate) use module::tables;
pub(crate) use py_enum::enumeration;

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::quote;
use syn::{Ident, Path};

/// The crate's support module.
fn support(krate: &Path) -> TokenStream {
    quote!(#krate::impl_)
}

/// Where a class is kept once it is made: `__hpy_slot` of its Rust type.
fn type_slot(ident: &Ident, support: &TokenStream) -> TokenStream {
    quote! {
        impl #ident {
            #[doc(hidden)]
            pub const fn __hpy_slot() -> &'static #support::TypeSlot<#ident> {
                static SLOT: #support::TypeSlot<#ident> = #support::TypeSlot::new();
                &SLOT
            }
        }
    }
}

/// A local variable that the user's code can't see.
fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// The identifier where it stands, but as ours: lints about the user's code don't look at it.
fn ours(ident: &Ident) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(ident.span().resolved_at(Span::call_site()));
    ident
}

/// The tokens as if they stood at `span`: where the compiler shows what is wrong about them.
fn at(span: Span, tokens: TokenStream) -> TokenStream {
    let moved = |token: TokenTree| match token {
        TokenTree::Group(group) => {
            let mut moved = Group::new(group.delimiter(), at(span, group.stream()));
            moved.set_span(group.span().located_at(span));
            TokenTree::Group(moved)
        }
        mut token => {
            token.set_span(token.span().located_at(span));
            token
        }
    };
    tokens.into_iter().map(moved).collect()
}

/// The docstring alone.
#[cfg(test)]
pub(crate) fn docstring_of(function: &crate::model::Function) -> TokenStream {
    docstring::function(function, &support(&function.krate))
}
