//! Tokens of a Rust source, as far as paths need them: identifiers and punctuation, with their lines. Comments and literals are
//! left out.

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) line: usize,
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Splits a source into tokens. `::` is one.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let text: Vec<char> = source.chars().collect();
    let at = |i: usize| text.get(i).copied().unwrap_or('\0');
    let mut tokens = Vec::new();
    let (mut i, mut line) = (0, 1);
    while i < text.len() {
        let start = i;
        match at(i) {
            '/' if at(i + 1) == '/' => {
                while i < text.len() && at(i) != '\n' {
                    i += 1;
                }
            }
            '/' if at(i + 1) == '*' => {
                let mut depth = 0;
                loop {
                    match (at(i), at(i + 1)) {
                        ('/', '*') => (depth, i) = (depth + 1, i + 2),
                        ('*', '/') => (depth, i) = (depth - 1, i + 2),
                        _ => i += 1,
                    }
                    if depth == 0 || i >= text.len() {
                        break;
                    }
                }
            }
            '"' => i = string(&text, i),
            '\'' => i = quote(&text, i),
            c if is_letter(c) => {
                while is_letter(at(i)) {
                    i += 1;
                }
                let word: String = text[start..i].iter().collect();
                match (word.as_str(), at(i)) {
                    ("b" | "c", '"') => i = string(&text, i),
                    ("b", '\'') => i = quote(&text, i),
                    ("r" | "br" | "cr", '"' | '#') if at(i) == '"' || matches!(at(i + 1), '"' | '#') => {
                        i = raw_string(&text, i);
                    }
                    ("r", '#') => i += 1, // a raw identifier; the rest is the next word
                    _ => tokens.push(Token { text: word, line }),
                }
            }
            ':' if at(i + 1) == ':' => {
                tokens.push(Token { text: "::".to_owned(), line });
                i += 2;
            }
            c => {
                if !c.is_whitespace() {
                    tokens.push(Token { text: c.to_string(), line });
                }
                i += 1;
            }
        }
        line += text[start..i.min(text.len())].iter().filter(|c| **c == '\n').count();
    }
    tokens
}

/// The end of a string that begins at `i`.
fn string(text: &[char], mut i: usize) -> usize {
    i += 1;
    while i < text.len() && text[i] != '"' {
        i += if text[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

/// The end of a raw string whose hashes, or quote, begin at `i`.
fn raw_string(text: &[char], mut i: usize) -> usize {
    let hashes = text[i..].iter().take_while(|c| **c == '#').count();
    i += hashes + 1;
    while i < text.len() {
        let closed =
            text[i] == '"' && text[i + 1..].iter().take_while(|c| **c == '#').take(hashes).count() == hashes;
        i += 1;
        if closed {
            return i + hashes;
        }
    }
    i
}

/// The end of a character, or of the tick of a lifetime.
fn quote(text: &[char], i: usize) -> usize {
    match text.get(i + 1) {
        Some('\\') => text[i + 3..].iter().position(|c| *c == '\'').map_or(text.len(), |at| i + 3 + at + 1),
        _ if text.get(i + 2) == Some(&'\'') => i + 3,
        _ => i + 1,
    }
}

#[test]
fn literals_and_comments_are_left_out() {
    let source = r####"a::b("x::y", 'c', '\'', b"q", c"q", r#"a "b" c"#, r"x") /* 1 /* 2 */ */ fn f<'a>() {} // end
r#gen::x"####;
    let texts: Vec<String> = tokens(source).into_iter().map(|token| token.text).collect();
    assert_eq!(texts.concat(), "a::b(,,,,,,)fnf<a>(){}gen::x");
    assert_eq!(tokens(source).last().map(|token| token.line), Some(2));
}
