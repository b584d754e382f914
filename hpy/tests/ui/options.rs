//! Only known options, each once.

#[hpy::function(signatur = (a))] //~ not `signature`
fn unknown(a: i64) {}

#[hpy::function(name = "a", name = "b")] //~ twice
fn twice() {}

#[hpy::function(text_signature = "a")] //~ no parentheses
fn no_parentheses() {}

#[hpy::function(name = "class")] //~ a keyword
fn keyword() {}

#[hpy::function(name = "two words")] //~ no name
fn no_name() {}

#[hpy::module(names = "x")] //~ not `name`
mod m {}

#[hpy::module(name = "a.b")] //~ a dot
mod dotted {}

#[hpy::module(name = "naïve")] //~ not ASCII
mod not_ascii {}

fn main() {}
