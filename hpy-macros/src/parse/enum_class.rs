//! Parses enums that are classes, and their variants.

use proc_macro2::Span;
use quote::format_ident;
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{Fields, Ident, ItemEnum, Path};

use super::class::is_field;
use super::function::constructor;
use crate::errors::Errors;
use crate::grammar::attribute;
use crate::grammar::attribute::Taken;
use crate::grammar::enum_options::{VariantOptions, variant_field};
use crate::grammar::options::ClassOptions;
use crate::grammar::rename_all::Rename;
use crate::messages as say;
use crate::model::{Cfgs, Class, Doc, Member, Name, This, Unit, Variant, Variants};

/// Reads an enum. `krate` is the crate's path unless the options say otherwise.
pub(crate) fn class_of_enum(taken: Taken, item: &mut ItemEnum, krate: &Path, errors: &mut Errors) -> Class {
    let mut options = ClassOptions::parse(taken.options, errors);
    let krate = options.krate.unwrap_or_else(|| krate.clone());
    if let Some(param) = item.generics.params.first() {
        errors.at(param, say::CLASS_GENERIC);
    }
    if let Some(instance) = options.instances.first() {
        errors.at(&instance.ident, say::not_on_enum("instances"));
    }
    if item.variants.is_empty() {
        errors.at(&item.ident, say::NO_VARIANTS);
    }
    // Variants are shared by all who use them.
    options.flags.frozen.get_or_insert(item.ident.span());
    let rename = options.rename_all;
    let variants = if item.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit)) {
        Variants::Units { units: units(item, rename, &krate, errors), repr: repr(item) }
    } else {
        Variants::Data(data(item, rename, &krate, errors))
    };
    Class {
        name: options.name.unwrap_or_else(|| Name::of(&item.ident)),
        ident: item.ident.clone(),
        module: options.module,
        doc: Doc::of(&item.attrs, errors),
        extends: options.extends,
        options: options.flags,
        members: Vec::new(),
        variants: Some(variants),
        alias: None,
        generic: !item.generics.params.is_empty(),
        cfgs: Cfgs::of(&item.attrs).and(taken.condition.as_ref()),
        krate,
    }
}

fn units(item: &mut ItemEnum, rename: Rename, krate: &Path, errors: &mut Errors) -> Vec<Unit> {
    let mut units = Vec::new();
    for variant in &mut item.variants {
        let mut options = VariantOptions::default();
        for taken in attribute::take(&mut variant.attrs, "hpy", krate, errors) {
            options = VariantOptions::parse(taken.options, false, errors);
        }
        units.push(Unit {
            name: options.name.unwrap_or_else(|| renamed(&variant.ident, rename)),
            ident: variant.ident.clone(),
            cfgs: Cfgs::of(&variant.attrs),
        });
    }
    units
}

fn data(item: &mut ItemEnum, rename: Rename, krate: &Path, errors: &mut Errors) -> Vec<Variant> {
    let this = This::Class(item.ident.clone());
    let mut variants = Vec::new();
    for variant in &mut item.variants {
        let mut options = VariantOptions::default();
        for taken in attribute::take(&mut variant.attrs, "hpy", krate, errors) {
            options = VariantOptions::parse(taken.options, true, errors);
        }
        if let Fields::Unit = variant.fields {
            errors.at(&variant.ident, say::unit_among_data(&variant.ident.to_string()));
        }
        let members = members(&mut variant.fields, krate, errors);
        let fields = members.iter().map(|member| {
            let ident = Ident::parse_any.parse_str(&member.name.text);
            // A name that is none is reported as such.
            let mut ident = ident.unwrap_or_else(|_| format_ident!("_"));
            ident.set_span(member.name.span);
            (ident, member.ty.clone())
        });
        let (params, args) = constructor(fields.collect(), options.constructor.as_ref(), &this, errors);
        variants.push(Variant {
            name: options.name.unwrap_or_else(|| renamed(&variant.ident, rename)),
            ident: variant.ident.clone(),
            doc: Doc::of(&variant.attrs, errors),
            cfgs: Cfgs::of(&variant.attrs),
            tuple: matches!(variant.fields, Fields::Unnamed(_)),
            members,
            params,
            args,
        });
    }
    variants
}

/// The fields of a variant: attributes that can be read.
fn members(fields: &mut Fields, krate: &Path, errors: &mut Errors) -> Vec<Member> {
    let mut members = Vec::new();
    for (index, field) in fields.iter_mut().enumerate() {
        let taken = attribute::take(&mut field.attrs, "hpy", krate, errors);
        let name = taken.into_iter().fold(None, |_, taken| variant_field(taken.options, errors));
        let (member, own) = match &field.ident {
            Some(ident) => (syn::Member::Named(ident.clone()), Name::of(ident)),
            None => {
                let span = field.ty.span();
                let member = syn::Member::Unnamed(syn::Index { index: index as u32, span });
                (member, Name { text: format!("_{index}"), span })
            }
        };
        members.push(Member {
            member,
            is_field: is_field(&field.ty),
            get: true,
            set: false,
            ty: field.ty.clone(),
            doc: Doc::of(&field.attrs, errors),
            name: name.unwrap_or(own),
        });
    }
    members
}

/// The name of a variant in Python.
pub(super) fn renamed(ident: &Ident, rename: Rename) -> Name {
    let name = Name::of(ident);
    Name { text: rename.apply(&name.text), span: name.span }
}

/// The type of an enum's numbers: that of `#[repr(…)]`, or `isize`.
pub(super) fn repr(item: &ItemEnum) -> Ident {
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
