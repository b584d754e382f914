//! Rust expressions as Python literals: defaults in signatures.

use syn::punctuated::Punctuated;
use syn::{Expr, Lit, Path, Token, UnOp};

/// The expression in Python, or `...` if its value can't be told from its text.
pub(in crate::emit) fn python(expr: &Expr) -> String {
    literal(expr).unwrap_or_else(|| "...".to_owned())
}

fn literal(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(lit) => plain(&lit.lit),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            let inner = literal(&unary.expr)?;
            inner.starts_with(|c: char| c.is_ascii_digit()).then(|| format!("-{inner}"))
        }
        Expr::Paren(inner) => literal(&inner.expr),
        Expr::Group(inner) => literal(&inner.expr),
        Expr::Reference(inner) => literal(&inner.expr),
        Expr::Path(path) => (ends(&path.path).1 == "None").then(|| "None".to_owned()),
        Expr::Call(call) => {
            let Expr::Path(path) = &*call.func else { return None };
            let (of, function) = ends(&path.path);
            match (of.as_str(), function.as_str(), call.args.len()) {
                (_, "Some", 1) => literal(&call.args[0]),
                ("String", "new", 0) => Some("''".to_owned()),
                ("Vec", "new", 0) => Some("[]".to_owned()),
                ("HashMap" | "BTreeMap", "new", 0) => Some("{}".to_owned()),
                ("String", "from", 1) => literal(&call.args[0]).filter(|text| text.starts_with(['\'', '"'])),
                _ => None,
            }
        }
        Expr::MethodCall(call) => {
            let same = ["to_owned", "to_string", "to_vec", "into"].iter().any(|name| call.method == name);
            // `1.to_string()` is a text, and `1`s alone don't tell.
            let inner = literal(&call.receiver)
                .filter(|text| call.method != "to_string" || text.starts_with(['\'', '"']));
            inner.filter(|_| same && call.args.is_empty())
        }
        Expr::Tuple(tuple) => {
            let items = tuple.elems.iter().map(literal).collect::<Option<Vec<_>>>()?;
            match items.as_slice() {
                [] => Some("None".to_owned()), // Rust's `()` is Python's `None`
                [one] => Some(format!("({one},)")),
                items => Some(format!("({})", items.join(", "))),
            }
        }
        Expr::Array(array) => list(array.elems.iter()),
        Expr::Macro(mac) if ends(&mac.mac.path).1 == "vec" => {
            let items = mac.mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated).ok()?;
            list(items.iter())
        }
        _ => None,
    }
}

fn plain(lit: &Lit) -> Option<String> {
    match lit {
        Lit::Bool(value) => Some(if value.value { "True" } else { "False" }.to_owned()),
        Lit::Int(value) if value.suffix().starts_with('f') => Some(float(value.base10_digits())),
        Lit::Int(value) => Some(value.base10_digits().to_owned()),
        Lit::Float(value) => Some(float(value.base10_digits())),
        Lit::Str(value) => Some(quoted(value.value().chars())),
        Lit::Char(value) => Some(quoted([value.value()].into_iter())),
        Lit::Byte(value) => Some(value.value().to_string()),
        Lit::ByteStr(value) => {
            let chars = value.value().into_iter().map(char::from);
            Some(format!("b{}", quoted(chars)))
        }
        _ => None,
    }
}

/// The last two names of a path, without their generic arguments.
fn ends(path: &Path) -> (String, String) {
    let mut names = path.segments.iter().rev().map(|segment| segment.ident.to_string());
    let last = names.next().unwrap_or_default();
    (names.next().unwrap_or_default(), last)
}

fn list<'a>(items: impl Iterator<Item = &'a Expr>) -> Option<String> {
    let items = items.map(literal).collect::<Option<Vec<_>>>()?;
    Some(format!("[{}]", items.join(", ")))
}

/// Rust writes floats as `1.` and `1f64`, too.
fn float(digits: &str) -> String {
    match digits.strip_suffix('.') {
        Some(digits) => format!("{digits}.0"),
        None if digits.contains(['.', 'e', 'E']) => digits.to_owned(),
        None => format!("{digits}.0"),
    }
}

/// As Python's `ascii` writes a text: `inspect` reads nothing else.
fn quoted(text: impl Iterator<Item = char> + Clone) -> String {
    let has = |quote| text.clone().any(|c| c == quote);
    let quote = if has('\'') && !has('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            '\0'..='\u{ff}' => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            '\u{100}'..='\u{ffff}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    out.push(quote);
    out
}
