//! Tuple structs as classes.

#[hpy::module]
mod newtypes {
    use hpy::Field;

    /// A length.
    #[class(frozen, eq, ord, hash, repr, new = "from_fields", get_all, from_py_object)]
    #[derive(Clone, Copy, PartialEq, PartialOrd)]
    struct Meters(#[hpy(name = "value")] f64);

    impl std::hash::Hash for Meters {
        fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
            self.0.to_bits().hash(state);
        }
    }

    #[methods]
    impl Meters {
        fn __add__(&self, other: Meters) -> Meters {
            Meters(self.0 + other.0)
        }
    }

    /// Fields without names.
    #[class(repr, new = "from_fields")]
    struct Pair(#[hpy(get, set)] i64, #[hpy(get)] Field, String);

    #[methods]
    impl Pair {
        fn hidden(&self) -> &str {
            &self.2
        }
    }

    /// One without any.
    #[class(frozen, eq, repr, new = "from_fields")]
    #[derive(PartialEq)]
    struct Unit;

    #[function]
    fn sum(meters: Vec<Meters>) -> Meters {
        Meters(meters.iter().map(|meters| meters.0).sum())
    }
}
