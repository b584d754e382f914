//! Rules about modules, and about several of their items.

use std::collections::HashMap;

use syn::Ident;

use super::class::class_with_methods;
use super::names::python_name;
use crate::errors::Errors;
use crate::messages as say;
use crate::model::{Cfgs, Module, Name, What};

/// A module with everything in it.
pub(crate) fn module(module: &Module, errors: &mut Errors) {
    let Name { text, span } = &module.name;
    if text.contains('.') {
        errors.span(*span, say::MODULE_DOTS);
    } else if !text.is_ascii() {
        errors.span(*span, say::MODULE_ASCII);
    } else {
        python_name(&module.name, say::keyword, errors);
    }
    // Items under different `cfg`s may share a name.
    let clash = |one: &Cfgs, two: &Cfgs| one.is_empty() || two.is_empty();
    let mut seen: HashMap<&str, &Cfgs> = HashMap::new();
    let mut init: Option<&Cfgs> = None;
    for entry in &module.entries {
        if let Some(name) = &entry.name {
            if seen.insert(&name.text, &entry.cfgs).is_some_and(|before| clash(before, &entry.cfgs)) {
                errors.span(name.span, say::same_name(&name.text));
            }
        }
        match &entry.what {
            What::Function(function) => super::function::function(function, errors),
            What::Class(class) => super::class::class(class, errors),
            What::Methods(methods) => super::class::methods(methods, errors),
            What::Enumeration(enumeration) => super::py_enum::enumeration(enumeration, errors),
            What::ExportClass(_) | What::ExportEnumeration(_) => {}
            What::Constant(..) | What::Export { .. } => {
                if let Some(name) = entry.name.as_ref().filter(|name| name.text != "_") {
                    python_name(name, say::keyword, errors);
                }
            }
            What::Init { ident, .. } => {
                if init.is_some_and(|before| clash(before, &entry.cfgs)) {
                    errors.at(ident, say::INIT_TWICE);
                }
                init = Some(&entry.cfgs);
            }
            What::Global(_) | What::Submodule(..) => {}
        }
    }
    classes(module, errors);
}

/// A class may not be, by way of others, its own base.
fn bases(module: &Module, errors: &mut Errors) {
    let base = |ident: &Ident| {
        module.entries.iter().find_map(|entry| match &entry.what {
            What::Class(class) if class.ident == *ident => class.extends.as_ref()?.get_ident(),
            _ => None,
        })
    };
    for entry in &module.entries {
        let What::Class(class) = &entry.what else { continue };
        let mut next = base(&class.ident);
        for _ in 0..module.entries.len() {
            match next {
                Some(ident) if *ident == class.ident => {
                    errors.at(&class.extends, say::extends_itself(&class.ident.to_string()));
                    return;
                }
                Some(ident) => next = base(ident),
                None => break,
            }
        }
    }
}

/// Classes together with their methods.
fn classes(module: &Module, errors: &mut Errors) {
    bases(module, errors);
    for entry in &module.entries {
        let What::Methods(methods) = &entry.what else { continue };
        let class = module.entries.iter().find_map(|entry| match &entry.what {
            What::Class(class) if class.ident == methods.ident => Some(class),
            _ => None,
        });
        let of_python = module.entries.iter().any(|entry| match &entry.what {
            What::Enumeration(enumeration) => enumeration.ident == methods.ident,
            _ => false,
        });
        match class {
            None if of_python => errors.span(methods.ident.span(), say::METHODS_OF_ENUMERATION),
            Some(class) => class_with_methods(class, methods, errors),
            None => errors.span(methods.ident.span(), say::not_a_class(&methods.ident.to_string())),
        }
    }
}
