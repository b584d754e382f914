//! From the model to code.

mod doc;
mod function;
mod module;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ItemFn, ItemMod};

use crate::errors::Errors;
use crate::{attr, check, parse};

/// `#[hpy::function]` by itself.
pub(crate) fn function_attribute(options: TokenStream, item: TokenStream) -> TokenStream {
    let item = match syn::parse2::<ItemFn>(item.clone()) {
        Ok(item) => item,
        Err(_) => {
            let error =
                syn::Error::new_spanned(&item, "`#[hpy::function]` goes on a function").to_compile_error();
            return quote!(#item #error);
        }
    };
    let mut errors = Errors::default();
    check::signature(&item, &mut errors);
    let model = parse::function(options, &item, &attr::default_crate(), &mut errors);
    check::function(&model, &mut errors);
    if !errors.is_empty() {
        let errors = errors.into_tokens();
        return quote!(#item #errors);
    }
    let companion = function::companion(&model);
    quote!(#item #companion)
}

/// `#[hpy::module]`.
pub(crate) fn module_attribute(options: TokenStream, item: TokenStream) -> TokenStream {
    let mut item = match syn::parse2::<ItemMod>(item.clone()) {
        Ok(item) => item,
        Err(_) => {
            let error = syn::Error::new_spanned(&item, "`#[hpy::module]` goes on a module, `mod name { … }`")
                .to_compile_error();
            return quote!(#item #error);
        }
    };
    let mut errors = Errors::default();
    let (model, functions) = parse::module(options, &mut item, &mut errors);
    functions.iter().for_each(|function| check::function(function, &mut errors));
    check::module(&model, &mut errors);
    if !errors.is_empty() {
        let errors = errors.into_tokens();
        return quote!(#item #errors);
    }
    let companions = functions.iter().map(function::companion);
    let tables = module::tables(&model);
    let Some((_, items)) = &mut item.content else { return quote!(#item) };
    items.push(syn::Item::Verbatim(quote!(#(#companions)* #tables)));
    quote!(#item)
}

/// The signature as Python shows it, for tests.
#[cfg(test)]
pub(crate) fn signature_text(function: &crate::model::Function) -> String {
    doc::signature(&function.params)
}
