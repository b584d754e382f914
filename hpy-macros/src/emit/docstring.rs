//! Docstrings, with the signature that `inspect` reads.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::python_literal;
use crate::model::{Doc, DocPart, Function, Kind, Param, TextSignature, This};

/// The text as a C string literal.
pub(in crate::emit) fn c_string(text: &str) -> Literal {
    // NULs were refused where texts are read.
    Literal::c_string(&std::ffi::CString::new(text.replace('\0', "")).unwrap_or_default())
}

/// The docstring of a function.
pub(in crate::emit) fn function(function: &Function, support: &TokenStream) -> TokenStream {
    let name = &function.name.text;
    let head = match &function.text_signature {
        // `inspect` would fail to read it.
        TextSignature::Own if function.params.iter().any(|param| !param.name.text.is_ascii()) => {
            String::new()
        }
        TextSignature::Own => {
            let this = match function.this {
                This::Instance(..) => Some("$self"),
                This::Class(_) => Some("$type"),
                This::Module | This::Nothing(_) => None,
            };
            format!("{name}{}\n--\n\n", signature(this, &function.params))
        }
        TextSignature::Text(text) => format!("{name}{text}\n--\n\n"),
        TextSignature::Hidden => String::new(),
    };
    docstring(&head, &function.doc, support)
}

/// A docstring that begins with `head`: a literal, or put together by the compiler if parts of it are expressions.
pub(in crate::emit) fn docstring(head: &str, doc: &Doc, support: &TokenStream) -> TokenStream {
    if let [] | [DocPart::Text(_)] = doc.0.as_slice() {
        let text = doc.0.first().map_or("", |part| if let DocPart::Text(text) = part { text } else { "" });
        return c_string(&format!("{head}{}", text.trim())).into_token_stream();
    }
    let parts = doc.0.iter().map(|part| match part {
        DocPart::Text(text) => quote!(#text),
        DocPart::Expr(None, expr) => quote!(#expr),
        DocPart::Expr(Some(condition), expr) => quote!(#[cfg(#condition)] #expr),
    });
    quote! {{
        const PARTS: &[&::core::primitive::str] = &[#(#parts),*];
        const LEN: ::core::primitive::usize = #support::joined_doc_len(#head, PARTS);
        const DOC: [::core::primitive::u8; LEN] = #support::joined_doc(#head, PARTS);
        #support::doc(&DOC)
    }}
}

/// `(a, /, b=1, *args, c, **kwargs)`; `this` is what a method is called on.
pub(crate) fn signature(this: Option<&str>, params: &[Param]) -> String {
    let mut items: Vec<String> = this.map(str::to_owned).into_iter().collect();
    let mut before = this.map(|_| Kind::PositionalOnly);
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
            Kind::PositionalOnly | Kind::Positional | Kind::KeywordOnly => "",
        };
        let default = param.default.as_ref().map(|expr| format!("={}", python_literal::python(expr)));
        items.push(format!("{stars}{}{}", param.name.text, default.unwrap_or_default()));
        before = Some(kind);
    }
    if before == Some(Kind::PositionalOnly) {
        items.push("/".to_owned());
    }
    format!("({})", items.join(", "))
}
