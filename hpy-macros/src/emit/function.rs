//! The companion of a function: an empty type with the function's name that implements `hpy::impl_::Function`.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::Ident;
use syn::spanned::Spanned;

use super::doc::{self, c_string};
use super::{at, local, ours, support};
use crate::model::{Arg, Function, Kind, Param};

pub(crate) fn companion(function: &Function) -> TokenStream {
    let Function { vis, cfgs, krate, .. } = function;
    let ident = ours(&function.ident);
    let support = support(krate);
    let name = c_string(&function.name.text);
    let doc = doc::function(function, &support);
    let convention = format_ident!("{}", convention(&function.params));
    let table = table(function, &support);
    let body = Body::new(function, &support);
    let Body { ctx, module, args, params, .. } = &body;
    quote! {
        #cfgs
        #[doc(hidden)]
        #vis struct #ident {}

        #cfgs
        const _: () = {
            #[automatically_derived]
            impl #support::Function for #ident {
                const NAME: &'static ::core::ffi::CStr = #name;
                const DOC: &'static ::core::ffi::CStr = #doc;
                const CONVENTION: #support::Convention = #support::Convention::#convention;
                const PARAMS: &'static #support::Params = &#table;

                #[inline(always)]
                fn call<'__a, '__ctx>(
                    #ctx: #krate::Context<'__ctx>,
                    #module: #krate::Ref<'__a, '__ctx, #krate::types::Module>,
                    #args: #support::Arguments<'__a, '__ctx>,
                    #params: &'static #support::Params,
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

/// The parameters that have a slot each, and where they stand among all.
fn slots(function: &Function) -> impl Iterator<Item = (usize, &Param)> {
    function.params.iter().enumerate().filter(|(_, p)| !matches!(p.kind, Kind::VarArgs | Kind::KwArgs))
}

/// The table that arguments are bound by.
fn table(function: &Function, support: &TokenStream) -> TokenStream {
    let name = &function.name.text;
    let names = slots(function).map(|(_, param)| c_string(&param.name.text));
    let count = |test: &dyn Fn(&Param) -> bool| function.params.iter().filter(|param| test(param)).count();
    let by_position = |param: &Param| matches!(param.kind, Kind::PositionalOnly | Kind::Positional);
    let positional_only = count(&|param| param.kind == Kind::PositionalOnly);
    let positional = count(&by_position);
    let required = count(&|param| by_position(param) && param.default.is_none());
    let keyword = function.params.iter().filter(|param| param.kind == Kind::KeywordOnly);
    let keyword = keyword.map(|param| param.default.is_none());
    let varargs = count(&|param| param.kind == Kind::VarArgs) > 0;
    let kwargs = count(&|param| param.kind == Kind::KwArgs) > 0;
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

/// The body of `Function::call`, and the names of its parameters.
struct Body<'a> {
    function: &'a Function,
    support: &'a TokenStream,
    ctx: Ident,
    module: Ident,
    args: Ident,
    params: Ident,
}

/// `__a0`, `__a1`, …: what the caller passed.
fn slot(index: usize) -> Ident {
    local(&format!("__a{index}"))
}

/// `__p0`, `__p1`, …: the same, converted.
fn converted(index: usize) -> Ident {
    local(&format!("__p{index}"))
}

impl<'a> Body<'a> {
    fn new(function: &'a Function, support: &'a TokenStream) -> Self {
        Body {
            function,
            support,
            ctx: local("__ctx"),
            module: local("__module"),
            args: local("__args"),
            params: local("__params"),
        }
    }

    /// Takes the arguments apart.
    fn bind(&self) -> TokenStream {
        let Body { function, support, ctx, args, params, .. } = self;
        let names: Vec<_> = slots(function).map(|(i, _)| slot(i)).collect();
        let count = names.len();
        let (rest, kwargs) = (local("__rest"), local("__kwargs"));
        match convention(&function.params) {
            "NoArgs" => TokenStream::new(),
            "O" => quote!(#(let #names = #args.only();)*),
            _ if function.params.len() != count => quote! {
                let ([#(#names),*], #rest, #kwargs) =
                    #support::bind_variadic::<#count>(#ctx, #params, #args)?;
            },
            _ => quote!(let [#(#names),*] = #support::bind::<#count>(#ctx, #params, #args)?;),
        }
    }

    /// Converts one.
    fn convert(&self, index: usize, param: &Param) -> TokenStream {
        let Body { function, support, ctx, params, .. } = self;
        let (from, to, ty) = (slot(index), converted(index), &param.ty);
        // Which place among those with slots: parameters without one stand between them.
        let place = slots(function).take_while(|(i, _)| *i < index).count();
        let call = |name: &str, from: TokenStream, which: TokenStream| match &param.with {
            None => {
                let convert = format_ident!("{name}");
                at(ty.span(), quote!(#support::#convert(#ctx, #from, #params, #which)?))
            }
            Some(with) => {
                let convert = format_ident!("{name}_with");
                quote!(#support::#convert(#ctx, #from, #params, #which, #with)?)
            }
        };
        let name = &param.name.text;
        let value = match (param.kind, &param.default) {
            (Kind::VarArgs | Kind::KwArgs, _) => {
                let from = local(if param.kind == Kind::VarArgs { "__rest" } else { "__kwargs" });
                call("variadic", quote!(&#from), name.to_token_stream())
            }
            (_, None) => call("argument", quote!(&#from), place.to_token_stream()),
            (_, Some(default)) => {
                let given = local("__given");
                let convert = call("argument_or_default", given.to_token_stream(), place.to_token_stream());
                quote! {
                    match &#from {
                        ::core::option::Option::Some(#given) => #convert,
                        ::core::option::Option::None => #default,
                    }
                }
            }
        };
        quote!(let #to: #ty = #value;)
    }

    /// The call of the Rust function.
    fn call(&self) -> TokenStream {
        let Body { function, support, ctx, module, .. } = self;
        let args = function.args.iter().map(|arg| match arg {
            Arg::Context(span) => at(*span, quote!(#ctx)),
            Arg::Module(span) => at(*span, quote!(#support::pass_module(&#module))),
            Arg::Python(index) => converted(*index).into_token_stream(),
        });
        let ident = &function.ident;
        let call = quote!(#ident(#(#args),*));
        if function.detach {
            at(function.output, quote!(#support::detached(#ctx, move || #call)))
        } else {
            call
        }
    }
}

impl ToTokens for Body<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Body { function, support, ctx, .. } = self;
        let bind = self.bind();
        let convert = function.params.iter().enumerate().map(|(i, param)| self.convert(i, param));
        let call = self.call();
        let result = local("__result");
        let output = at(function.output, quote!(#support::output(#ctx, #result)));
        tokens.extend(quote! {
            #bind
            #(#convert)*
            let #result = #call;
            #output
        });
    }
}
