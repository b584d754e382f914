//! `inspect` must be able to read the text.

#[hpy::function(text_signature = "(name='ä')")] //~ `inspect` reads a signature as ASCII
fn f(name: &str) {}

#[hpy::function(text_signature = "(x: int)")] //~ `inspect` reads no annotations
fn g(x: i64) {}

#[hpy::function(text_signature = "(x) -> (int)")] //~ `inspect` reads no annotations
fn h(x: i64) {}

#[hpy::function(text_signature = "(x={'a': 1}, y=':')")]
fn i(x: i64, y: &str) {}

fn main() {}
