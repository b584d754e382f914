//! Enums made by Python's `enum` module: their members and conversions.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docstring::docstring;
use crate::emit::tokens::{at, local, support, type_slot};
use crate::model::{EnumBase, EnumMember, Enumeration};

pub(crate) fn enumeration(enumeration: &Enumeration) -> TokenStream {
    let Enumeration { ident, cfgs, krate, members, .. } = enumeration;
    let support = support(krate);
    let name = &enumeration.name.text;
    let doc = docstring("", &enumeration.doc, &support);
    let base = enumeration.base.name();
    let module = match &enumeration.module {
        Some(module) => {
            let module = &module.text;
            quote!(::core::option::Option::Some(#module))
        }
        None => quote!(::core::option::Option::None),
    };
    let type_slot = type_slot(ident, &support);
    let all = members.iter().map(|EnumMember { ident: member, cfgs, .. }| quote!(#cfgs #ident::#member,));
    let same = each(enumeration, |EnumMember { ident: member, .. }| quote!(#ident::#member));
    let variant = each(enumeration, |EnumMember { name, .. }| {
        let (name, text) = (&name.text, format!("{}.{}", enumeration.name.text, name.text));
        quote!({
            static VARIANT: #support::Variant<#ident> = #support::Variant::unit(#name, #text);
            &VARIANT
        })
    });
    let ctx = local("__ctx");
    let value = each(enumeration, |member| value(enumeration, member, &support));
    let conversions = conversions(enumeration, &support);
    let flag = enumeration.base.is_flag().then(|| flag(enumeration));
    quote! {
        #cfgs
        const _: () = {
            #type_slot

            #[automatically_derived]
            impl #support::Variants for #ident {
                fn variant(&self) -> &'static #support::Variant<Self> {
                    #variant
                }
            }

            #[automatically_derived]
            impl #krate::Enumeration for #ident {
                const NAME: &'static ::core::primitive::str = #name;
                const BASE: &'static ::core::primitive::str = #base;
                const MODULE: ::core::option::Option<&'static ::core::primitive::str> = #module;
                const DOC: &'static ::core::ffi::CStr = #doc;
                const MEMBERS: &'static [Self] = &[#(#all)*];

                fn same(&self) -> Self {
                    #same
                }

                fn value<'__ctx>(
                    &self,
                    #ctx: #krate::Context<'__ctx>,
                ) -> #krate::Result<#krate::Handle<'__ctx>> {
                    #value
                }

                fn slot() -> &'static #support::TypeSlot<Self> {
                    <#ident>::__hpy_slot()
                }
            }

            #flag
            #conversions
        };
    }
}

/// `match self { Color::Red => …, … }`.
fn each(enumeration: &Enumeration, arm: impl Fn(&EnumMember) -> TokenStream) -> TokenStream {
    let of = &enumeration.ident;
    let arms = enumeration.members.iter().map(|member| {
        let EnumMember { ident, cfgs, .. } = member;
        let arm = arm(member);
        quote!(#cfgs #of::#ident => #arm,)
    });
    quote!(match self { #(#arms)* })
}

/// The value of a member in Python.
fn value(enumeration: &Enumeration, member: &EnumMember, support: &TokenStream) -> TokenStream {
    use syn::spanned::Spanned;
    let ctx = local("__ctx");
    let Enumeration { ident: of, repr, .. } = enumeration;
    let EnumMember { ident, name, value, .. } = member;
    match (value, enumeration.base) {
        (Some(value), EnumBase::StrEnum) => at(value.span(), quote!(#support::text_value(#ctx, #value))),
        (None, EnumBase::StrEnum) => {
            let text = name.text.to_lowercase();
            quote!(#support::text_value(#ctx, #text))
        }
        (Some(value), _) => at(value.span(), quote!(#support::output(#ctx, #value))),
        (None, _) => quote!(#support::output(#ctx, #of::#ident as ::core::primitive::#repr)),
    }
}

/// Members that can be combined.
fn flag(enumeration: &Enumeration) -> TokenStream {
    let Enumeration { ident, krate, members, .. } = enumeration;
    let bits = each(
        enumeration,
        |EnumMember { ident: member, .. }| quote!(#ident::#member as ::core::primitive::u64),
    );
    let positive = members.iter().map(|EnumMember { ident: member, number, cfgs, .. }| {
        let text = "the number of a flag is made of bits, so it can't be negative";
        let check = quote!(
            const _: () = ::core::assert!(#ident::#member as ::core::primitive::i128 >= 0, #text);
        );
        let check = number.map_or_else(|| check.clone(), |span| at(span, check.clone()));
        quote!(#cfgs #check)
    });
    quote! {
        #(#positive)*

        #[automatically_derived]
        impl #krate::Flag for #ident {
            fn bits(&self) -> ::core::primitive::u64 {
                #bits
            }
        }

        #[automatically_derived]
        impl ::core::ops::BitOr for #ident {
            type Output = #krate::Flags<#ident>;

            fn bitor(self, other: Self) -> #krate::Flags<#ident> {
                #krate::Flags::from(self) | other
            }
        }
    }
}

/// From and to Python objects.
fn conversions(enumeration: &Enumeration, support: &TokenStream) -> TokenStream {
    let Enumeration { ident, krate, .. } = enumeration;
    let (ctx, value, holder) = (local("__ctx"), local("__value"), local("__holder"));
    let hint = quote!(#krate::Hint::Name(<#ident as #krate::Enumeration>::NAME));
    quote! {
        #[automatically_derived]
        impl #krate::types::PythonType for #ident {
            const NAME: &'static ::core::primitive::str = <#ident as #krate::Enumeration>::NAME;

            fn check(#value: &#krate::Handle<'_>) -> #krate::Result<::core::primitive::bool> {
                ::core::result::Result::Ok(#support::is_member::<#ident>(#value))
            }

            fn type_object<'__ctx>(
                #ctx: #krate::Context<'__ctx>,
            ) -> #krate::Result<#krate::Handle<'__ctx, #krate::types::Type>> {
                #support::enumeration_class::<#ident>(#ctx)
            }
        }

        #[automatically_derived]
        impl<'__ctx> #krate::FromPython<'_, '__ctx> for #ident {
            type Error = #krate::Error;
            const HINT: #krate::Hint = #hint;

            fn from_python(#value: &#krate::Handle<'__ctx>) -> #krate::Result<Self> {
                #support::member(#value)
            }
        }

        // For arguments of type `&Self`.
        #[automatically_derived]
        impl<'__ctx> #support::RefArgument<'__ctx> for #ident {
            type Holder<'__a> = #ident where '__ctx: '__a;
            const HINT: #krate::Hint = #hint;

            fn hold<'__a>(#value: &'__a #krate::Handle<'__ctx>) -> #krate::Result<#ident> {
                #support::member(#value)
            }

            fn get<'__h>(#holder: &'__h #ident) -> &'__h #ident {
                #holder
            }
        }

        #[automatically_derived]
        impl<'__ctx> #krate::IntoPython<'__ctx> for #ident {
            type Target = #ident;
            type Error = #krate::Error;

            fn into_python(
                self,
                #ctx: #krate::Context<'__ctx>,
            ) -> #krate::Result<#krate::Handle<'__ctx, #ident>> {
                #support::member_object(#ctx, &self)
            }
        }
    }
}
