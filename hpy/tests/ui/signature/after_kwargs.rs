//! `**kwargs` is last.

#[hpy::function(signature = (**kw, a))] //~ nothing can come after `**kwargs`
fn f(kw: hpy::Handle<'_>, a: i64) {
    drop((kw, a));
}

fn main() {}
