//! Dunder methods derived by options of `#[class]`.

#[hpy::module]
mod derives {
    use std::fmt;

    use hpy::{Field, Handle};

    /// Has all of it.
    #[class(frozen, eq, ord, hash, repr, str, get_all, new = "from_fields", from_py_object, subclass)]
    #[derive(Clone, PartialEq, PartialOrd, Hash)]
    struct Version {
        major: u32,
        minor: u32,
        tag: Option<String>,
    }

    impl fmt::Display for Version {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{}.{}", self.major, self.minor)
        }
    }

    #[methods]
    impl Version {
        fn bump(&self) -> Version {
            Version { minor: self.minor + 1, ..self.clone() }
        }
    }

    /// Equal, but without an order.
    #[class(eq, repr, new = "from_fields")]
    #[derive(PartialEq)]
    struct Reading {
        #[hpy(get, set)]
        value: f64,
        hidden: i32,
    }

    /// Partly ordered.
    #[class(frozen, eq, ord)]
    #[derive(PartialEq, PartialOrd)]
    struct Float(f64);

    #[methods]
    impl Float {
        #[new]
        fn new(value: f64) -> Self {
            Float(value)
        }
    }

    /// With Python's objects.
    #[class(new = "from_fields", repr)]
    struct Pair {
        #[hpy(get)]
        left: Field,
        #[hpy(get, name = "right_one")]
        right: Field,
    }

    #[methods]
    impl Pair {
        fn swapped<'ctx>(&self, slf: &Handle<'ctx, Self>) -> (Option<Handle<'ctx>>, Option<Handle<'ctx>>) {
            (self.right.load(slf), self.left.load(slf))
        }
    }

    /// Every style of names.
    #[class(get_all, rename_all = "SCREAMING_SNAKE_CASE", new = "from_fields")]
    struct Loud {
        one_word: i32,
    }

    #[class(get_all, rename_all = "PascalCase", new = "from_fields")]
    struct Pascal {
        one_word: i32,
    }
}
