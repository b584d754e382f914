//! Enums as classes: their variants.

use proc_macro2::Span;
use syn::{Fields, Ident, ItemEnum, Path};

use crate::attr::{self, Taken};
use crate::errors::Errors;
use crate::messages as say;
use crate::model::{Cfgs, Class, Doc, Name, Unit, Variants};
use crate::options::{ClassOptions, Rename, VariantOptions};

/// Reads an enum. `krate` is the crate's path unless the options say otherwise.
pub(crate) fn class_of_enum(taken: Taken, item: &mut ItemEnum, krate: &Path, errors: &mut Errors) -> Class {
    let mut options = ClassOptions::parse(taken.options, errors);
    let krate = options.krate.unwrap_or_else(|| krate.clone());
    if let Some(param) = item.generics.params.first() {
        errors.at(param, say::CLASS_GENERIC);
    }
    if item.variants.is_empty() {
        errors.at(&item.ident, say::NO_VARIANTS);
    }
    // Variants are shared by all who use them.
    options.flags.frozen.get_or_insert(item.ident.span());
    let variants =
        Variants::Units { units: units(item, options.rename_all, &krate, errors), repr: repr(item) };
    Class {
        name: options.name.unwrap_or_else(|| Name::of(&item.ident)),
        ident: item.ident.clone(),
        module: options.module,
        doc: Doc::of(&item.attrs, errors),
        options: options.flags,
        members: Vec::new(),
        variants: Some(variants),
        generic: !item.generics.params.is_empty(),
        cfgs: Cfgs::of(&item.attrs).and(taken.condition.as_ref()),
        krate,
    }
}

fn units(item: &mut ItemEnum, rename: Rename, krate: &Path, errors: &mut Errors) -> Vec<Unit> {
    let mut units = Vec::new();
    for variant in &mut item.variants {
        let mut options = VariantOptions::default();
        for taken in attr::take(&mut variant.attrs, "hpy", krate, errors) {
            options = VariantOptions::parse(taken.options, errors);
        }
        if !matches!(variant.fields, Fields::Unit) {
            errors.at(&variant.fields, say::VARIANT_WITH_DATA);
        }
        units.push(Unit {
            name: options.name.unwrap_or_else(|| renamed(&variant.ident, rename)),
            ident: variant.ident.clone(),
            cfgs: Cfgs::of(&variant.attrs),
        });
    }
    units
}

/// The name of a variant in Python.
fn renamed(ident: &Ident, rename: Rename) -> Name {
    let name = Name::of(ident);
    Name { text: rename.apply(&name.text), span: name.span }
}

/// The type of an enum's numbers: that of `#[repr(…)]`, or `isize`.
fn repr(item: &ItemEnum) -> Ident {
    let mut found = Ident::new("isize", Span::call_site());
    for attr in item.attrs.iter().filter(|attr| attr.path().is_ident("repr")) {
        let _ = attr.parse_nested_meta(|meta| {
            if let Some(name) = meta.path.get_ident() {
                let text = name.to_string();
                if text.starts_with(['i', 'u']) {
                    found = Ident::new(&text, Span::call_site());
                }
            }
            Ok(())
        });
    }
    found
}
