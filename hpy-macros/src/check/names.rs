//! Rules about names in Python.

use syn::Ident;
use syn::ext::IdentExt;
use syn::parse::Parser;

use crate::errors::Errors;
use crate::messages as say;
use crate::model::Name;

/// Names that no code in Python can use.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Can code in Python write the name?
pub(super) fn python_name(name: &Name, keyword: fn(&str) -> String, errors: &mut Errors) {
    let Name { text, span } = name;
    if !is_identifier(text) {
        errors.span(*span, say::no_identifier(text));
    } else if KEYWORDS.contains(&text.as_str()) {
        errors.span(*span, keyword(text));
    }
}

/// Rust and Python have the same letters in identifiers.
pub(super) fn is_identifier(text: &str) -> bool {
    let parsed = Ident::parse_any.parse_str(text);
    !text.contains('#') && parsed.is_ok_and(|ident| ident == text)
}
