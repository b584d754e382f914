//! Rules that need more than one token.

use std::collections::HashMap;

use proc_macro2::Span;
use syn::ItemFn;

use crate::errors::Errors;
use crate::model::{Function, Module, What};

/// Names that Python code can't use as a parameter's name in a call, or as a name at all.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// What a Rust function for Python can't be.
pub(crate) fn signature(item: &ItemFn, errors: &mut Errors) {
    let sig = &item.sig;
    if let Some(token) = &sig.asyncness {
        errors.at(token, "an `async fn` can't be a function for Python yet; block on it, or return a value");
    }
    if let Some(token) = &sig.unsafety {
        errors.at(token, "a function for Python can't be `unsafe`: Python can't keep what it asks for");
    }
    if let Some(abi) = &sig.abi {
        errors.at(abi, "a function for Python is a Rust function, without `extern`");
    }
    if let Some(variadic) = &sig.variadic {
        errors.at(variadic, "for any number of arguments write `signature = (*args)`");
    }
    for param in &sig.generics.params {
        match param {
            syn::GenericParam::Lifetime(_) => {}
            other => {
                errors.at(other, "a function for Python can't be generic: Python passes objects, not types")
            }
        }
    }
    for input in &sig.inputs {
        if let syn::FnArg::Typed(typed) = input {
            if let syn::Type::ImplTrait(ty) = &*typed.ty {
                errors.at(ty, "an argument for Python needs a concrete type");
            }
        }
    }
}

/// A function by itself.
pub(crate) fn function(function: &Function, errors: &mut Errors) {
    python_name(&function.name, errors);
    if function.params.len() > 255 {
        errors.push(syn::Error::new(function.name.1, "more than 255 parameters"));
    }
}

/// A module with everything in it.
pub(crate) fn module(module: &Module, errors: &mut Errors) {
    let (name, span) = &module.name;
    if name.contains('.') {
        errors.push(syn::Error::new(
            *span,
            "the name of a module has no dots: Python's import system adds the packages",
        ));
    } else if !name.is_ascii() {
        errors.push(syn::Error::new(*span, "the name of an extension module must be ASCII"));
    } else {
        python_name(&module.name, errors);
    }
    let mut seen: HashMap<&str, &[syn::Attribute]> = HashMap::new();
    let mut init: Option<&[syn::Attribute]> = None;
    for entry in &module.entries {
        if let Some((name, span)) = &entry.name {
            // Two items under different `cfg`s may share a name.
            let before = seen.insert(name, &entry.cfgs);
            if before.is_some_and(|cfgs| cfgs.is_empty() || entry.cfgs.is_empty()) {
                errors.push(syn::Error::new(
                    *span,
                    format!("two items of this module are called `{name}` in Python"),
                ));
            }
        }
        if let What::Init(ident, _) = &entry.what {
            if init.is_some_and(|cfgs| cfgs.is_empty() || entry.cfgs.is_empty()) {
                errors.at(ident, "a module can have one `#[init]` function");
            }
            init = Some(&entry.cfgs);
        }
    }
}

/// Can Python code write the name?
fn python_name((name, span): &(String, Span), errors: &mut Errors) {
    let start = name.chars().next().is_some_and(|c| c == '_' || c.is_alphabetic());
    if !start || !name.chars().all(|c| c == '_' || c.is_alphanumeric()) {
        errors.push(syn::Error::new(*span, format!("`{name}` is no name in Python")));
    } else if KEYWORDS.contains(&name.as_str()) {
        let message = format!("`{name}` is a keyword in Python; give another one with `name = \"…\"`");
        errors.push(syn::Error::new(*span, message));
    }
}
