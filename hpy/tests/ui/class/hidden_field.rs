//! A struct in a class derives `Fields` if it holds any.

#[hpy::module]
mod m {
    use hpy::Field;

    struct Inner {
        object: Field,
    }

    #[class]
    struct Outer {
        inner: Inner, //~ this type holds a `Field` where it can't be found: #[derive(hpy::Fields)] on it
    }
}

fn main() {}
