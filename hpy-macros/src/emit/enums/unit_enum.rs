//! Enums whose variants have no data: each variant is an instance, made once, and an attribute of the class.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::class::derived::Derived;
use crate::emit::tokens::local;
use crate::model::{Class, Unit, Variants};

/// The variants; none if the class is no such enum.
fn of(class: &Class) -> &[Unit] {
    match &class.variants {
        Some(Variants::Units { units, .. }) => units,
        _ => &[],
    }
}

/// `match value { Color::Red => …, … }`.
fn each(class: &Class, value: &TokenStream, arm: impl Fn(&Unit) -> TokenStream) -> TokenStream {
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

/// The value of the conversion by value: no more than the name of the variant is looked at.
pub(in crate::emit) fn copied(class: &Class, value: &Ident) -> TokenStream {
    let ident = &class.ident;
    each(class, &quote!(&*#value.downcast::<#ident>()?.borrow()?), |unit| {
        let variant = &unit.ident;
        quote!(#ident::#variant)
    })
}

impl Derived<'_> {
    /// `int(Color.Red)`, and `repr(Color.Red)`. Methods with these names come before them.
    pub(in crate::emit) fn units(&mut self) {
        let class = self.class;
        let (krate, of_class, support) = (&class.krate, &class.ident, self.support);
        let [ctx, this] = ["__ctx", "__this"].map(local);
        let signature = quote! {
            fn call<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #this: #krate::Ref<'_, '__ctx, #of_class>,
            ) -> #krate::Result<#krate::Handle<'__ctx>>
        };
        let borrowed = quote!(&*#support::borrow(&#this)?);
        let number = number(class, &borrowed);
        self.slot(
            "__Int",
            "HPy_nb_int",
            ("UnarySlot", "unary"),
            &quote! {
                #signature {
                    #support::output(#ctx, #number)
                }
            },
        );
        self.slot(
            "__Repr",
            "HPy_tp_repr",
            ("UnarySlot", "repr"),
            &quote! {
                #signature {
                    #support::unit_repr(#ctx, &#this)
                }
            },
        );
    }
}
