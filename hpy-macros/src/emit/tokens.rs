//! Tokens used by all generated code: paths, locals, spans.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::quote;
use syn::{Ident, Path};

/// The crate's support module.
pub(in crate::emit) fn support(krate: &Path) -> TokenStream {
    quote!(#krate::impl_)
}

/// The slot that holds a class once it is created: `__hpy_slot` of its Rust type.
pub(in crate::emit) fn type_slot(ident: &Ident, support: &TokenStream) -> TokenStream {
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
pub(in crate::emit) fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// `expr?` without the conversion of the error, which is ours: less code for the compiler.
pub(in crate::emit) fn propagate(expr: &TokenStream) -> TokenStream {
    let (value, error) = (local("__value"), local("__error"));
    quote! {
        match #expr {
            ::core::result::Result::Ok(#value) => #value,
            ::core::result::Result::Err(#error) => return ::core::result::Result::Err(#error),
        }
    }
}

/// The identifier where it stands, but as ours: lints about the user's code don't look at it.
pub(in crate::emit) fn ours(ident: &Ident) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(ident.span().resolved_at(Span::call_site()));
    ident
}

/// The tokens as if they stood at `span`: where the compiler shows what is wrong about them.
pub(in crate::emit) fn at(span: Span, tokens: TokenStream) -> TokenStream {
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
