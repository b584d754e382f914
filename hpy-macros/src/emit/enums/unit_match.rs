//! `match` over the variants of an enum without data.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Class, Unit, Variants};

/// The variants; none if the class is no such enum.
fn of(class: &Class) -> &[Unit] {
    match &class.variants {
        Some(Variants::Units { units, .. }) => units,
        _ => &[],
    }
}

/// `match value { Color::Red => …, … }`.
pub(super) fn each(class: &Class, value: &TokenStream, arm: impl Fn(&Unit) -> TokenStream) -> TokenStream {
    let of_class = &class.ident;
    let arms = of(class).iter().map(|unit| {
        let Unit { ident, cfgs, .. } = unit;
        let arm = arm(unit);
        quote!(#cfgs #of_class::#ident => #arm,)
    });
    quote!(match #value { #(#arms)* })
}

/// The number of a value that `value` refers to.
pub(in crate::emit) fn number(class: &Class, value: &TokenStream) -> TokenStream {
    let Some(Variants::Units { repr, .. }) = &class.variants else { return TokenStream::new() };
    let of_class = &class.ident;
    each(class, value, |Unit { ident, .. }| quote!(#of_class::#ident as ::core::primitive::#repr))
}
