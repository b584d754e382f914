//! `/` comes before `*`.

#[hpy::function(signature = (*, a, /))] //~ `/` must come before `*`
fn f(a: i64) {
    drop((a,));
}

fn main() {}
