//! Pickling of exceptions with their fields.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;

use crate::emit::tokens::{at, local};
use crate::model::{Class, Member};

/// `impl KeptFields` and the constant of the table, for a class that extends another: whether that is an exception is for
/// the compiler to find. Only if Python sees all fields: nobody else may make a value of them.
pub(in crate::emit) fn kept(class: &Class, support: &TokenStream) -> Option<(TokenStream, TokenStream)> {
    let visible = class.members.iter().all(|member| member.get);
    if class.extends.is_none() || class.variants.is_some() || class.options.pickle.is_some() || !visible {
        return None;
    }
    let (of, krate) = (&class.ident, &class.krate);
    let [ctx, this, value] = ["__ctx", "__this", "__value"].map(local);
    let values = class.members.iter().map(|Member { member, ty, name, is_field, .. }| {
        let name = &name.text;
        let convert = match is_field {
            true => quote!(#support::output(#ctx, #value.#member.load(#this))?),
            false => quote!((&&#support::FieldOf(&#value.#member)).field(#ctx, #name)?),
        };
        at(ty.span(), convert)
    });
    let values: Vec<TokenStream> = values.collect();
    let restored = class.members.iter().enumerate().map(|(index, Member { member, ty, name, is_field, .. })| {
        let name = &name.text;
        let convert = match is_field {
            true => quote! {
                #krate::Field::from(#value.item(#index)?.extract::<::core::option::Option<#krate::Handle<'_, _>>>()?)
            },
            false => quote!((&&#support::FieldFrom::<#ty>::new()).field(#value, #index, #name)?),
        };
        let convert = at(ty.span(), convert);
        quote!(#member: #convert)
    });
    let items = quote! {
        #[automatically_derived]
        impl #support::KeptFields for #of {
            fn values<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
                #this: &#krate::Ref<'_, '__ctx, Self>,
            ) -> #krate::Result<::std::vec::Vec<#krate::Handle<'__ctx>>> {
                #[allow(unused_imports)]
                use #support::{ConvertedField as _, UnconvertedField as _};
                let #value = #support::borrow(#this)?;
                let _ = (&#value, #ctx);
                ::core::result::Result::Ok(::std::vec::Vec::from([#(#values),*]))
            }

            fn restored<'__ctx>(
                #value: &#krate::Handle<'__ctx, #krate::types::Tuple>,
            ) -> #krate::Result<Self> {
                #[allow(unused_imports)]
                use #support::{RestoredField as _, UnrestoredField as _};
                let _ = #value;
                ::core::result::Result::Ok(#of { #(#restored),* })
            }
        }
    };
    let constant = quote! {
        const KEPT: ::core::option::Option<&'static #support::Kept<Self>> = {
            #[allow(unused_imports)]
            use #support::NotKept as _;
            <#support::KeptProbe<#of>>::KEPT
        };
    };
    Some((items, constant))
}
