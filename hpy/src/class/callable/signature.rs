//! [`Signature`]: the parameters of a closure, read from Python's notation.

use std::fmt;

use crate::core::exceptions::ValueError;
use crate::core::{Error, Result};

/// The parameters: positional ones first, then those that are given by keyword only.
#[derive(Debug)]
pub(super) struct Signature {
    pub(super) parameters: Vec<Parameter>,
    /// How many can't be given by keyword.
    pub(super) positional_only: usize,
    /// How many can be given by position.
    pub(super) positional: usize,
    /// Is there a `*args`?
    pub(super) variadic: bool,
    /// Is there a `**kwargs`?
    pub(super) keywords: bool,
    /// What it was read from.
    pub(super) text: String,
}

#[derive(Debug)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) required: bool,
}

impl Signature {
    /// Reads `a, /, b=1, *args, c, **kwargs`, in parentheses or not.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let inner = text.trim();
        let inner = inner.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(inner);
        let mut signature = Signature {
            parameters: Vec::new(),
            positional_only: 0,
            positional: 0,
            variadic: false,
            keywords: false,
            text: inner.trim().to_owned(),
        };
        let mut reader =
            Reader { text, signature: &mut signature, star: false, bare: false, defaults: false };
        let mut parts = split(inner);
        if parts.last().is_some_and(|last| last.is_empty()) {
            parts.pop(); // a comma at the end, or nothing at all
        }
        for part in parts {
            reader.part(part)?;
        }
        if reader.bare {
            return Err(reader.wrong("a name must follow `*`"));
        }
        if !reader.star {
            signature.positional = signature.parameters.len();
        }
        Ok(signature)
    }
}

/// Splits at the commas that are in no brackets and no quotes.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quote, mut escaped) = (Vec::new(), 0, 0usize, None, false);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) => quote = (open != c).then_some(open),
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts
}

struct Reader<'a> {
    text: &'a str,
    signature: &'a mut Signature,
    /// A `*` or `*args` was read: what follows is given by keyword only.
    star: bool,
    /// It was a `*`, and no name followed yet.
    bare: bool,
    /// A positional parameter with a default was read.
    defaults: bool,
}

impl Reader<'_> {
    fn wrong(&self, why: impl fmt::Display) -> Error {
        Error::new::<ValueError>(format!("the signature ({}): {why}", self.text.trim()))
    }

    fn part(&mut self, part: &str) -> Result<()> {
        if self.signature.keywords {
            return Err(self.wrong("nothing can follow `**`"));
        }
        if part == "/" {
            let read = self.signature.parameters.len();
            if self.star || self.signature.positional_only > 0 || read == 0 {
                return Err(self.wrong("`/` must follow a positional parameter, once"));
            }
            self.signature.positional_only = read;
            return Ok(());
        }
        if let Some(name) = part.strip_prefix("**") {
            if self.bare {
                return Err(self.wrong("a name must follow `*`"));
            }
            self.name(name)?;
            self.signature.keywords = true;
            return Ok(());
        }
        if let Some(name) = part.strip_prefix('*') {
            if self.star {
                return Err(self.wrong("there can be one `*` only"));
            }
            self.star = true;
            self.signature.positional = self.signature.parameters.len();
            if name.trim().is_empty() {
                self.bare = true;
            } else {
                self.name(name)?;
                self.signature.variadic = true;
            }
            return Ok(());
        }
        let (name, default) = match part.split_once('=') {
            Some((name, default)) => (name, Some(default.trim())),
            None => (part, None),
        };
        let name = self.name(name)?;
        if default == Some("") {
            return Err(self.wrong(format_args!("`{name}=` needs a default")));
        }
        if !self.star {
            if self.defaults && default.is_none() {
                return Err(
                    self.wrong(format_args!("`{name}` needs a default, as a parameter before it has one"))
                );
            }
            self.defaults |= default.is_some();
        }
        self.bare = false;
        self.signature.parameters.push(Parameter { name, required: default.is_none() });
        Ok(())
    }

    fn name(&self, name: &str) -> Result<String> {
        let name = name.trim();
        let mut letters = name.chars();
        let first = letters.next().is_some_and(|c| c == '_' || c.is_alphabetic());
        if !first || !letters.all(|c| c == '_' || c.is_alphanumeric()) {
            return Err(self.wrong(format_args!("`{name}` is not a name")));
        }
        if self.signature.parameters.iter().any(|parameter| parameter.name == name) {
            return Err(self.wrong(format_args!("`{name}` is there twice")));
        }
        Ok(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<(String, bool)>, usize, usize, bool, bool) {
        let Ok(s) = Signature::parse(text) else { panic!("{text}") };
        let parameters = s.parameters.into_iter().map(|p| (p.name, p.required)).collect();
        (parameters, s.positional_only, s.positional, s.variadic, s.keywords)
    }

    #[test]
    fn all_kinds() {
        let names =
            |names: &[(&str, bool)]| names.iter().map(|(n, r)| ((*n).to_owned(), *r)).collect::<Vec<_>>();
        assert_eq!(read(""), (vec![], 0, 0, false, false));
        assert_eq!(read(" ( ) "), (vec![], 0, 0, false, false));
        assert_eq!(read("a, b=1,"), (names(&[("a", true), ("b", false)]), 0, 2, false, false));
        assert_eq!(read("(a, /, b)"), (names(&[("a", true), ("b", true)]), 1, 2, false, false));
        let all = names(&[("a", true), ("b", false), ("c", true), ("d", false)]);
        assert_eq!(read("a, /, b=',)', *, c, d=(1, 2), **rest"), (all.clone(), 1, 2, false, true));
        assert_eq!(read("a, b=[1, '\\'], '], *args, c, d={}"), (all, 0, 2, true, false));
    }

    #[test]
    fn refused() {
        for text in [
            "a b", "1", "a, a", "*", "*, **k", "**k, a", "*a, *b", "a=1, b", "/", "a, /, /", "*, a, /", "a=",
            "a,,b",
        ] {
            assert!(Signature::parse(text).is_err(), "{text}");
        }
    }
}
