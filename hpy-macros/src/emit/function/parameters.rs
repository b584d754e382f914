//! Parameters of a function: the table that arguments are bound by, and the calling convention.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

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
    let own = function.name.text.as_str();
    let (class, own) = match &function.this {
        This::Module => (quote!(""), own),
        This::Class(class) if own == "__new__" => (quote!(#support::name_of_class::<#class>()), ""),
        This::Instance(class, _) | This::Class(class) | This::Nothing(class) => {
            (quote!(#support::name_of_class::<#class>()), own)
        }
    };
    let mut names = format!("{own}\0");
    for (_, param) in slots(function) {
        let mark = if param.default.is_none() { '!' } else { '?' };
        names.extend([mark].into_iter().chain(param.name.text.chars()).chain(['\0']));
    }
    let names = Literal::byte_string(names.as_bytes());
    let own = Literal::u16_unsuffixed((own.len() + 1).try_into().unwrap_or(u16::MAX));
    let number = |count: usize| Literal::u16_unsuffixed(count.try_into().unwrap_or(u16::MAX));
    let count = |test: &dyn Fn(&Param) -> bool| function.params.iter().filter(|param| test(param)).count();
    let count_of_slots = number(slots(function).count());
    let by_position = |param: &Param| matches!(param.kind, Kind::PositionalOnly | Kind::Positional);
    let positional_only = number(count(&|param| param.kind == Kind::PositionalOnly));
    let positional = number(count(&by_position));
    let required = number(count(&|param| by_position(param) && param.default.is_none()));
    let required_keyword = count(&|param| param.kind == Kind::KeywordOnly && param.default.is_none()) > 0;
    let varargs = count(&|param| param.kind == Kind::VarArgs) > 0;
    let kwargs = count(&|param| param.kind == Kind::KwArgs) > 0;
    quote! {
        #support::Params {
            class: #class,
            names: #names,
            own: #own,
            count: #count_of_slots,
            positional_only: #positional_only,
            positional: #positional,
            required_positional: #required,
            required_keyword: #required_keyword,
            varargs: #varargs,
            kwargs: #kwargs,
        }
    }
}
