//! Docstrings, with the signature that `inspect` reads, and defaults as Python would write them.

use quote::ToTokens;
use syn::{Expr, Lit, UnOp};

use crate::model::{Function, Kind, Param, TextSignature};

/// The docstring of a function.
pub(crate) fn docstring(function: &Function) -> String {
    let name = &function.name.0;
    match &function.text_signature {
        TextSignature::Own => format!("{name}{}\n--\n\n{}", signature(&function.params), function.doc),
        TextSignature::Text(text) => format!("{name}{text}\n--\n\n{}", function.doc),
        TextSignature::Hidden => function.doc.clone(),
    }
}

/// `(a, /, b=1, *args, c, **kwargs)`.
pub(crate) fn signature(params: &[Param]) -> String {
    let mut items = Vec::new();
    let mut before = None;
    for param in params {
        let kind = param.kind;
        if before == Some(Kind::PositionalOnly) && kind != Kind::PositionalOnly {
            items.push("/".to_owned());
        }
        if kind == Kind::KeywordOnly && !matches!(before, Some(Kind::KeywordOnly | Kind::VarArgs)) {
            items.push("*".to_owned());
        }
        let stars = match kind {
            Kind::VarArgs => "*",
            Kind::KwArgs => "**",
            _ => "",
        };
        let default = param.default.as_ref().map(|expr| format!("={}", python(expr))).unwrap_or_default();
        items.push(format!("{stars}{}{default}", param.name));
        before = Some(kind);
    }
    if before == Some(Kind::PositionalOnly) {
        items.push("/".to_owned());
    }
    format!("({})", items.join(", "))
}

/// A Rust expression in Python, or `...` if there is no telling.
pub(crate) fn python(expr: &Expr) -> String {
    literal(expr).unwrap_or_else(|| "...".to_owned())
}

fn literal(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(lit) => match &lit.lit {
            Lit::Bool(value) => Some(if value.value { "True" } else { "False" }.to_owned()),
            Lit::Int(value) => Some(value.base10_digits().to_owned()),
            Lit::Float(value) => Some(float(value.base10_digits())),
            Lit::Str(value) => Some(quoted(&value.value())),
            Lit::Char(value) => Some(quoted(&value.value().to_string())),
            Lit::ByteStr(value) => Some(format!(
                "b{}",
                quoted(std::str::from_utf8(&value.value()).ok().filter(|s| s.is_ascii())?)
            )),
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            let inner = literal(&unary.expr)?;
            inner.starts_with(|c: char| c.is_ascii_digit()).then(|| format!("-{inner}"))
        }
        Expr::Paren(inner) => literal(&inner.expr),
        Expr::Group(inner) => literal(&inner.expr),
        Expr::Reference(inner) => literal(&inner.expr),
        Expr::Path(path) => path.path.is_ident("None").then(|| "None".to_owned()),
        Expr::Call(call) => {
            let Expr::Path(path) = &*call.func else { return None };
            let text = path.to_token_stream().to_string().replace(' ', "");
            match (text.as_str(), call.args.len()) {
                ("Some", 1) => literal(&call.args[0]),
                ("String::new", 0) => Some("''".to_owned()),
                ("Vec::new", 0) => Some("[]".to_owned()),
                ("String::from", 1) => literal(&call.args[0]).filter(|text| text.starts_with(['\'', '"'])),
                _ => None,
            }
        }
        Expr::MethodCall(call) => {
            let same = ["to_owned", "to_string", "into"].iter().any(|name| call.method == name);
            if same && call.args.is_empty() { literal(&call.receiver) } else { None }
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
        Expr::Macro(mac) if mac.mac.path.is_ident("vec") => {
            let items = mac
                .mac
                .parse_body_with(syn::punctuated::Punctuated::<Expr, syn::Token![,]>::parse_terminated);
            list(items.ok()?.iter())
        }
        _ => None,
    }
}

fn list<'a>(items: impl Iterator<Item = &'a Expr>) -> Option<String> {
    let items = items.map(literal).collect::<Option<Vec<_>>>()?;
    Some(format!("[{}]", items.join(", ")))
}

/// Rust allows `1.`; and `1e5` is a float in both.
fn float(digits: &str) -> String {
    if digits.ends_with('.') { format!("{digits}0") } else { digits.to_owned() }
}

/// As Python's `repr` writes a text.
fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}
