//! `#[derive(hpy::FromPython)]` and `#[derive(hpy::IntoPython)]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;
use syn::spanned::Spanned;

use crate::emit::tokens::{at, local, support};
use crate::model::{Convert, ConvertField, ConvertFields, ConvertShape, FieldDefault, Form};

/// `impl FromPython`.
pub(crate) fn from_python(convert: &Convert) -> TokenStream {
    let Convert { ident, krate, .. } = convert;
    let support = support(krate);
    let value = local("__value");
    let (params, of, bounds) = generics(convert, &quote!(#krate::FromPythonOwned<'__ctx>));
    let hint = |fields: &ConvertFields| {
        let hints = fields.fields.iter().map(|ConvertField { ty, with, .. }| match with {
            Some(_) => quote!(#krate::Hint::Name("object")),
            None => at(ty.span(), quote!(<#ty as #krate::FromPython<'_, '__ctx>>::HINT)),
        });
        match fields.form {
            Form::Transparent => quote!(#(#hints)*),
            Form::Tuple => quote!(#krate::Hint::Generic("tuple", &[#(#hints),*])),
            Form::Named if fields.fields.iter().all(|field| field.item) => {
                quote!(#krate::Hint::Name("Mapping"))
            }
            Form::Named => {
                let text = described(fields);
                quote!(#krate::Hint::Name(#text))
            }
        }
    };
    let (hint, body) = match &convert.shape {
        ConvertShape::Struct(fields) => {
            (hint(fields), read(&quote!(#ident), fields, &hint(fields), &support, &value))
        }
        ConvertShape::Enum(variants) => {
            // Each only once.
            let mut hints: Vec<TokenStream> = Vec::new();
            for (_, fields) in variants {
                let hint = hint(fields);
                if !hints.iter().any(|known| known.to_string() == hint.to_string()) {
                    hints.push(hint);
                }
            }
            let first = local("__first");
            let tries = variants.iter().map(|(variant, fields)| {
                let body = read(&quote!(#ident::#variant), fields, &hint(fields), &support, &value);
                quote! {
                    match (|| -> #krate::Result<Self> { #body })() {
                        ::core::result::Result::Ok(found) => return ::core::result::Result::Ok(found),
                        ::core::result::Result::Err(error) => #support::next_variant(#value, &mut #first, error)?,
                    }
                }
            });
            let body = quote! {
                let mut #first = <#support::Failed as ::core::default::Default>::default();
                #(#tries)*
                ::core::result::Result::Err(#support::no_variant(#value, #first, &<Self as #krate::FromPython<'_, '__ctx>>::HINT))
            };
            (quote!(#krate::Hint::Union(&[#(#hints),*])), body)
        }
    };
    quote! {
        #[automatically_derived]
        impl<'__ctx, #params> #krate::FromPython<'_, '__ctx> for #ident #of #bounds {
            type Error = #krate::Error;
            const HINT: #krate::Hint = #hint;

            fn from_python(#value: &#krate::Handle<'__ctx>) -> #krate::Result<Self> {
                #body
            }
        }
    }
}

/// Describes the attributes or items that an object must have. Python code doesn't know the Rust type's name.
fn described(fields: &ConvertFields) -> String {
    const MOST: usize = 3;
    let required = fields.fields.iter().filter(|field| matches!(field.default, FieldDefault::None));
    let keys: Vec<String> = required.map(|field| format!("'{}'", field.key)).collect();
    match keys.len() {
        0 => "object".to_owned(),
        1..=MOST => format!("object with {}", keys.join(", ")),
        _ => format!("object with {}, …", keys[..MOST].join(", ")),
    }
}

/// Reads a value of these fields.
fn read(
    name: &TokenStream,
    fields: &ConvertFields,
    hint: &TokenStream,
    support: &TokenStream,
    value: &Ident,
) -> TokenStream {
    let tuple = local("__tuple");
    let count = fields.fields.len();
    let reads = fields.fields.iter().enumerate().map(|(index, field)| {
        let ConvertField { member, ty, key, item, default, with } = field;
        let convert = match with {
            Some(with) => quote!(|value| #support::converted_with::<#ty, _>(value, #with)),
            None => quote!(#support::converted::<#ty>),
        };
        // What is wrong about the type is reported at the type.
        let at_type = |tokens: TokenStream| if with.is_some() { tokens } else { at(ty.span(), tokens) };
        let read = match fields.form {
            Form::Transparent => at_type(quote!(#support::whole(#value, #convert)?)),
            Form::Tuple => at_type(quote!(#support::tuple_item(#tuple, #index, #convert)?)),
            Form::Named => {
                let found = format_ident!("{}", if *item { "item_of" } else { "attribute_of" });
                let missing = match default {
                    FieldDefault::None => quote!(return ::core::result::Result::Err(
                        #support::missing(#value, #key, #item)
                    )),
                    FieldDefault::OfType => at(ty.span(), quote!(::core::default::Default::default())),
                    FieldDefault::Expr(expr) => quote!(#expr),
                };
                let named = at_type(quote!(#support::named_field(&found, #key, #item, #convert)?));
                quote! {
                    match #support::#found(#value, #key)? {
                        ::core::option::Option::Some(found) => #named,
                        ::core::option::Option::None => #missing,
                    }
                }
            }
        };
        quote!(#member: #read)
    });
    let take_apart = (fields.form == Form::Tuple)
        .then(|| quote!(let mut __copy = ::core::option::Option::None; let #tuple = #support::tuple_of(#value, #count, &#hint, &mut __copy)?;));
    quote! {
        #take_apart
        ::core::result::Result::Ok(#name { #(#reads),* })
    }
}

/// `impl IntoPython`.
pub(crate) fn into_python(convert: &Convert) -> TokenStream {
    let Convert { ident, krate, .. } = convert;
    let support = support(krate);
    let ctx = local("__ctx");
    let (params, of, bounds) = generics(convert, &quote!(#krate::IntoPython<'__ctx>));
    let (target, hint, body) = match &convert.shape {
        ConvertShape::Struct(fields) => {
            let (target, hint) = target(fields, krate);
            let arm = write(&quote!(#ident), fields, &support, &ctx, false);
            (target, hint, quote!(match self { #arm }))
        }
        ConvertShape::Enum(variants) => {
            let hints = variants.iter().map(|(_, fields)| target(fields, krate).1);
            let arms = variants
                .iter()
                .map(|(variant, fields)| write(&quote!(#ident::#variant), fields, &support, &ctx, true));
            let hint = quote!(#krate::Hint::Union(&[#(#hints),*]));
            (quote!(#krate::types::Any), hint, quote!(match self { #(#arms)* }))
        }
    };
    quote! {
        #[automatically_derived]
        impl<'__ctx, #params> #krate::IntoPython<'__ctx> for #ident #of #bounds {
            type Target = #target;
            type Error = #krate::Error;
            const HINT: #krate::Hint = #hint;

            fn into_python(
                self,
                #ctx: #krate::Context<'__ctx>,
            ) -> #krate::Result<#krate::Handle<'__ctx, Self::Target>> {
                #body
            }
        }
    }
}

/// The marker of what comes out, and its hint.
fn target(fields: &ConvertFields, krate: &syn::Path) -> (TokenStream, TokenStream) {
    let hints = fields
        .fields
        .iter()
        .map(|ConvertField { ty, .. }| at(ty.span(), quote!(<#ty as #krate::IntoPython<'__ctx>>::HINT)));
    match (fields.form, fields.fields.as_slice()) {
        (Form::Transparent, [ConvertField { ty, .. }]) => {
            (at(ty.span(), quote!(<#ty as #krate::IntoPython<'__ctx>>::Target)), quote!(#(#hints)*))
        }
        (Form::Named, _) => {
            let any = quote!(#krate::Hint::Name("object"));
            (
                quote!(#krate::types::Dict),
                quote!(#krate::Hint::Generic("dict", &[#krate::Hint::Name("str"), #any])),
            )
        }
        _ => (quote!(#krate::types::Tuple), quote!(#krate::Hint::Generic("tuple", &[#(#hints),*]))),
    }
}

/// The arm that writes these fields; as any object?
fn write(
    name: &TokenStream,
    fields: &ConvertFields,
    support: &TokenStream,
    ctx: &Ident,
    any: bool,
) -> TokenStream {
    let names: Vec<Ident> = (0..fields.fields.len()).map(|i| local(&format!("__f{i}"))).collect();
    let members = fields.fields.iter().map(|field| &field.member);
    let handles = fields.fields.iter().zip(&names).map(|(ConvertField { ty, .. }, name)| {
        at(ty.span(), quote!(#support::into_handle(#ctx, #name)?.into_any()))
    });
    let value = match fields.form {
        Form::Transparent => {
            let convert = fields.fields.iter().zip(&names).map(|(ConvertField { ty, .. }, name)| {
                at(ty.span(), quote!(#support::into_handle(#ctx, #name)))
            });
            quote!(#(#convert)*)
        }
        Form::Tuple => quote!(#support::tuple_from(#ctx, &[#(#handles),*])),
        Form::Named => {
            let keys = fields.fields.iter().map(|field| &field.key);
            quote!(#support::dict_from(#ctx, &[#((#keys, #handles)),*]))
        }
    };
    let value = if any { quote!(#value.map(|value| value.into_any())) } else { value };
    quote!(#name { #(#members: #names),* } => #value,)
}

/// Type parameters, the type's arguments, and where the bound holds for each parameter.
fn generics(convert: &Convert, bound: &TokenStream) -> (TokenStream, TokenStream, TokenStream) {
    let params: Vec<_> = convert.generics.type_params().collect();
    let idents: Vec<_> = params.iter().map(|param| &param.ident).collect();
    let declared = params.iter().map(|param| {
        let (ident, bounds) = (&param.ident, &param.bounds);
        quote!(#ident: #bounds)
    });
    let given = convert.generics.where_clause.as_ref().map(|clause| {
        let predicates = &clause.predicates;
        quote!(#predicates,)
    });
    (
        quote!(#(#declared),*),
        if idents.is_empty() { TokenStream::new() } else { quote!(<#(#idents),*>) },
        if idents.is_empty() { TokenStream::new() } else { quote!(where #(#idents: #bound,)* #given) },
    )
}
