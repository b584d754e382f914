//! Syntax of options: lists of keys, keys with a value, flags.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Ident, LitStr, Path, Token};

use crate::errors::Errors;
use crate::messages as say;
use crate::model::Name;

/// Reads the options, and lets `f` take the value of each that is known. After an error goes on with the next.
pub(super) fn each(
    tokens: TokenStream,
    known: &[&str],
    errors: &mut Errors,
    mut f: impl FnMut(&str, ParseStream<'_>, &mut Errors) -> syn::Result<()>,
) {
    each_at(tokens, known, errors, |key, _, input, errors| f(key, input, errors));
}

/// [`each`] that also tells where the key stands.
pub(super) fn each_at(
    tokens: TokenStream,
    known: &[&str],
    errors: &mut Errors,
    mut f: impl FnMut(&str, Span, ParseStream<'_>, &mut Errors) -> syn::Result<()>,
) {
    let mut seen: Vec<String> = Vec::new();
    let mut one = |input: ParseStream<'_>, errors: &mut Errors| {
        let key = input
            .call(Ident::parse_any)
            .map_err(|error| syn::Error::new(error.span(), say::not_an_option(known)))?;
        let name = key.to_string();
        if !known.contains(&name.as_str()) {
            return Err(syn::Error::new(key.span(), say::unknown_option(&name, known)));
        }
        if seen.contains(&name) {
            errors.span(key.span(), say::option_twice(&name));
        }
        f(&name, key.span(), input, errors)?;
        seen.push(name);
        Ok(())
    };
    let parser = |input: ParseStream<'_>| list(input, errors, &mut one);
    if let Err(error) = Parser::parse2(parser, tokens) {
        errors.push(error);
    }
}

/// Reads the items of a list. After one that can't be read goes on behind the next comma.
pub(super) fn list(
    input: ParseStream<'_>,
    errors: &mut Errors,
    mut item: impl FnMut(ParseStream<'_>, &mut Errors) -> syn::Result<()>,
) -> syn::Result<bool> {
    let mut good = true;
    while !input.is_empty() {
        let end = |()| match input.is_empty() || input.peek(Token![,]) {
            true => Ok(()),
            false => Err(input.error("expected `,`")),
        };
        if let Err(error) = item(input, errors).and_then(end) {
            errors.push(error);
            good = false;
            while !input.is_empty() && !input.peek(Token![,]) {
                input.parse::<TokenTree>()?;
            }
        }
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(good)
}

pub(super) fn equals(key: &str, example: &str, input: ParseStream<'_>) -> syn::Result<()> {
    match input.parse::<Token![=]>() {
        Ok(_) => Ok(()),
        Err(error) => Err(syn::Error::new(error.span(), say::option_needs_value(key, example))),
    }
}

pub(super) fn value<T: Parse>(key: &str, example: &str, input: ParseStream<'_>) -> syn::Result<T> {
    equals(key, example, input)?;
    input.parse()
}

pub(super) fn flag(key: &str, input: ParseStream<'_>) -> syn::Result<bool> {
    if input.peek(Token![=]) { Err(input.error(say::option_is_a_flag(key))) } else { Ok(true) }
}

/// `name = "…"`.
pub(super) fn name(key: &str, input: ParseStream<'_>) -> syn::Result<Name> {
    let text: LitStr = value(key, "\"…\"", input)?;
    Ok(Name { text: text.value(), span: text.span() })
}

/// `crate = "path::to::hpy"`.
pub(super) fn krate(key: &str, input: ParseStream<'_>) -> syn::Result<Path> {
    let text: LitStr = value(key, "\"my_crate::hpy\"", input)?;
    text.parse_with(Path::parse_mod_style).map_err(|_| syn::Error::new(text.span(), say::CRATE_PATH))
}
