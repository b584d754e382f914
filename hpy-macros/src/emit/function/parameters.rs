//! Parameters of a function: the table that arguments are bound by, and the calling convention.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docstring::c_string;
use crate::model::{Function, Kind, Param, This};

/// The cheapest way of passing these parameters.
pub(in crate::emit) fn convention(params: &[Param]) -> &'static str {
    match params {
        [] => "NoArgs",
        [Param { kind: Kind::PositionalOnly, default: None, .. }] => "O",
        _ if params.iter().all(|p| matches!(p.kind, Kind::PositionalOnly | Kind::VarArgs)) => "Varargs",
        _ => "Keywords",
    }
}

/// The parameters that have a slot each, and where they stand among all.
pub(super) fn slots(function: &Function) -> impl Iterator<Item = (usize, &Param)> {
    function.params.iter().enumerate().filter(|(_, p)| !matches!(p.kind, Kind::VarArgs | Kind::KwArgs))
}

/// The table that arguments are bound by.
pub(in crate::emit) fn table(function: &Function, support: &TokenStream) -> TokenStream {
    let own = &function.name.text;
    let name = match &function.this {
        This::Module => quote!(#support::function_name(#own)),
        This::Class(class) if own == "__new__" => quote!(#support::class_name::<#class>()),
        This::Instance(class, _) | This::Class(class) | This::Nothing(class) => {
            quote!(#support::method_name::<#class>(#own))
        }
    };
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
