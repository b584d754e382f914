//! Body of a function or method: binds and converts the arguments, calls the Rust function, converts the result.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::Ident;

use crate::emit::tokens::{at, local, support};
use crate::model::{Function, This};

/// The conversion of the result.
#[derive(Clone, Copy)]
pub(in crate::emit) enum Result<'a> {
    /// `hpy::impl_::NAME(ctx, result)`.
    Function(&'a str),
    /// `self`, after an operator like `+=`.
    InPlace,
    /// The new instance of the class.
    New,
}

/// How the arguments arrive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::emit) enum Arrival {
    /// As `Arguments`, to be bound.
    Call,
    /// One handle each, `__arg0`, `__arg1`, ….
    Slot {
        /// Is the result `NotImplemented` if they don't convert?
        operands: bool,
    },
    /// The values of `self` and of another instance, borrowed: `__self`, `__h0`.
    Pair,
}

/// The body, and the names of what it uses.
pub(in crate::emit) struct Body<'a> {
    pub(in crate::emit) function: &'a Function,
    pub(in crate::emit) arrival: Arrival,
    pub(in crate::emit) result: Result<'a>,
    pub(super) support: TokenStream,
    pub(in crate::emit) ctx: Ident,
    pub(in crate::emit) this: Ident,
    pub(in crate::emit) args: Ident,
    pub(in crate::emit) params: Ident,
}

/// `__a0`, `__a1`, …: what the caller passed.
pub(super) fn slot(index: usize) -> Ident {
    local(&format!("__a{index}"))
}

/// `__p0`, `__p1`, …: the same, converted.
pub(super) fn converted(index: usize) -> Ident {
    local(&format!("__p{index}"))
}

/// `__h0`, `__h1`, …: what keeps the borrow of a converted argument.
pub(in crate::emit) fn holder(index: usize) -> Ident {
    local(&format!("__h{index}"))
}

/// `__arg0`, `__arg1`, …: what a slot is given.
pub(in crate::emit) fn slot_argument(index: usize) -> Ident {
    local(&format!("__arg{index}"))
}

impl<'a> Body<'a> {
    pub(in crate::emit) fn new(function: &'a Function, arrival: Arrival, result: Result<'a>) -> Self {
        Body {
            function,
            arrival,
            result,
            support: support(&function.krate),
            ctx: local("__ctx"),
            this: local("__this"),
            args: local("__args"),
            params: local("__params"),
        }
    }
}

impl ToTokens for Body<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Body { function, support, ctx, this, args, .. } = self;
        let bind = self.bind();
        let convert = function.params.iter().enumerate().map(|(i, param)| self.convert(i, param));
        let call = self.call();
        let result = local("__result");
        let output = match self.result {
            Result::Function("output") if self.is_shared() => {
                quote!(#support::shared_output(#ctx, #result))
            }
            Result::Function(name) => {
                let name = format_ident!("{name}");
                quote!(#support::#name(#ctx, #result))
            }
            Result::InPlace => quote!(#support::in_place_output(#this, #result)),
            Result::New => {
                let This::Class(class) = &function.this else { return };
                quote!(#support::new_output::<#class, _, _>(&#this, *#args, #result))
            }
        };
        let output = at(function.output, output);
        tokens.extend(quote! {
            #bind
            #(#convert)*
            #call
            #output
        });
    }
}
