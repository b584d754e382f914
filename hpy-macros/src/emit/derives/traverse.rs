//! `#[derive(hpy::Traverse)]`: visits all objects that a struct or an enum owns.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, GenericParam, parse_quote};

use crate::emit::tokens::{at, local};
use crate::grammar::attribute::default_crate;
use crate::messages as say;

pub(crate) fn traverse(item: &DeriveInput) -> syn::Result<TokenStream> {
    let (krate, ident, visitor) = (default_crate(), &item.ident, local("__visitor"));
    let mut bounded = item.generics.clone();
    for param in &item.generics.params {
        if let GenericParam::Type(param) = param {
            let param = &param.ident;
            bounded.make_where_clause().predicates.push(parse_quote!(#param: #krate::Traverse));
        }
    }
    let (generics, of, bounds) = bounded.split_for_impl();
    let visit = |fields: &Fields| -> syn::Result<(TokenStream, TokenStream)> {
        let (mut pattern, mut visits) = (TokenStream::new(), TokenStream::new());
        for (index, (field, member)) in fields.iter().zip(fields.members()).enumerate() {
            if is_skipped(field)? {
                continue;
            }
            let name = format_ident!("__f{index}");
            pattern.extend(quote!(#member: ref #name,));
            let visit = quote!(#krate::Traverse::traverse(#name, #visitor););
            visits.extend(at(field.ty.span(), visit));
        }
        Ok((quote!({ #pattern .. }), visits))
    };
    let arms = match &item.data {
        Data::Struct(data) => {
            let (pattern, visits) = visit(&data.fields)?;
            quote!(#ident #pattern => { #visits })
        }
        Data::Enum(data) => {
            let mut arms = TokenStream::new();
            for variant in &data.variants {
                let name = &variant.ident;
                let (pattern, visits) = visit(&variant.fields)?;
                arms.extend(quote!(#ident::#name #pattern => { #visits }));
            }
            arms
        }
        Data::Union(data) => return Err(syn::Error::new_spanned(data.union_token, say::TRAVERSE_GOES_ON)),
    };
    Ok(quote! {
        #[automatically_derived]
        unsafe impl #generics #krate::Traverse for #ident #of #bounds {
            fn traverse(&self, #visitor: &mut #krate::Visitor<'_>) {
                let _ = &#visitor;
                match *self {
                    #arms
                }
            }
        }
    })
}

/// Whether a field has `#[traverse(skip)]`.
fn is_skipped(field: &syn::Field) -> syn::Result<bool> {
    let mut skipped = false;
    for attr in field.attrs.iter().filter(|attr| attr.path().is_ident("traverse")) {
        attr.parse_nested_meta(|meta| {
            skipped = true;
            if meta.path.is_ident("skip") { Ok(()) } else { Err(meta.error(say::TRAVERSE_OPTION)) }
        })?;
    }
    Ok(skipped)
}
