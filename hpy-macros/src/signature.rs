//! Python's grammar of parameters, with Rust expressions as defaults.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Expr, Ident, Token, parenthesized};

use crate::model::Kind;

/// `(a, /, b = 1, *args, c, **kwargs)`.
pub(crate) struct Signature {
    pub(crate) params: Vec<Declared>,
}

/// One parameter of it.
pub(crate) struct Declared {
    pub(crate) ident: Ident,
    pub(crate) kind: Kind,
    pub(crate) default: Option<Expr>,
}

impl Parse for Signature {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let content;
        parenthesized!(content in input);
        let mut state = State::default();
        while !content.is_empty() {
            state.item(&content)?;
            if !content.is_empty() {
                content.parse::<Token![,]>()?;
            }
        }
        Ok(Signature { params: state.finish()? })
    }
}

#[derive(Default)]
struct State {
    params: Vec<Declared>,
    slash: bool,
    /// A bare `*`, with nothing behind it yet.
    star: Option<Span>,
    keyword_only: bool,
    closed: bool,
}

impl State {
    fn item(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        if self.closed {
            return Err(input.error("nothing can come after `**kwargs`"));
        }
        if input.peek(Token![/]) {
            return self.slash(input);
        }
        if input.peek(Token![*]) {
            return self.star(input);
        }
        let ident = input.call(Ident::parse_any)?;
        let default = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Some(input.parse::<Expr>()?)
        } else {
            None
        };
        let kind = if self.keyword_only { Kind::KeywordOnly } else { Kind::Positional };
        if kind == Kind::Positional && default.is_none() {
            if let Some(before) = self.params.iter().find(|p| p.default.is_some()) {
                let message = format!(
                    "parameter `{ident}` without a default follows `{}`, which has one; give it a default, or put it behind `*`",
                    before.ident
                );
                return Err(syn::Error::new(ident.span(), message));
            }
        }
        self.star = None;
        self.add(ident, kind, default)
    }

    fn slash(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let slash = input.parse::<Token![/]>()?;
        if self.slash {
            return Err(syn::Error::new(slash.span(), "`/` can only stand there once"));
        }
        if self.keyword_only {
            return Err(syn::Error::new(slash.span(), "`/` must come before `*`"));
        }
        if self.params.is_empty() {
            return Err(syn::Error::new(slash.span(), "at least one parameter must come before `/`"));
        }
        self.slash = true;
        self.params.iter_mut().for_each(|p| p.kind = Kind::PositionalOnly);
        Ok(())
    }

    fn star(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let star = input.parse::<Token![*]>()?;
        if input.peek(Token![*]) {
            input.parse::<Token![*]>()?;
            if let Some(bare) = self.star {
                return Err(nothing_behind(bare));
            }
            let ident = input.call(Ident::parse_any)?;
            no_default(input, "**", &ident)?;
            self.closed = true;
            return self.add(ident, Kind::KwArgs, None);
        }
        if self.keyword_only {
            return Err(syn::Error::new(star.span(), "`*` can only stand there once"));
        }
        self.keyword_only = true;
        if input.is_empty() || input.peek(Token![,]) {
            self.star = Some(star.span());
            return Ok(());
        }
        let ident = input.call(Ident::parse_any)?;
        no_default(input, "*", &ident)?;
        self.add(ident, Kind::VarArgs, None)
    }

    fn add(&mut self, ident: Ident, kind: Kind, default: Option<Expr>) -> syn::Result<()> {
        if self.params.iter().any(|p| p.ident.unraw() == ident.unraw()) {
            return Err(syn::Error::new(ident.span(), format!("parameter `{ident}` stands there twice")));
        }
        self.params.push(Declared { ident, kind, default });
        Ok(())
    }

    fn finish(self) -> syn::Result<Vec<Declared>> {
        match self.star {
            Some(bare) => Err(nothing_behind(bare)),
            None => Ok(self.params),
        }
    }
}

fn nothing_behind(star: Span) -> syn::Error {
    syn::Error::new(star, "a bare `*` must have a keyword-only parameter behind it")
}

fn no_default(input: ParseStream<'_>, stars: &str, ident: &Ident) -> syn::Result<()> {
    if input.peek(Token![=]) {
        return Err(input.error(format!("`{stars}{ident}` can't have a default")));
    }
    Ok(())
}
