//! Enums whose variants have no data: each variant is an instance, made once, and an attribute of the class.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::unit_match::{each, number};
use crate::emit::class::derived::Derived;
use crate::emit::tokens::local;
use crate::model::Class;

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
