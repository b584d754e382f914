//! The options of enums, and of their variants.

use proc_macro2::TokenStream;
use syn::{Expr, LitStr, Path};

use super::option_syntax::{each, krate, name, value};
use super::options::signature;
use super::rename_all::Rename;
use super::signature::Signature;
use crate::errors::Errors;
use crate::messages as say;
use crate::model::{EnumBase, Name};

/// Of `#[hpy(…)]` on a variant of an enum.
#[derive(Default)]
pub(crate) struct VariantOptions {
    pub(crate) name: Option<Name>,
    pub(crate) constructor: Option<Signature>,
}

impl VariantOptions {
    pub(crate) fn parse(tokens: TokenStream, data: bool, errors: &mut Errors) -> Self {
        let mut options = VariantOptions::default();
        let known: &[&str] = if data { &["name", "constructor"] } else { &["name"] };
        each(tokens, known, errors, |key, input, errors| {
            match key {
                "name" => options.name = Some(name(key, input)?),
                _ => options.constructor = Some(signature(key, input, errors)?),
            }
            Ok(())
        });
        options
    }
}

/// Of `#[hpy(…)]` on a field of a variant.
pub(crate) fn variant_field(tokens: TokenStream, errors: &mut Errors) -> Option<Name> {
    let mut found = None;
    each(tokens, &["name"], errors, |key, input, _| {
        found = Some(name(key, input)?);
        Ok(())
    });
    found
}

/// Of `#[enumeration]`.
pub(crate) struct EnumerationOptions {
    pub(crate) name: Option<Name>,
    pub(crate) module: Option<Name>,
    pub(crate) rename_all: Rename,
    pub(crate) base: EnumBase,
    pub(crate) krate: Option<Path>,
}

impl EnumerationOptions {
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options = EnumerationOptions {
            name: None,
            module: None,
            rename_all: Rename::No,
            base: EnumBase::Enum,
            krate: None,
        };
        let known = ["base", "name", "module", "rename_all", "crate"];
        each(tokens, &known, errors, |key, input, _| {
            match key {
                "base" => {
                    let text: LitStr = value(key, "\"IntEnum\"", input)?;
                    let found = EnumBase::ALL.iter().find(|(name, _)| *name == text.value());
                    let known = EnumBase::ALL.map(|(name, _)| name);
                    let (_, base) =
                        found.ok_or_else(|| syn::Error::new(text.span(), say::enum_base(&known)))?;
                    options.base = *base;
                }
                "name" => options.name = Some(name(key, input)?),
                "module" => options.module = Some(name(key, input)?),
                "rename_all" => options.rename_all = Rename::parse(key, input)?,
                _ => options.krate = Some(krate(key, input)?),
            }
            Ok(())
        });
        options
    }
}

/// Of `#[hpy(…)]` on a member of an enum of Python's own kind.
#[derive(Default)]
pub(crate) struct EnumMemberOptions {
    pub(crate) name: Option<Name>,
    pub(crate) value: Option<Expr>,
}

impl EnumMemberOptions {
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut options = EnumMemberOptions::default();
        each(tokens, &["name", "value"], errors, |key, input, _| {
            match key {
                "name" => options.name = Some(name(key, input)?),
                _ => options.value = Some(value(key, "\"…\"", input)?),
            }
            Ok(())
        });
        options
    }
}
