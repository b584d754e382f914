//! The signature has Python's grammar.

#[hpy::function(signature = (a, *))] //~ nothing behind `*`
fn bare_star(a: i64) {}

#[hpy::function(signature = (a = 1, b))] //~ `b` has no default
fn default_first(a: i64, b: i64) {}

#[hpy::function(signature = (a, /, /))] //~ twice
fn two_slashes(a: i64) {}

#[hpy::function(signature = (*, a, /))] //~ `/` after `*`
fn slash_behind_star(a: i64) {}

#[hpy::function(signature = (a, a))] //~ twice
fn twice(a: i64) {}

#[hpy::function(signature = (**kw, a))] //~ behind `**kw`
fn behind_kwargs(a: i64, kw: std::collections::HashMap<String, i64>) {}

#[hpy::function(signature = (*args = 1))] //~ a default
fn default_of_args(args: Vec<i64>) {}

fn main() {}
