//! `*` stands in the signature once.

#[hpy::function(signature = (*args, *, a))] //~ there is a `*` already
fn f(args: Vec<i64>, a: i64) {
    drop((args, a));
}

fn main() {}
