//! Python's grammar of parameters, with Rust expressions as defaults: `(a, /, b = 1, *args, c, **kwargs)`.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, Ident, Token, parenthesized};

use super::option_syntax::list;
use crate::errors::Errors;
use crate::messages as say;
use crate::model::Kind;

pub(crate) struct Signature {
    pub(crate) params: Vec<Declared>,
    /// Were there items that could not be read, so that names may be missing?
    pub(crate) broken: bool,
}

/// One parameter of it.
pub(crate) struct Declared {
    pub(crate) ident: Ident,
    pub(crate) kind: Kind,
    pub(crate) default: Option<Expr>,
}

impl Signature {
    /// Reads it; what is wrong with its items becomes errors, and the rest is read all the same.
    pub(crate) fn parse(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Self> {
        let content;
        parenthesized!(content in input);
        let mut state = State { params: Vec::new(), slash: false, star: Star::None, closed: false };
        let good = list(&content, errors, |input, errors| state.item(input, errors))?;
        if let Star::Bare(span) = state.star {
            errors.span(span, say::STAR_LAST);
        }
        Ok(Signature { params: state.params, broken: !good })
    }
}

struct State {
    params: Vec<Declared>,
    slash: bool,
    star: Star,
    /// Was there a `**kwargs`?
    closed: bool,
}

enum Star {
    /// Parameters can be given by position.
    None,
    /// A bare `*`, with nothing behind it yet.
    Bare(Span),
    /// Parameters are keyword-only.
    Done,
}

impl State {
    fn item(&mut self, input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<()> {
        if self.closed {
            errors.push(input.error(say::AFTER_KWARGS));
        }
        if input.peek(Token![/]) {
            return self.slash(input, errors);
        }
        if input.peek(Token![*]) {
            return self.star(input, errors);
        }
        let ident = name(input)?;
        if input.peek(Token![:]) {
            errors.push(input.error(say::typed(&ident.to_string())));
            while !input.is_empty() && !input.peek(Token![,]) && !input.peek(Token![=]) {
                input.parse::<proc_macro2::TokenTree>()?;
            }
        }
        let default = match input.parse::<Option<Token![=]>>()? {
            Some(_) => Some(input.parse::<Expr>()?),
            None => None,
        };
        let kind = match self.star {
            Star::None => Kind::Positional,
            Star::Bare(_) | Star::Done => Kind::KeywordOnly,
        };
        if kind == Kind::Positional && default.is_none() {
            if let Some(before) = self.params.iter().find(|param| param.default.is_some()) {
                let message = say::no_default(&ident.to_string(), &before.ident.to_string());
                errors.span(ident.span(), message);
            }
        }
        if let Star::Bare(_) = self.star {
            self.star = Star::Done;
        }
        self.add(ident, kind, default, errors);
        Ok(())
    }

    fn slash(&mut self, input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<()> {
        let slash = input.parse::<Token![/]>()?;
        let error = if self.slash {
            say::SLASH_TWICE
        } else if !matches!(self.star, Star::None) {
            say::SLASH_LATE
        } else if self.params.is_empty() {
            say::SLASH_FIRST
        } else {
            self.params.iter_mut().for_each(|param| param.kind = Kind::PositionalOnly);
            self.slash = true;
            return Ok(());
        };
        errors.at(slash, error);
        Ok(())
    }

    fn star(&mut self, input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<()> {
        let star = input.parse::<Token![*]>()?;
        if input.parse::<Option<Token![*]>>()?.is_some() {
            let ident = variadic("**", input, errors)?;
            if let Star::Bare(bare) = std::mem::replace(&mut self.star, Star::Done) {
                errors.span(bare, say::STAR_LAST);
            }
            self.closed = true;
            self.add(ident, Kind::KwArgs, None, errors);
            return Ok(());
        }
        if !matches!(self.star, Star::None) {
            errors.at(star, say::STAR_TWICE);
        }
        if input.is_empty() || input.peek(Token![,]) {
            if let Star::None = self.star {
                self.star = Star::Bare(star.span);
            }
            return Ok(());
        }
        let ident = variadic("*", input, errors)?;
        self.star = Star::Done;
        self.add(ident, Kind::VarArgs, None, errors);
        Ok(())
    }

    fn add(&mut self, ident: Ident, kind: Kind, default: Option<Expr>, errors: &mut Errors) {
        if self.params.iter().any(|param| param.ident.unraw() == ident.unraw()) {
            errors.span(ident.span(), say::parameter_twice(&ident.unraw().to_string()));
        } else {
            self.params.push(Declared { ident, kind, default });
        }
    }
}

/// The name behind `*` or `**`.
fn variadic(stars: &str, input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Ident> {
    let ident = name(input)?;
    if let Some(equals) = input.parse::<Option<Token![=]>>()? {
        errors.at(equals, say::variadic_default(&format!("{stars}{ident}")));
        input.parse::<Expr>()?;
    }
    Ok(ident)
}

fn name(input: ParseStream<'_>) -> syn::Result<Ident> {
    input.call(Ident::parse_any).map_err(|error| syn::Error::new(error.span(), say::PARAMETER_NAME))
}
