//! What makes new objects from fields needs the constructor from fields.

#[hpy::module]
mod m {
    #[class(
        pickle, //~ `pickle` makes the new object from its fields: write `new = "from_fields"`, too
        replace, //~ `replace` makes the new object from its fields
    )]
    struct Point {
        x: f64,
    }

    #[class(subclass)]
    struct Base {}

    #[class(extends = Base, copy)] //~ `copy` would clone the values of this class alone
    #[derive(Clone)]
    struct Derived {}

    #[class(
        replace, //~ `replace` is for structs
        match_args, //~ `match_args` is for structs
        copy, //~ variants without data support copying and pickling without this option
        pickle, //~ variants without data support copying and pickling without this option
    )]
    enum Color {
        Red,
    }

    #[class(new = "from_fields", pickle)]
    struct Twice {}

    #[methods]
    impl Twice {
        fn __reduce__(&self) -> &'static str { //~ `pickle` generates the `__reduce__` that is also defined here
            "Twice"
        }
    }
}

fn main() {}
