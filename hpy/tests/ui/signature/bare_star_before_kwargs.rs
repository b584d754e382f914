//! A bare `*` has a parameter behind it that is not `**kwargs`.

#[hpy::function(signature = (*, **kw))] //~ `*` makes the parameters after it keyword-only, but there are none after it
fn f(kw: hpy::Handle<'_>) {
    drop((kw,));
}

fn main() {}
