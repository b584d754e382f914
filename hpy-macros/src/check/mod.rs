//! Rules that concern more than one token.

mod class;
mod py_enum;
mod wheel;

use class::class_with_methods;
pub(crate) use class::{class, methods};
pub(crate) use py_enum::enumeration;
pub(crate) use wheel::wheel;

use std::collections::HashMap;

use syn::Ident;
use syn::ext::IdentExt;
use syn::parse::Parser;

use crate::errors::Errors;
use crate::messages as say;
use crate::model::{Arg, Cfgs, Function, Module, Name, Param, TextSignature, What};

/// Names that no code in Python can use.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// The companion of a function is a type with its name, which would hide these.
const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16", "u32",
    "u64", "u128", "usize",
];

/// A function by itself.
pub(crate) fn function(function: &Function, errors: &mut Errors) {
    python_name(&function.name, say::keyword, errors);
    for param in &function.params {
        python_name(&param.name, say::keyword_parameter, errors);
    }
    shown_signature(function, errors);
    if function.params.len() > 255 {
        errors.span(function.name.span, say::TOO_MANY);
    }
    if PRIMITIVES.iter().any(|name| function.ident == name) {
        errors.span(function.ident.span(), say::primitive(&function.ident.to_string()));
    }
    for arg in &function.args {
        match arg {
            Arg::Context(span) | Arg::Module(span) if function.detach => errors.span(*span, say::DETACHED),
            _ => {}
        }
    }
}

/// Can `inspect` read the signature that the function shows?
fn shown_signature(function: &Function, errors: &mut Errors) {
    if !matches!(function.text_signature, TextSignature::Own) {
        return;
    }
    if let Some(Param { name, .. }) = function.params.iter().find(|param| !param.name.text.is_ascii()) {
        errors.span(name.span, say::parameter_ascii(&name.text));
    }
}

/// A method by itself.
fn method(function: &Function, errors: &mut Errors) {
    for param in &function.params {
        python_name(&param.name, say::keyword_parameter, errors);
    }
    if function.params.len() > 255 {
        errors.span(function.name.span, say::TOO_MANY);
    }
    for arg in &function.args {
        match arg {
            Arg::Context(span) | Arg::This(span) if function.detach => errors.span(*span, say::DETACHED),
            _ => {}
        }
    }
}

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
            What::Function(function) => self::function(function, errors),
            What::Class(class) => self::class(class, errors),
            What::Methods(methods) => self::methods(methods, errors),
            What::Enumeration(enumeration) => self::enumeration(enumeration, errors),
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
            What::Global(_) => {}
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

/// Can code in Python write the name?
fn python_name(name: &Name, keyword: fn(&str) -> String, errors: &mut Errors) {
    let Name { text, span } = name;
    if !is_identifier(text) {
        errors.span(*span, say::no_identifier(text));
    } else if KEYWORDS.contains(&text.as_str()) {
        errors.span(*span, keyword(text));
    }
}

/// Rust and Python have the same letters in identifiers.
fn is_identifier(text: &str) -> bool {
    let parsed = Ident::parse_any.parse_str(text);
    !text.contains('#') && parsed.is_ok_and(|ident| ident == text)
}
