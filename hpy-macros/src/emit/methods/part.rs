//! A method as one function of a slot's trait.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use crate::emit::function::body::{Arrival, Body, Result, slot_argument};
use crate::model::Function;

/// One function of a slot's trait.
pub(super) struct Part<'a> {
    pub(super) function: &'a Function,
    pub(super) name: Ident,
    pub(super) body: Body<'a>,
}

impl<'a> Part<'a> {
    pub(super) fn new(function: &'a Function, name: &str, result: Result<'a>, operands: bool) -> Self {
        let body = Body::new(function, Arrival::Slot { operands }, result);
        Part { function, name: format_ident!("{name}"), body }
    }

    pub(super) fn emit(&self, krate: &syn::Path, class: &Ident, output: &TokenStream) -> TokenStream {
        let Part { function, name, body } = self;
        let Body { ctx, this, .. } = body;
        let args: Vec<_> = (0..function.params.len()).map(slot_argument).collect();
        quote! {
            #[inline(always)]
            fn #name<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #this: #krate::Ref<'_, '__ctx, #class>,
                #(#args: #krate::Ref<'_, '__ctx>,)*
            ) -> #krate::Result<#output> {
                #body
            }
        }
    }
}
