//! What stands in the parentheses of the attributes.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Ident, LitBool, LitStr, Path, Token};

use crate::errors::Errors;
use crate::model::TextSignature;
use crate::signature::Signature;

/// Of `#[function]`.
pub(crate) struct FunctionOptions {
    pub(crate) signature: Option<Signature>,
    pub(crate) name: Option<LitStr>,
    pub(crate) text_signature: TextSignature,
    pub(crate) detach: bool,
    pub(crate) krate: Option<Path>,
}

/// Of `#[module]`.
pub(crate) struct ModuleOptions {
    pub(crate) name: Option<LitStr>,
    pub(crate) gil: bool,
    pub(crate) krate: Option<Path>,
}

impl FunctionOptions {
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options = FunctionOptions {
            signature: None,
            name: None,
            text_signature: TextSignature::Own,
            detach: false,
            krate: None,
        };
        let known = "`signature`, `name`, `text_signature`, `detach` and `crate`";
        each(tokens, known, errors, |key, input| {
            match key {
                "signature" => options.signature = Some(value(input)?),
                "name" => options.name = Some(value(input)?),
                "crate" => options.krate = Some(krate(input)?),
                "detach" => options.detach = true,
                "text_signature" => {
                    input.parse::<Token![=]>()?;
                    options.text_signature = if input.peek(LitStr) {
                        let text = input.parse::<LitStr>()?;
                        if !text.value().starts_with('(') || !text.value().ends_with(')') {
                            return Err(syn::Error::new(
                                text.span(),
                                "a text signature is like \"(a, b=1)\", with its parentheses",
                            ));
                        }
                        TextSignature::Text(text.value())
                    } else if input.call(Ident::parse_any)? == "None" {
                        TextSignature::Hidden
                    } else {
                        return Err(input.error("expected a string, or None"));
                    };
                }
                _ => return Ok(false),
            }
            Ok(true)
        });
        options
    }
}

impl ModuleOptions {
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options = ModuleOptions { name: None, gil: true, krate: None };
        each(tokens, "`name`, `gil` and `crate`", errors, |key, input| {
            match key {
                "name" => options.name = Some(value(input)?),
                "gil" => options.gil = value::<LitBool>(input)?.value,
                "crate" => options.krate = Some(krate(input)?),
                _ => return Ok(false),
            }
            Ok(true)
        });
        options
    }
}

/// Reads `key`, `key = value`, … and lets `f` take the value; `f` says whether it knows the key.
fn each(
    tokens: TokenStream,
    known: &str,
    errors: &mut Errors,
    mut f: impl FnMut(&str, ParseStream<'_>) -> syn::Result<bool>,
) {
    let parser = |input: ParseStream<'_>| {
        let mut seen: Vec<String> = Vec::new();
        while !input.is_empty() {
            let key = input.call(Ident::parse_any)?;
            let name = key.to_string();
            if seen.contains(&name) {
                return Err(syn::Error::new(key.span(), format!("option `{name}` stands there twice")));
            }
            if !f(&name, input)? {
                return Err(syn::Error::new(
                    key.span(),
                    format!("unknown option `{name}`; the options are {known}"),
                ));
            }
            seen.push(name);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    };
    errors.ok(Parser::parse2(parser, tokens));
}

fn value<T: syn::parse::Parse>(input: ParseStream<'_>) -> syn::Result<T> {
    input.parse::<Token![=]>()?;
    input.parse()
}

/// `crate = "path::to::hpy"`.
fn krate(input: ParseStream<'_>) -> syn::Result<Path> {
    let text: LitStr = value(input)?;
    text.parse().map_err(|_| {
        syn::Error::new(text.span(), "expected the path of the crate hpy, like \"my_crate::hpy\"")
    })
}

/// The crate's usual path.
pub(crate) fn default_crate() -> Path {
    syn::parse_quote!(::hpy)
}

/// The text of doc comments, as rustdoc has it: one leading space of each line removed.
pub(crate) fn doc(attrs: &[Attribute], errors: &mut Errors) -> String {
    let mut lines = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
        let syn::Meta::NameValue(meta) = &attr.meta else { continue };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &meta.value else { continue };
        let text = text.value();
        if text.contains('\0') {
            errors.at(&meta.value, "a doc comment for Python can't have a NUL character");
        }
        lines.extend(text.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()));
        if text.is_empty() {
            lines.push(String::new());
        }
    }
    lines.join("\n").trim().to_owned()
}

/// `cfg` attributes of an item.
pub(crate) fn cfgs(attrs: &[Attribute]) -> Vec<Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("cfg")).cloned().collect()
}

/// Takes the attribute of that name out, written plainly or with the crate's name before it; gives its options.
pub(crate) fn take(
    attrs: &mut Vec<Attribute>,
    name: &str,
    krate: &Path,
    errors: &mut Errors,
) -> Option<(TokenStream, Span)> {
    let is = |attr: &Attribute| {
        let path = attr.path();
        let Some(last) = path.segments.last() else { return false };
        let prefix = path.segments.iter().rev().nth(1);
        let ours = krate.segments.last().map(|segment| &segment.ident);
        last.ident == name && prefix.is_none_or(|p| p.ident == "hpy" || Some(&p.ident) == ours)
    };
    let mut taken: Option<(TokenStream, Span)> = None;
    attrs.retain(|attr| {
        if !is(attr) {
            return true;
        }
        if taken.is_some() {
            errors.at(attr, format!("attribute `{name}` stands there twice"));
        }
        let options = match &attr.meta {
            syn::Meta::List(list) => list.tokens.clone(),
            syn::Meta::Path(_) => TokenStream::new(),
            syn::Meta::NameValue(_) => {
                errors.at(attr, format!("write `#[{name}(…)]`"));
                TokenStream::new()
            }
        };
        taken = Some((options, attr.path().segments[0].ident.span()));
        false
    });
    taken
}
