//! Parses classes: the struct, its fields and their attributes.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{ItemStruct, Path, Type};

use super::bare;
use crate::errors::Errors;
use crate::grammar::attribute;
use crate::grammar::attribute::Taken;
use crate::grammar::options::{ClassOptions, MemberOptions};
use crate::messages as say;
use crate::model::{Cfgs, Class, Doc, Member, Name};

/// Reads a struct. `krate` is the crate's path unless the options say otherwise.
pub(crate) fn class(taken: Taken, item: &mut ItemStruct, krate: &Path, errors: &mut Errors) -> Class {
    let options = ClassOptions::parse(taken.options, errors);
    let krate = options.krate.unwrap_or_else(|| krate.clone());
    if let Some(param) = item.generics.params.first() {
        errors.at(param, say::CLASS_GENERIC);
    }
    let mut members = Vec::new();
    for (index, field) in item.fields.iter_mut().enumerate() {
        let of_field = attribute::take(&mut field.attrs, "hpy", &krate, errors);
        let mut found = MemberOptions::default();
        for taken in of_field {
            found = MemberOptions::parse(taken.options, errors);
        }
        let cfg = field.attrs.iter().find(|attr| attr.path().is_ident("cfg"));
        if let Some(cfg) = cfg {
            let shown = [found.get, found.set, options.flags.get_all, options.flags.set_all];
            if field.ident.is_none() || shown.iter().any(Option::is_some) {
                errors.at(cfg, say::CFG_FIELD);
            }
        }
        let member = match &field.ident {
            Some(ident) => syn::Member::Named(ident.clone()),
            None => syn::Member::Unnamed(syn::Index { index: index as u32, span: field.ty.span() }),
        };
        let name = match (found.name, &field.ident) {
            (Some(name), _) => name,
            (None, Some(ident)) => {
                Name { text: options.rename_all.apply(&ident.unraw().to_string()), span: ident.span() }
            }
            (None, None) => Name { text: format!("_{index}"), span: field.ty.span() },
        };
        members.push(Member {
            member,
            is_field: is_field(&field.ty),
            get: found.get.is_some() || options.flags.get_all.is_some(),
            set: found.set.is_some() || options.flags.set_all.is_some(),
            ty: field.ty.clone(),
            doc: Doc::of(&field.attrs, errors),
            name,
        });
    }
    Class {
        name: options.name.unwrap_or_else(|| Name::of(&item.ident)),
        ident: item.ident.clone(),
        module: options.module,
        doc: Doc::of(&item.attrs, errors),
        extends: options.extends,
        options: options.flags,
        members,
        variants: None,
        alias: None,
        generic: !item.generics.params.is_empty(),
        cfgs: Cfgs::of(&item.attrs).and(taken.condition.as_ref()),
        krate,
    }
}

/// Is it `Field` or `Field<T>`, by its name?
pub(super) fn is_field(ty: &Type) -> bool {
    let Type::Path(path) = bare(ty) else { return false };
    path.path.segments.last().is_some_and(|segment| segment.ident == "Field")
}

/// Finds a type that a class can't store, and returns its span and name.
pub(crate) fn held_for_a_call(ty: &Type) -> Option<(Span, String)> {
    use syn::visit::{self, Visit};
    struct Found(Option<(Span, String)>);
    impl<'ast> Visit<'ast> for Found {
        fn visit_path_segment(&mut self, segment: &'ast syn::PathSegment) {
            let name = segment.ident.to_string();
            let ours = ["Handle", "Ref", "Context", "ClassRef", "ClassRefMut"].contains(&name.as_str());
            let lifetime = match &segment.arguments {
                syn::PathArguments::AngleBracketed(arguments) => {
                    arguments.args.iter().any(|arg| matches!(arg, syn::GenericArgument::Lifetime(_)))
                }
                _ => name == "Handle" || name == "Context",
            };
            if ours && lifetime && self.0.is_none() {
                self.0 = Some((segment.ident.span(), name));
            }
            visit::visit_path_segment(self, segment);
        }
    }
    let mut found = Found(None);
    found.visit_type(ty);
    found.0
}
