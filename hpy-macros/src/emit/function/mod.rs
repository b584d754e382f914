//! Functions: for each, an empty type with its name that implements `hpy::impl_::Function`.

pub(super) mod arguments;
pub(super) mod body;
mod call;
mod parameters;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::Ident;

use self::parameters::{convention, table};
use super::docstring;
use super::docstring::c_string;
use super::tokens::{ours, support};
use crate::emit::function::body::{Arrival, Body, Result};
use crate::model::{Function, This};

pub(crate) fn companion(function: &Function) -> TokenStream {
    let Function { vis, cfgs, .. } = function;
    let ident = ours(&function.ident);
    let implementation = implementation(function, &ident, Result::Function("output"));
    quote! {
        #cfgs
        #[doc(hidden)]
        #vis struct #ident {}

        #cfgs
        const _: () = {
            #implementation
        };
    }
}

/// `impl Function for …`.
pub(in crate::emit) fn implementation(function: &Function, ident: &Ident, result: Result<'_>) -> TokenStream {
    let krate = &function.krate;
    let support = support(krate);
    let name = c_string(&function.name.text);
    let doc = docstring::function(function, &support);
    let convention = format_ident!("{}", convention(&function.params));
    let table = table(function, &support);
    let body = Body::new(function, Arrival::Call, result);
    let Body { ctx, this, args, params, .. } = &body;
    let of = match &function.this {
        This::Module => quote!(#krate::types::Module),
        This::Instance(class, _) => class.to_token_stream(),
        This::Class(_) => quote!(#krate::types::Type),
        This::Nothing(_) => quote!(#support::Nobody),
    };
    quote! {
        #[automatically_derived]
        impl #support::Function for #ident {
            type This = #of;
            const NAME: &'static ::core::ffi::CStr = #name;
            const DOC: &'static ::core::ffi::CStr = #doc;
            const CONVENTION: #support::Convention = #support::Convention::#convention;
            const PARAMS: &'static #support::Params = &#table;

            #[inline(always)]
            fn call<'__a, '__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #this: #krate::Ref<'__a, '__ctx, #of>,
                #args: &#support::Arguments<'__a, '__ctx>,
                #params: &'static #support::Params,
            ) -> #krate::Result<#krate::Handle<'__ctx>> {
                #body
            }
        }
    }
}
