//! Parses types that derive `FromPython` or `IntoPython`.

use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields};

use crate::errors::Errors;
use crate::grammar::attribute;
use crate::grammar::attribute::default_crate;
use crate::grammar::derive_options::{ConvertFieldOptions, ConvertOptions};
use crate::messages as say;
use crate::model::{Convert, ConvertField, ConvertFields, ConvertShape, FieldDefault, Form};

/// Reads a type.
pub(crate) fn convert(item: &mut DeriveInput, errors: &mut Errors) -> Option<Convert> {
    let mut options = ConvertOptions::default();
    for taken in attribute::take(&mut item.attrs, "hpy", &default_crate(), errors) {
        options = ConvertOptions::parse(taken.options, errors);
    }
    for param in &item.generics.params {
        if !matches!(param, syn::GenericParam::Type(_)) {
            errors.at(param, say::CONVERT_GENERIC);
        }
    }
    let shape = match &mut item.data {
        Data::Struct(data) => {
            let span = item.ident.span();
            ConvertShape::Struct(fields(&mut data.fields, &options, span, errors))
        }
        Data::Enum(data) => {
            if data.variants.is_empty() {
                errors.at(&item.ident, say::NO_VARIANTS);
            }
            let mut variants = Vec::new();
            for variant in &mut data.variants {
                let mut own = ConvertOptions { rename_all: options.rename_all, ..ConvertOptions::default() };
                for taken in attribute::take(&mut variant.attrs, "hpy", &default_crate(), errors) {
                    own = ConvertOptions::parse(taken.options, errors);
                }
                own.items |= options.items;
                let span = variant.ident.span();
                variants.push((variant.ident.clone(), fields(&mut variant.fields, &own, span, errors)));
            }
            ConvertShape::Enum(variants)
        }
        Data::Union(data) => {
            errors.at(data.union_token, say::CONVERT_GOES_ON);
            return None;
        }
    };
    let krate = options.krate.unwrap_or_else(default_crate);
    Some(Convert { ident: item.ident.clone(), generics: item.generics.clone(), krate, shape })
}

fn fields(
    fields: &mut Fields,
    options: &ConvertOptions,
    span: proc_macro2::Span,
    errors: &mut Errors,
) -> ConvertFields {
    let form = match (&*fields, options.transparent) {
        (_, Some(span)) => {
            if fields.len() != 1 {
                errors.span(span, say::TRANSPARENT);
            }
            Form::Transparent
        }
        (Fields::Unnamed(unnamed), None) if unnamed.unnamed.len() == 1 => Form::Transparent,
        (Fields::Unnamed(_), None) => Form::Tuple,
        (Fields::Named(_), None) => Form::Named,
        (Fields::Unit, None) => Form::Tuple,
    };
    if fields.is_empty() {
        errors.span(span, say::CONVERT_EMPTY);
    }
    let mut found = Vec::new();
    for (index, field) in fields.iter_mut().enumerate() {
        let mut own = ConvertFieldOptions::default();
        for taken in attribute::take(&mut field.attrs, "hpy", &default_crate(), errors) {
            own = ConvertFieldOptions::parse(taken.options, errors);
        }
        let name = field.ident.as_ref().map(|ident| options.rename_all.apply(&ident.unraw().to_string()));
        if form != Form::Named {
            for span in
                [own.item.as_ref(), own.attribute.as_ref()].into_iter().flatten().map(|(span, _)| span)
            {
                errors.span(*span, say::CONVERT_KEY);
            }
            if let Some((span, _)) = &own.default {
                errors.span(*span, say::CONVERT_KEY);
            }
        } else if let (Some(_), Some((span, _))) = (&own.attribute, &own.item) {
            errors.span(*span, say::ITEM_OR_ATTRIBUTE);
        }
        let item = own.item.is_some() || options.items && own.attribute.is_none();
        let key = own.item.or(own.attribute).and_then(|(_, key)| key);
        found.push(ConvertField {
            member: match &field.ident {
                Some(ident) => syn::Member::Named(ident.clone()),
                None => syn::Member::Unnamed(syn::Index { index: index as u32, span: field.ty.span() }),
            },
            ty: field.ty.clone(),
            key: key.or(name).unwrap_or_default(),
            item,
            default: match own.default {
                None => FieldDefault::None,
                Some((_, None)) => FieldDefault::OfType,
                Some((_, Some(expr))) => FieldDefault::Expr(expr),
            },
            with: own.with,
        });
    }
    ConvertFields { form, fields: found }
}
