//! Python sees the fields of variants, so their types convert.

#[hpy::module]
mod m {
    struct Inner;

    #[class]
    enum Shape {
        Circle {
            inner: Inner, //~ `Inner` can't be turned into a Python object
        },
    }
}

fn main() {}
