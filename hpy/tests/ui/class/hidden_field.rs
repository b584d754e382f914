//! A struct in a class derives `Fields` if it holds any.

#[hpy::module]
mod m {
    use hpy::Field;

    struct Inner {
        object: Field,
    }

    #[class]
    struct Outer {
        inner: Inner, //~ the garbage collector can't find the `Field` in this type: #[derive(hpy::Fields)] on it
    }
}

fn main() {}
