//! A field that Python sees converts, and can be cloned.

#[hpy::module]
mod m {
    struct Inner;

    #[class]
    struct Outer {
        #[hpy(get)]
        inner: Inner, //~ `Inner` can't be turned into a Python object
    }
}

fn main() {}
