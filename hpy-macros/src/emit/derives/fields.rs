//! `#[derive(hpy::Fields)]`: visits all fields of a struct or an enum that can hold a `Field`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields};

use crate::emit::class::field_checks;
use crate::emit::tokens::{local, support};
use crate::grammar::attribute::default_crate;
use crate::messages as say;

pub(crate) fn fields(item: &DeriveInput) -> syn::Result<TokenStream> {
    let krate = default_crate();
    let support = support(&krate);
    let (ident, assign) = (&item.ident, local("__assign"));
    let (generics, of, bounds) = item.generics.split_for_impl();
    // What is generic can only be asked where it is used.
    let concrete = item.generics.params.is_empty();
    let visit = |fields: &Fields| {
        let names: Vec<_> = (0..fields.len()).map(|i| format_ident!("__f{i}")).collect();
        let members = fields.members();
        let visits = fields.iter().zip(&names).map(|(field, name)| {
            let hidden = concrete.then(|| field_checks::refused(&field.ty, ident, &support));
            quote_spanned! {field.ty.span()=> {
                #hidden
                #[allow(unused_imports)]
                use #support::{AssignFields as _, AssignNothing as _};
                (&mut &mut #support::Inside(#name)).assign_inside(#assign);
            }}
        });
        (quote!({ #(#members: #names),* }), quote!(#(#visits)*))
    };
    let arms = match &item.data {
        Data::Struct(data) => {
            let (pattern, visits) = visit(&data.fields);
            quote!(#ident #pattern => { #visits })
        }
        Data::Enum(data) => {
            let arms = data.variants.iter().map(|variant| {
                let name = &variant.ident;
                let (pattern, visits) = visit(&variant.fields);
                quote!(#ident::#name #pattern => { #visits })
            });
            quote!(#(#arms)*)
        }
        Data::Union(data) => return Err(syn::Error::new_spanned(data.union_token, say::FIELDS_GOES_ON)),
    };
    Ok(quote! {
        #[automatically_derived]
        impl #generics #krate::Fields for #ident #of #bounds {
            fn assign(&mut self, #assign: &mut #support::Assign<'_, '_>) {
                let _ = &#assign;
                match self { #arms }
            }
        }
    })
}
