//! Attributes of items: finds ours, and reads `cfg` and `doc`, also inside of `cfg_attr`.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Path};

use crate::errors::Errors;
use crate::messages as say;
use crate::model::{Cfgs, Doc, DocPart};

/// The crate's usual path.
pub(crate) fn default_crate() -> Path {
    syn::parse_quote!(::hpy)
}

/// One of our attributes, taken off an item.
#[derive(Clone)]
pub(crate) struct Taken {
    /// The tokens in the parentheses.
    pub(crate) options: TokenStream,
    pub(crate) span: Span,
    /// The condition, if it stood in a `cfg_attr`.
    pub(crate) condition: Option<TokenStream>,
}

impl Taken {
    /// Adds options that were written in another attribute.
    pub(crate) fn add(&mut self, options: TokenStream) {
        let ends = |tokens: &TokenStream| {
            tokens
                .clone()
                .into_iter()
                .last()
                .is_none_or(|last| matches!(last, TokenTree::Punct(punct) if punct.as_char() == ','))
        };
        if !ends(&self.options) && !options.is_empty() {
            self.options.extend(quote!(,));
        }
        self.options.extend(options);
    }
}

/// Adds the options of `#[hpy(…)]` on the item to those of our attributes, which may have them in their parentheses, too.
pub(crate) fn add_options(
    taken: &mut [Taken],
    attrs: &mut Vec<Attribute>,
    krate: &Path,
    errors: &mut Errors,
) {
    for more in take(attrs, "hpy", krate, errors) {
        taken.iter_mut().for_each(|taken| taken.add(more.options.clone()));
    }
}

/// All attributes of ours, but for those of the items that only stand by themselves.
const NAMES: &[&str] = &[
    "function",
    "init",
    "export",
    "class",
    "enumeration",
    "methods",
    "new",
    "getter",
    "setter",
    "deleter",
    "staticmethod",
    "classmethod",
    "classattr",
    "hpy",
];

/// The tokens without our attributes: for an item that could not be read, whose attributes nobody else knows.
pub(crate) fn without_ours(tokens: TokenStream) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    let krate = default_crate();
    for token in tokens {
        let TokenTree::Group(group) = &token else {
            out.push(token);
            continue;
        };
        let after_hash = matches!(out.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == '#');
        let ours = group.delimiter() == Delimiter::Bracket
            && after_hash
            && syn::parse2::<Meta>(group.stream())
                .is_ok_and(|meta| NAMES.iter().any(|name| is_ours(meta.path(), name, &krate)));
        if ours {
            out.pop();
            continue;
        }
        let mut inner = Group::new(group.delimiter(), without_ours(group.stream()));
        inner.set_span(group.span());
        out.push(inner.into());
    }
    out.into_iter().collect()
}

/// The contents of `cfg_attr(condition, attribute, …)`.
struct Conditional {
    condition: TokenStream,
    attributes: Vec<TokenStream>,
}

impl Conditional {
    fn parse(attr: &Attribute) -> Option<Self> {
        let Meta::List(list) = &attr.meta else { return None };
        if !list.path.is_ident("cfg_attr") {
            return None;
        }
        let mut parts = vec![TokenStream::new()];
        for token in list.tokens.clone() {
            match (&token, parts.last_mut()) {
                (TokenTree::Punct(punct), _) if punct.as_char() == ',' => parts.push(TokenStream::new()),
                (_, Some(last)) => last.extend([token]),
                (_, None) => {}
            }
        }
        let condition = parts.remove(0);
        parts.retain(|part| !part.is_empty());
        Some(Conditional { condition, attributes: parts })
    }

    /// The attributes in it that are in a form we know.
    fn metas(&self) -> impl Iterator<Item = Meta> + '_ {
        self.attributes.iter().filter_map(|tokens| syn::parse2(tokens.clone()).ok())
    }
}

/// Takes the attributes of that name off, written plainly or with the crate's name before it.
pub(crate) fn take(attrs: &mut Vec<Attribute>, name: &str, krate: &Path, errors: &mut Errors) -> Vec<Taken> {
    let mut taken = Vec::new();
    attrs.retain_mut(|attr| {
        if is_ours(attr.path(), name, krate) {
            taken.push(take_meta(&attr.meta, name, None, errors));
            return false;
        }
        let Some(mut conditional) = Conditional::parse(attr) else { return true };
        let before = conditional.attributes.len();
        let condition = conditional.condition.clone();
        conditional.attributes.retain(|tokens| match syn::parse2::<Meta>(tokens.clone()) {
            Ok(meta) if is_ours(meta.path(), name, krate) => {
                taken.push(take_meta(&meta, name, Some(condition.clone()), errors));
                false
            }
            _ => true,
        });
        let left = conditional.attributes;
        if left.len() < before {
            *attr = syn::parse_quote!(#[cfg_attr(#condition, #(#left),*)]);
        }
        !left.is_empty() || before == 0
    });
    let mut plain = false;
    taken.retain(|taken| {
        let again = plain && taken.condition.is_none();
        if again {
            errors.span(taken.span, say::attribute_twice(name));
        }
        plain |= taken.condition.is_none();
        !again
    });
    taken
}

fn is_ours(path: &Path, name: &str, krate: &Path) -> bool {
    let Some(last) = path.segments.last() else { return false };
    let prefix = path.segments.iter().rev().nth(1);
    let ours = krate.segments.last().map(|segment| &segment.ident);
    last.ident == name && prefix.is_none_or(|prefix| prefix.ident == "hpy" || Some(&prefix.ident) == ours)
}

fn take_meta(meta: &Meta, name: &str, condition: Option<TokenStream>, errors: &mut Errors) -> Taken {
    let options = match meta {
        Meta::List(list) => list.tokens.clone(),
        Meta::Path(_) => TokenStream::new(),
        Meta::NameValue(_) => {
            errors.at(meta, say::attribute_form(name));
            TokenStream::new()
        }
    };
    Taken { options, span: meta.path().span(), condition }
}

impl Cfgs {
    /// Those of an item.
    pub(crate) fn of(attrs: &[Attribute]) -> Self {
        let mut cfgs = Vec::new();
        for attr in attrs {
            if attr.path().is_ident("cfg") {
                cfgs.push(attr.to_token_stream());
            }
            let Some(conditional) = Conditional::parse(attr) else { continue };
            let condition = &conditional.condition;
            for meta in conditional.metas().filter(|meta| meta.path().is_ident("cfg")) {
                cfgs.push(quote!(#[cfg_attr(#condition, #meta)]));
            }
        }
        Cfgs(cfgs)
    }

    /// These, and the condition under which our attribute was there.
    pub(crate) fn and(mut self, condition: Option<&TokenStream>) -> Self {
        self.0.extend(condition.map(|condition| quote!(#[cfg(#condition)])));
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl ToTokens for Cfgs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.iter().cloned());
    }
}

impl Doc {
    /// That of an item.
    pub(crate) fn of(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut doc = Doc::default();
        for attr in attrs {
            doc.add(None, &attr.meta, errors);
            if let Some(conditional) = Conditional::parse(attr) {
                for meta in conditional.metas() {
                    doc.add(Some(conditional.condition.clone()), &meta, errors);
                }
            }
        }
        doc
    }

    fn add(&mut self, condition: Option<TokenStream>, meta: &Meta, errors: &mut Errors) {
        let Meta::NameValue(meta) = meta else { return };
        if !meta.path.is_ident("doc") {
            return;
        }
        let mut value = &meta.value;
        while let Expr::Group(group) = value {
            value = &group.expr;
        }
        let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = value else {
            self.0.push(DocPart::Expr(condition, value.to_token_stream()));
            return;
        };
        if text.value().contains('\0') {
            errors.at(text, say::NUL);
        }
        let lines = lines(&text.value());
        match (condition, self.0.last_mut()) {
            (Some(condition), _) => self.0.push(DocPart::Expr(Some(condition), lines.to_token_stream())),
            (None, Some(DocPart::Text(before))) => {
                before.push('\n');
                before.push_str(&lines);
            }
            (None, _) => self.0.push(DocPart::Text(lines)),
        }
    }
}

/// The lines of a doc comment without the space that stands before their text, or the stars of a block comment.
fn lines(text: &str) -> String {
    let starred = text.lines().count() > 1
        && text.lines().skip(1).all(|line| line.trim().is_empty() || line.trim_start().starts_with('*'));
    let line = |line: &str| {
        let line = match line.trim_start().strip_prefix('*') {
            Some(rest) if starred => rest.to_owned(),
            _ => line.to_owned(),
        };
        line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned()
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
