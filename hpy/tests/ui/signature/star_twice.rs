//! `*` stands in the signature once.

#[hpy::function(signature = (*args, *, a))] //~ `*` can appear only once
fn f(args: Vec<i64>, a: i64) {
    drop((args, a));
}

fn main() {}
