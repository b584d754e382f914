//! Parses generic classes: each instance listed in the options becomes a class, under an alias of its own.

use std::collections::HashMap;

use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, GenericArgument, GenericParam, Generics, Ident, ItemImpl, ItemStruct, Path, Type};

use super::{bare, class};
use crate::errors::Errors;
use crate::grammar::attribute::Taken;
use crate::grammar::options::ClassOptions;
use crate::messages as say;
use crate::model::{Class, Instance, Methods, Name};

/// Reads a struct: one class, or one for each of the `instances`.
pub(crate) fn classes(taken: Taken, item: &mut ItemStruct, krate: &Path, errors: &mut Errors) -> Vec<Class> {
    let ClassOptions { instances, name, .. } =
        ClassOptions::parse(taken.options.clone(), &mut Errors::default());
    if instances.is_empty() {
        return vec![class(taken, item, krate, errors)];
    }
    if let Some(name) = name {
        errors.span(name.span, say::INSTANCES_NAME);
    }
    let params = params(&item.generics);
    if let Some(lifetime) = item.generics.lifetimes().next() {
        errors.at(lifetime, say::CLASS_GENERIC);
    }
    let mut classes = Vec::new();
    for instance in &instances {
        if instance.args.len() != params.len() {
            errors.span(instance.ident.span(), say::instance_args(&item.ident.to_string(), params.len()));
            continue;
        }
        let mut copy = item.clone();
        copy.generics = Generics::default();
        let mut substitute = Substitute::new(&params, &instance.args);
        copy.fields.iter_mut().for_each(|field| substitute.visit_type_mut(&mut field.ty));
        // What is wrong is said once.
        let mut more = Errors::default();
        let errors = if classes.is_empty() { &mut *errors } else { &mut more };
        let mut class = class(taken.clone(), &mut copy, krate, errors);
        let (ident, args) = (&item.ident, &instance.args);
        class.ident = instance.ident.clone();
        class.name = Name::of(&instance.ident);
        class.alias = Some((item.vis.clone(), quote!(#ident<#(#args),*>)));
        classes.push(class);
    }
    // The struct itself, without our attributes.
    let generics = std::mem::take(&mut item.generics);
    class(taken, item, krate, &mut Errors::default());
    item.generics = generics;
    classes
}

/// Has the block parameters other than lifetimes?
pub(crate) fn is_generic(item: &ItemImpl) -> bool {
    !params(&item.generics).is_empty()
}

/// Reads a generic `impl` block, once for each instance of its class.
pub(crate) fn methods(
    taken: &Taken,
    item: &mut ItemImpl,
    known: &HashMap<String, Vec<Instance>>,
    krate: &Path,
    errors: &mut Errors,
) -> Vec<Methods> {
    let own = params(&item.generics);
    let found =
        of_class(&item.self_ty).and_then(|(ident, args)| Some((known.get(&ident.to_string())?, args)));
    let Some((instances, of)) = found else {
        errors.at(&item.generics.params, say::CLASS_GENERIC);
        return Vec::new();
    };
    let mut all = Vec::new();
    for instance in instances {
        let args = own.iter().map(|param| {
            let at = of.iter().position(|arg| arg.as_ref() == Some(param))?;
            instance.args.get(at).cloned()
        });
        let Some(args) = args.collect::<Option<Vec<_>>>() else {
            errors.at(&item.self_ty, say::IMPL_GENERIC);
            return Vec::new();
        };
        let mut copy = of_one(item, &instance.ident);
        let mut substitute = Substitute::new(&own, &args);
        if let Some((_, path, _)) = &mut copy.trait_ {
            substitute.visit_path_mut(path);
        }
        for item in &mut copy.items {
            match item {
                syn::ImplItem::Fn(item) => substitute.visit_signature_mut(&mut item.sig),
                syn::ImplItem::Const(item) => substitute.visit_type_mut(&mut item.ty),
                _ => {}
            }
        }
        let mut more = Errors::default();
        let errors = if all.is_empty() { &mut *errors } else { &mut more };
        let mut methods = super::methods(taken.clone(), &mut copy, krate, errors);
        let functions = methods.iter_mut().flat_map(|methods| &mut methods.methods);
        for param in functions.flat_map(|method| &mut method.function.params) {
            if let Some(default) = &mut param.default {
                substitute.visit_expr_mut(default);
            }
        }
        all.extend(methods);
    }
    // The block itself, without our attributes.
    let mut plain = of_one(item, &Ident::new("Self_", proc_macro2::Span::call_site()));
    super::methods(taken.clone(), &mut plain, krate, &mut Errors::default());
    item.items = plain.items;
    all
}

/// The block as one of a class without parameters.
fn of_one(item: &ItemImpl, class: &Ident) -> ItemImpl {
    let mut copy = item.clone();
    copy.generics = Generics::default();
    copy.self_ty = syn::parse_quote!(#class);
    copy
}

/// The names of the parameters that are no lifetimes.
fn params(generics: &Generics) -> Vec<Ident> {
    let name = |param: &GenericParam| match param {
        GenericParam::Type(param) => Some(param.ident.clone()),
        GenericParam::Const(param) => Some(param.ident.clone()),
        GenericParam::Lifetime(_) => None,
    };
    generics.params.iter().filter_map(name).collect()
}

/// The class of a block, and its arguments that are plain names.
fn of_class(ty: &Type) -> Option<(&Ident, Vec<Option<Ident>>)> {
    let Type::Path(path) = bare(ty) else { return None };
    let last = path.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(args) = &last.arguments else { return None };
    let name = |arg: &GenericArgument| match arg {
        GenericArgument::Type(Type::Path(path)) => path.path.get_ident().cloned(),
        _ => None,
    };
    Some((&last.ident, args.args.iter().map(name).collect()))
}

/// Writes arguments for parameters.
struct Substitute(HashMap<String, GenericArgument>);

impl Substitute {
    fn new(params: &[Ident], args: &[GenericArgument]) -> Self {
        Substitute(params.iter().map(Ident::to_string).zip(args.iter().cloned()).collect())
    }

    fn of(&self, ident: &Ident) -> Option<&GenericArgument> {
        self.0.get(&ident.to_string())
    }
}

impl VisitMut for Substitute {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        let Type::Path(path) = &*ty else { return };
        let Some(first) = path.path.segments.first().filter(|_| path.qself.is_none()) else { return };
        let Some(arg) = self.of(&first.ident) else { return };
        let rest = path.path.segments.iter().skip(1);
        *ty = match path.path.segments.len() {
            1 => Type::Verbatim(quote!(#arg)),
            _ => Type::Verbatim(quote!(<#arg> #(::#rest)*)),
        };
        // Later steps look at types.
        if let Ok(parsed) = syn::parse2(quote!(#ty)) {
            *ty = parsed;
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let Expr::Path(path) = &*expr else { return };
        let Some(first) = path.path.segments.first().filter(|_| path.qself.is_none()) else { return };
        let Some(arg) = self.of(&first.ident) else { return };
        let rest = path.path.segments.iter().skip(1);
        *expr = match path.path.segments.len() {
            1 => Expr::Verbatim(quote!(#arg)),
            _ => Expr::Verbatim(quote!(<#arg> #(::#rest)*)),
        };
    }
}
