//! A signature consists of names, defaults, `/` and `*`.

#[hpy::function(signature = (a, &b))] //~ expected the name of a parameter, `/`, `*`, `*args` or `**kwargs`
fn f(a: i64, b: i64) {
    drop((a, b));
}

fn main() {}
