//! Rules about functions and methods.

use super::names::python_name;
use crate::errors::Errors;
use crate::messages as say;
use crate::model::{Arg, Function, Param, TextSignature};

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
pub(super) fn shown_signature(function: &Function, errors: &mut Errors) {
    if !matches!(function.text_signature, TextSignature::Own) {
        return;
    }
    if let Some(Param { name, .. }) = function.params.iter().find(|param| !param.name.text.is_ascii()) {
        errors.span(name.span, say::parameter_ascii(&name.text));
    }
}

/// A method by itself.
pub(super) fn method(function: &Function, errors: &mut Errors) {
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
