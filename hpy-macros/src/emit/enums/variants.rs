//! `impl Variants`, for enums with and without data: the variant of a value.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use super::data_enum;
use super::data_enum::Parts;
use crate::emit::tokens::local;
use crate::model::{Cfgs, Class, Name, Unit, Variant, Variants};

/// The variants, whatever they have.
fn each(class: &Class) -> Vec<(&Ident, &Name, &Cfgs)> {
    match &class.variants {
        Some(Variants::Units { units, .. }) => {
            units.iter().map(|Unit { ident, name, cfgs }| (ident, name, cfgs)).collect()
        }
        Some(Variants::Data(variants)) => {
            variants.iter().map(|Variant { ident, name, cfgs, .. }| (ident, name, cfgs)).collect()
        }
        None => Vec::new(),
    }
}

/// A function for each variant, and `impl Variants`, which finds that of a value.
pub(in crate::emit) fn table(class: &Class, support: &TokenStream) -> TokenStream {
    let of_class = &class.ident;
    let variants = each(class);
    let functions = variants.iter().enumerate().map(|(index, (_, name, cfgs))| {
        let (name, text) = (&name.text, format!("{}.{}", class.name.text, name.text));
        let function = function(index);
        let Parts { make, items, parts } = match &class.variants {
            Some(Variants::Data(variants)) => data_enum::parts(class, &variants[index], index, support),
            _ => Parts::default(),
        };
        let new = if parts.is_empty() {
            quote!(unit(#name, #text))
        } else {
            quote!(with_data(#name, #text, &#parts))
        };
        let make = (!make.is_empty()).then(|| quote!(#cfgs #make));
        quote! {
            #make

            #cfgs
            fn #function() -> &'static #support::Variant<#of_class> {
                #items
                static VARIANT: #support::Variant<#of_class> = #support::Variant::#new;
                &VARIANT
            }
        }
    });
    let arms = variants.iter().enumerate().map(|(index, (ident, _, cfgs))| {
        let function = function(index);
        quote!(#cfgs #of_class::#ident { .. } => #function(),)
    });
    quote! {
        #(#functions)*

        #[automatically_derived]
        impl #support::Variants for #of_class {
            fn variant(&self) -> &'static #support::Variant<Self> {
                match self { #(#arms)* }
            }
        }
    }
}

/// The function that knows a variant.
fn function(index: usize) -> Ident {
    format_ident!("__variant{index}")
}

/// The function that makes the object of a value.
pub(in crate::emit) fn object(class: &Class) -> Ident {
    match class.variants {
        Some(Variants::Data(_)) => format_ident!("variant_object"),
        _ => format_ident!("unit"),
    }
}

/// Gives the class its variants.
pub(in crate::emit) fn attributes(class: &Class, support: &TokenStream) -> TokenStream {
    let of_class = &class.ident;
    let (ctx, this) = (local("__ctx"), local("__class"));
    let add = each(class).into_iter().enumerate().map(|(index, (ident, _, cfgs))| match class.variants {
        Some(Variants::Data(_)) => {
            let function = function(index);
            quote!(#cfgs #support::add_variant::<#of_class>(#ctx, #function())?;)
        }
        _ => quote!(#cfgs #support::add_unit(#ctx, #this, #of_class::#ident)?;),
    });
    quote!(#(#add)*)
}
