//! `*args` has no default.

#[hpy::function(signature = (*args = 1))] //~ `*args` can't have a default
fn f(args: Vec<i64>) {
    drop((args,));
}

fn main() {}
