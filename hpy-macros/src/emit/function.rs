//! The companion of a function: an empty type with the function's name that implements `hpy::impl_::Function`.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::doc;
use crate::model::{Arg, Function, Kind, Param};

/// The text as a C string literal.
pub(super) fn c_string(text: &str) -> Literal {
    // NULs were refused where texts are read.
    Literal::c_string(&std::ffi::CString::new(text.replace('\0', "")).unwrap_or_default())
}

/// The crate's support module.
fn support(function: &Function) -> TokenStream {
    let krate = &function.krate;
    quote!(#krate::impl_)
}

/// The tokens as if they stood at `span`: where errors about them are shown.
fn at(tokens: &TokenStream, span: Span) -> TokenStream {
    tokens
        .clone()
        .into_iter()
        .map(|mut token| {
            token.set_span(span.resolved_at(token.span()));
            token
        })
        .collect()
}

pub(super) fn companion(function: &Function) -> TokenStream {
    let Function { ident, vis, cfgs, krate, .. } = function;
    let support = support(function);
    let name = c_string(&function.name.0);
    let doc = c_string(&doc::docstring(function));
    let convention = format_ident!("{}", convention(&function.params));
    let params = params(function, &support);
    let body = body(function, &support);
    quote! {
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(non_camel_case_types, missing_docs, missing_debug_implementations, unreachable_pub, dead_code)]
        #vis struct #ident {}

        #(#cfgs)*
        #[allow(clippy::all, clippy::pedantic, unused_qualifications)]
        const _: () = {
            #[automatically_derived]
            impl #support::Function for #ident {
                const NAME: &'static ::core::ffi::CStr = #name;
                const DOC: &'static ::core::ffi::CStr = #doc;
                const CONVENTION: #support::Convention = #support::Convention::#convention;
                const PARAMS: &'static #support::Params = &#params;

                #[inline(always)]
                fn call<'__a, '__ctx>(
                    __ctx: #krate::Context<'__ctx>,
                    __module: #krate::Ref<'__a, '__ctx, #krate::types::Module>,
                    __args: #support::Arguments<'__a, '__ctx>,
                    __params: &'static #support::Params,
                ) -> #krate::Result<#krate::Handle<'__ctx>> {
                    #body
                }
            }
        };
    }
}

/// The cheapest way of passing these parameters.
fn convention(params: &[Param]) -> &'static str {
    match params {
        [] => "NoArgs",
        [Param { kind: Kind::PositionalOnly, default: None, .. }] => "O",
        _ if params.iter().all(|p| matches!(p.kind, Kind::PositionalOnly | Kind::VarArgs)) => "Varargs",
        _ => "Keywords",
    }
}

/// The parameters that have a slot each.
fn slots(function: &Function) -> impl Iterator<Item = (usize, &Param)> {
    function.params.iter().enumerate().filter(|(_, p)| !matches!(p.kind, Kind::VarArgs | Kind::KwArgs))
}

fn params(function: &Function, support: &TokenStream) -> TokenStream {
    let name = &function.name.0;
    let names = slots(function).map(|(_, p)| c_string(&p.name));
    let count = |test: &dyn Fn(&Param) -> bool| function.params.iter().filter(|p| test(p)).count();
    let positional_only = count(&|p| p.kind == Kind::PositionalOnly);
    let positional = count(&|p| matches!(p.kind, Kind::PositionalOnly | Kind::Positional));
    let required =
        count(&|p| matches!(p.kind, Kind::PositionalOnly | Kind::Positional) && p.default.is_none());
    let keyword = function.params.iter().filter(|p| p.kind == Kind::KeywordOnly).map(|p| p.default.is_none());
    let varargs = count(&|p| p.kind == Kind::VarArgs) > 0;
    let kwargs = count(&|p| p.kind == Kind::KwArgs) > 0;
    quote! {
        #support::Params {
            function: #name,
            names: &[#(#names),*],
            positional_only: #positional_only,
            positional: #positional,
            required_positional: #required,
            required_keyword: &[#(#keyword),*],
            varargs: #varargs,
            kwargs: #kwargs,
        }
    }
}

/// `__a0`, `__a1`, …: what the caller passed. `__p0`, …: converted.
fn slot(index: usize) -> syn::Ident {
    format_ident!("__a{index}", span = Span::mixed_site())
}

fn value(index: usize) -> syn::Ident {
    format_ident!("__p{index}", span = Span::mixed_site())
}

fn body(function: &Function, support: &TokenStream) -> TokenStream {
    let bind = bind(function, support);
    let convert = function.params.iter().enumerate().map(|(i, param)| convert(function, i, param, support));
    let args: Vec<TokenStream> = function
        .args
        .iter()
        .map(|arg| match arg {
            Arg::Context => quote!(__ctx),
            Arg::Module(span) => quote_spanned!(*span=> #support::pass_module(&__module)),
            Arg::Python(index) => {
                let value = value(*index);
                quote!(#value)
            }
        })
        .collect();
    let ident = &function.ident;
    let call = if function.detach {
        quote_spanned!(ident.span()=> #support::detached(__ctx, move || #ident(#(#args),*)))
    } else {
        quote!(#ident(#(#args),*))
    };
    let here = at(support, function.output);
    let output = quote_spanned!(function.output=> #here::output);
    let result = format_ident!("__result", span = Span::mixed_site().located_at(function.output));
    let output = quote_spanned!(function.output=> #output(__ctx, #result));
    quote! {
        #bind
        #(#convert)*
        let #result = #call;
        #output
    }
}

fn bind(function: &Function, support: &TokenStream) -> TokenStream {
    let names: Vec<_> = slots(function).map(|(i, _)| slot(i)).collect();
    let count = names.len();
    let variadic = function.params.len() != count;
    match convention(&function.params) {
        "NoArgs" => TokenStream::new(),
        "O" => {
            let only = slot(0);
            quote!(let #only = __args.only();)
        }
        _ if variadic => quote! {
            let ([#(#names),*], __rest, __kwargs) =
                #support::bind_variadic::<#count>(__ctx, __params, __args)?;
        },
        _ => quote!(let [#(#names),*] = #support::bind::<#count>(__ctx, __params, __args)?;),
    }
}

fn convert(function: &Function, index: usize, param: &Param, support: &TokenStream) -> TokenStream {
    let (from, to) = (slot(index), value(index));
    let span = param.ty.span();
    let support = at(support, span);
    let name = &param.name;
    // Which place among those with slots: parameters without one stand between them.
    let place = slots(function).position(|(i, _)| i == index).unwrap_or_default();
    let place = Literal::usize_suffixed(place);
    match (param.kind, &param.default) {
        (Kind::VarArgs, _) => {
            let convert = quote_spanned!(span=> #support::variadic(__ctx, &__rest, __params, #name)?);
            quote!(let #to = #convert;)
        }
        (Kind::KwArgs, _) => {
            let convert = quote_spanned!(span=> #support::variadic(__ctx, &__kwargs, __params, #name)?);
            quote!(let #to = #convert;)
        }
        (_, None) => {
            let convert = quote_spanned!(span=> #support::argument(__ctx, &#from, __params, #place)?);
            quote!(let #to = #convert;)
        }
        (_, Some(default)) => {
            let convert =
                quote_spanned!(span=> #support::argument_or_default(__ctx, __value, __params, #place)?);
            quote! {
                let #to = match &#from {
                    ::core::option::Option::Some(__value) => #convert,
                    ::core::option::Option::None => #default,
                };
            }
        }
    }
}
