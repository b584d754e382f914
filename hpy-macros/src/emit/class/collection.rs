//! `sequence`, `mapping` and `generic`, and the methods that they require. The methods may be written elsewhere, so the
//! generated code has the compiler look for them.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::messages as say;
use crate::model::Class;

/// The constants of the class's table, and the rules.
pub(in crate::emit) fn collection(class: &Class, support: &TokenStream) -> (TokenStream, TokenStream) {
    let (mut constants, mut rules) = (TokenStream::new(), TokenStream::new());
    let flags = &class.options;
    let ident = &class.ident;
    let methods = quote!(<#ident as #support::ClassTable>::METHODS);
    let rule = |span: Span, holds: TokenStream, text: &str| {
        quote_spanned! {span=>
            const _: () = ::core::assert!(#holds, #text);
        }
    };
    if let Some(span) = flags.sequence {
        constants.extend(quote!(
            const COLLECTION: #support::Collection = #support::Collection::Sequence;
        ));
        let needed = quote!(#methods.have(&["__getitem__", "__len__"]));
        rules.extend(rule(span, needed, say::SEQUENCE_NEEDS));
    }
    if let Some(span) = flags.mapping {
        constants.extend(quote!(
            const COLLECTION: #support::Collection = #support::Collection::Mapping;
        ));
        let needed = quote!(#methods.have(&["__getitem__", "__len__", "__iter__"]));
        rules.extend(rule(span, needed, say::MAPPING_NEEDS));
        let of_sequences = quote!(!#methods.have_any(
            &["__concat__", "__repeat__", "__inplace_concat__", "__inplace_repeat__"]
        ));
        rules.extend(rule(span, of_sequences, say::MAPPING_CONCAT));
    }
    if let Some(span) = flags.generic {
        constants.extend(quote!(
            const GENERIC: ::core::primitive::bool = true;
        ));
        let own = quote!(!#methods.have_any(&["__class_getitem__"]));
        rules.extend(rule(span, own, &say::derived_twice("generic", "__class_getitem__")));
    }
    (constants, rules)
}
