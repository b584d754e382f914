//! The options of derived conversions.

use proc_macro2::{Span, TokenStream};
use syn::{Expr, Path, Token};

use super::option_syntax::{each_at, flag, krate, name, value};
use super::rename_all::Rename;
use crate::errors::Errors;

/// Of `#[hpy(…)]` on a type that derives a conversion, or on a variant of one.
pub(crate) struct ConvertOptions {
    pub(crate) transparent: Option<Span>,
    /// `from_item_all`
    pub(crate) items: bool,
    pub(crate) rename_all: Rename,
    pub(crate) krate: Option<Path>,
}

impl Default for ConvertOptions {
    fn default() -> Self {
        ConvertOptions { transparent: None, items: false, rename_all: Rename::No, krate: None }
    }
}

impl ConvertOptions {
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options = ConvertOptions::default();
        let known = ["transparent", "from_item_all", "rename_all", "crate"];
        each_at(tokens, &known, errors, |key, span, input, _| {
            match key {
                "transparent" => options.transparent = flag(key, input).map(|_| Some(span))?,
                "from_item_all" => options.items = flag(key, input)?,
                "rename_all" => options.rename_all = Rename::parse(key, input)?,
                _ => options.krate = Some(krate(key, input)?),
            }
            Ok(())
        });
        options
    }
}

/// Of `#[hpy(…)]` on a field of such a type; with their places.
#[derive(Default)]
pub(crate) struct ConvertFieldOptions {
    pub(crate) attribute: Option<(Span, Option<String>)>,
    pub(crate) item: Option<(Span, Option<String>)>,
    pub(crate) default: Option<(Span, Option<Expr>)>,
    pub(crate) with: Option<Path>,
}

impl ConvertFieldOptions {
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options = ConvertFieldOptions::default();
        let known = ["attribute", "item", "default", "from_py_with"];
        each_at(tokens, &known, errors, |key, span, input, _| {
            let given = input.peek(Token![=]);
            match key {
                "attribute" => options.attribute = Some((span, Some(name(key, input)?.text))),
                "item" if given => options.item = Some((span, Some(name(key, input)?.text))),
                "item" => options.item = Some((span, None)),
                "default" if given => options.default = Some((span, Some(value(key, "0", input)?))),
                "default" => options.default = Some((span, None)),
                _ => options.with = Some(value(key, "function", input)?),
            }
            Ok(())
        });
        options
    }
}
