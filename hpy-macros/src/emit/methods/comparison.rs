//! Comparisons: `__richcmp__`, or a method for each operator.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use super::part::Part;
use crate::emit::function::body::{Arrival, Body, Result};
use crate::emit::tokens::local;
use crate::model::Function;
use crate::protocol::Dunder;

/// The one function of a comparison: `__richcmp__`, or a method for each operator.
pub(super) fn comparison(
    krate: &syn::Path,
    class: &Ident,
    support: &TokenStream,
    parts: &[(&Dunder, &Function)],
) -> TokenStream {
    let object = quote!(#krate::Handle<'__ctx>);
    let [ctx, this, other, op] = ["__ctx", "__this", "__arg0", "__op"].map(local);
    let mut arms = TokenStream::new();
    let mut functions = TokenStream::new();
    let all = parts.iter().find(|(dunder, _)| dunder.part == "all");
    if let Some((_, function)) = all {
        let body = Body::new(function, Arrival::Slot { operands: true }, Result::Function("output"));
        return quote! {
            #[inline(always)]
            fn call<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #this: #krate::Ref<'_, '__ctx, #class>,
                #other: #krate::Ref<'_, '__ctx>,
                #op: #krate::CompareOp,
            ) -> #krate::Result<#object> {
                #body
            }
        };
    }
    for (dunder, function) in parts {
        let part = Part::new(function, dunder.part, Result::Function("output"), true);
        functions.extend(part.emit(krate, class, &object));
        let (operator, name) = (operator(dunder.part), format_ident!("{}", dunder.part));
        let cfgs = &function.cfgs;
        arms.extend(quote!(#cfgs #krate::CompareOp::#operator => #name(#ctx, #this, #other),));
    }
    let has = |part: &str| parts.iter().any(|(dunder, _)| dunder.part == part);
    if has("eq") && !has("ne") {
        arms.extend(quote! {
            #krate::CompareOp::Ne => #support::not_equal(#ctx, eq(#ctx, #this, #other)?),
        });
    }
    quote! {
        #[inline(always)]
        fn call<'__ctx>(
            #ctx: #krate::Context<'__ctx>,
            #this: #krate::Ref<'_, '__ctx, #class>,
            #other: #krate::Ref<'_, '__ctx>,
            #op: #krate::CompareOp,
        ) -> #krate::Result<#object> {
            #functions
            #[allow(unreachable_patterns)]
            match #op {
                #arms
                _ => #support::not_implemented(#ctx),
            }
        }
    }
}

fn operator(part: &str) -> Ident {
    format_ident!(
        "{}",
        match part {
            "lt" => "Lt",
            "le" => "Le",
            "eq" => "Eq",
            "ne" => "Ne",
            "gt" => "Gt",
            _ => "Ge",
        }
    )
}
