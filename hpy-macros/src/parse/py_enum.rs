//! Parses enums made by Python's `enum` module.

use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Fields, ItemEnum, Path};

use super::enum_class::{renamed, repr};
use crate::errors::Errors;
use crate::grammar::attribute;
use crate::grammar::attribute::Taken;
use crate::grammar::enum_options::{EnumMemberOptions, EnumerationOptions};
use crate::messages as say;
use crate::model::{Cfgs, Doc, EnumMember, Enumeration, Name};

/// Reads an enum. `krate` is the crate's path unless the options say otherwise.
pub(crate) fn enumeration(
    taken: Taken,
    item: &mut ItemEnum,
    krate: &Path,
    errors: &mut Errors,
) -> Enumeration {
    let options = EnumerationOptions::parse(taken.options, errors);
    let krate = options.krate.unwrap_or_else(|| krate.clone());
    if let Some(param) = item.generics.params.first() {
        errors.at(param, say::ENUMERATION_GENERIC);
    }
    if item.variants.is_empty() {
        errors.at(&item.ident, say::NO_VARIANTS);
    }
    let mut members = Vec::new();
    for variant in &mut item.variants {
        let mut of_member = EnumMemberOptions::default();
        for taken in attribute::take(&mut variant.attrs, "hpy", &krate, errors) {
            of_member = EnumMemberOptions::parse(taken.options, errors);
        }
        if !matches!(variant.fields, Fields::Unit) {
            errors.at(variant.fields.to_token_stream(), say::MEMBER_WITH_DATA);
        }
        members.push(EnumMember {
            name: of_member.name.unwrap_or_else(|| renamed(&variant.ident, options.rename_all)),
            ident: variant.ident.clone(),
            value: of_member.value,
            number: variant.discriminant.as_ref().map(|(_, number)| number.span()),
            cfgs: Cfgs::of(&variant.attrs),
        });
    }
    Enumeration {
        name: options.name.unwrap_or_else(|| Name::of(&item.ident)),
        ident: item.ident.clone(),
        module: options.module,
        doc: Doc::of(&item.attrs, errors),
        base: options.base,
        members,
        repr: repr(item),
        cfgs: Cfgs::of(&item.attrs).and(taken.condition.as_ref()),
        krate,
    }
}
