//! `**kwargs` has no default.

#[hpy::function(signature = (**kw = 1))] //~ `**kw` can't have a default
fn f(kw: hpy::Handle<'_>) {
    drop((kw,));
}

fn main() {}
