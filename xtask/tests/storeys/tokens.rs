//! Tokens of a Rust source, as far as paths need them: identifiers and punctuation, with their lines. Literals are left out.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) line: usize,
}

/// Splits a source into tokens. `::` is one.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let stream = source.parse().unwrap_or_else(|e| panic!("{e} in a source file: {source}"));
    let mut tokens = Vec::new();
    flatten(stream, &mut tokens);
    tokens
}

fn flatten(stream: TokenStream, to: &mut Vec<Token>) {
    let mut stream = stream.into_iter();
    while let Some(tree) = stream.next() {
        let line = tree.span().start().line;
        let mut push = |text: String, line: usize| to.push(Token { text, line });
        match tree {
            TokenTree::Ident(ident) => push(ident.to_string().trim_start_matches("r#").to_owned(), line),
            TokenTree::Literal(_) => {}
            TokenTree::Punct(punct) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint => {
                stream.next();
                push("::".to_owned(), line);
            }
            TokenTree::Punct(punct) => push(punct.to_string(), line),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::None => ("", ""),
                };
                push(open.to_owned(), line);
                flatten(group.stream(), to);
                to.push(Token { text: close.to_owned(), line: group.span_close().start().line });
            }
        }
    }
}

#[test]
fn literals_and_comments_are_left_out() {
    let source = r####"a::b("x::y", 'c', '\'', b"q", c"q", r#"a "b" c"#, r"x") /* 1 /* 2 */ */ fn f<'a>() {} // end
r#gen::x"####;
    let texts: Vec<String> = tokens(source).into_iter().map(|token| token.text).collect();
    assert_eq!(texts.concat(), "a::b(,,,,,,)fnf<'a>(){}gen::x");
    assert_eq!(tokens(source).last().map(|token| token.line), Some(2));
}
