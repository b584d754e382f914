//! Call of the Rust function: borrows `self`, passes the arguments, and ends the borrows.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Ident;
use syn::spanned::Spanned;

use super::arguments::borrow_of_param;
use super::body::{Arrival, Body, converted, holder};
use crate::emit::tokens::{at, local, propagate};
use crate::model::{Arg, This};

impl Body<'_> {
    /// The call of the Rust function.
    pub(super) fn call(&self) -> TokenStream {
        let Body { function, support, ctx, this, .. } = self;
        let args = function.args.iter().map(|arg| match arg {
            Arg::Context(span) => at(*span, quote!(#ctx)),
            Arg::Module(span) => at(*span, quote!(#support::pass_module(&#this))),
            Arg::This(span) => at(*span, quote!(#support::pass_this(&#this))),
            Arg::CompareOp => local("__op").into_token_stream(),
            Arg::Python(index) => converted(*index).into_token_stream(),
        });
        let ident = &function.ident;
        let of_trait = function.of_trait.as_ref().map(|of_trait| quote!(as #of_trait));
        let itself = local("__self");
        let call = match &function.this {
            This::Module => quote!(#ident(#(#args),*)),
            This::Class(class) | This::Nothing(class) | This::Instance(class, None) => {
                quote!(<#class #of_trait>::#ident(#(#args),*))
            }
            This::Instance(class, Some(receiver)) => {
                let of_self = if receiver.mutable { quote!(&mut *#itself) } else { quote!(&*#itself) };
                let of_self = if function.detach { itself.to_token_stream() } else { of_self };
                quote!(<#class #of_trait>::#ident(#of_self, #(#args),*))
            }
        };
        let borrow = match &function.this {
            This::Instance(_, Some(receiver)) if self.arrival != Arrival::Pair => {
                let (mutable, borrow) = if receiver.mutable {
                    (Some(quote!(mut)), quote!(borrow_mut))
                } else {
                    (None, quote!(borrow))
                };
                let borrow = propagate(&at(receiver.span, quote!(#support::#borrow(&#this))));
                // What runs detached can't have the guard, only what it guards.
                let inner = if receiver.mutable { quote!(&mut *#itself) } else { quote!(&*#itself) };
                let detached = function.detach.then(|| quote!(let #itself = #inner;));
                let guard = quote!(let #mutable #itself = #borrow;);
                if function.detach { quote!(#guard #detached) } else { guard }
            }
            _ => TokenStream::new(),
        };
        let call = if function.detach {
            at(function.output, quote!(#support::detached(#ctx, move || #call)))
        } else {
            call
        };
        let result = local("__result");
        let ended = self.ended();
        quote! {
            #borrow
            let #result = #call;
            #(#ended)*
        }
    }

    /// Ends the borrows that can end before the result is converted: a conversion is other people's code.
    fn ended(&self) -> Vec<TokenStream> {
        let Body { function, support, .. } = self;
        if !function.owned_output || function.detach {
            return Vec::new();
        }
        let end = |span, borrow: Ident| at(span, quote!(#support::end(#borrow);));
        let this = match &function.this {
            This::Instance(_, Some(receiver)) => Some(end(receiver.span, local("__self"))),
            _ => None,
        };
        let params = function.params.iter().enumerate().filter(|(_, param)| borrow_of_param(param).is_some());
        this.into_iter().chain(params.map(|(i, param)| end(param.ty.span(), holder(i)))).collect()
    }
}
