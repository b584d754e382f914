//! A handle lives only as long as a call, so no class can keep one.

#[hpy::module]
mod m {
    #[class]
    struct Holder {
        object: hpy::Handle<'static>, //~ a class can't store a `Handle`
    }
}

fn main() {}
