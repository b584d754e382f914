//! `rename_all`: naming conventions.

use syn::LitStr;
use syn::parse::ParseStream;

use super::option_syntax::value;
use crate::messages as say;

/// How the names of fields are written in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rename {
    No,
    Camel,
    Pascal,
    Kebab,
    Snake,
    ScreamingSnake,
    Upper,
    Lower,
}

impl Rename {
    const ALL: [(&'static str, Rename); 7] = [
        ("camelCase", Rename::Camel),
        ("PascalCase", Rename::Pascal),
        ("kebab-case", Rename::Kebab),
        ("snake_case", Rename::Snake),
        ("SCREAMING_SNAKE_CASE", Rename::ScreamingSnake),
        ("UPPERCASE", Rename::Upper),
        ("lowercase", Rename::Lower),
    ];

    pub(super) fn parse(key: &str, input: ParseStream<'_>) -> syn::Result<Self> {
        let text: LitStr = value(key, "\"camelCase\"", input)?;
        let found = Rename::ALL.iter().find(|(name, _)| *name == text.value());
        let known: Vec<&str> =
            Rename::ALL.iter().map(|(name, _)| *name).filter(|n| *n != "kebab-case").collect();
        match found {
            Some((_, Rename::Kebab)) | None => Err(syn::Error::new(text.span(), say::rename_all(&known))),
            Some((_, rename)) => Ok(*rename),
        }
    }

    /// The name in that style.
    pub(crate) fn apply(self, name: &str) -> String {
        let words: Vec<String> = words(name);
        let capital = |word: &String| {
            let mut chars = word.chars();
            chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
        };
        match self {
            Rename::No => name.to_owned(),
            Rename::Camel => {
                let rest: String = words.iter().skip(1).map(capital).collect();
                format!("{}{rest}", words.first().map_or("", String::as_str))
            }
            Rename::Pascal => words.iter().map(capital).collect(),
            Rename::Kebab => words.join("-"),
            Rename::Snake => words.join("_"),
            Rename::ScreamingSnake => words.join("_").to_uppercase(),
            Rename::Upper => words.concat().to_uppercase(),
            Rename::Lower => words.concat(),
        }
    }
}

/// `fooBar`, `FooBar`, `foo_bar` and `FOO_BAR` are `foo` and `bar`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for c in name.chars() {
        let starts = c.is_uppercase() && before.is_some_and(|b: char| b.is_lowercase() || b.is_numeric());
        if c == '_' {
            words.push(String::new());
        } else if starts || words.is_empty() {
            words.push(c.to_lowercase().collect());
        } else if let Some(last) = words.last_mut() {
            last.extend(c.to_lowercase());
        }
        before = Some(c);
    }
    words.retain(|word| !word.is_empty());
    words
}
