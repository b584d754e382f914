//! Copies, pickles and the like, derived from fields.

#[hpy::module]
mod records {
    use hpy::Field;

    /// Has all of it.
    #[class(
        get_all,
        eq,
        repr,
        new = "from_fields",
        subclass,
        copy,
        pickle,
        replace,
        match_args,
        rename_all = "camelCase"
    )]
    #[derive(Clone, PartialEq)]
    struct Point {
        #[hpy(set)]
        x: f64,
        y: f64,
        the_label: Option<String>,
        tags: Vec<i64>,
    }

    /// Python's objects are fields, too, and one field is hidden.
    #[class(new = "from_fields", pickle, replace, subclass)]
    struct Holder {
        #[hpy(get)]
        thing: Field,
        hidden: i64,
    }

    #[methods]
    impl Holder {
        fn reveal(&self) -> i64 {
            self.hidden
        }
    }

    /// A tuple struct.
    #[class(frozen, get_all, eq, repr, hash, new = "from_fields", pickle, copy, replace, match_args)]
    #[derive(Clone, PartialEq, Hash)]
    struct Pair(i64, String);

    /// No fields at all.
    #[class(new = "from_fields", pickle, copy, replace, match_args)]
    #[derive(Clone)]
    struct Nothing;

    /// What a method says comes before what is derived.
    #[class]
    enum Answer {
        Yes,
        No,
    }

    #[class]
    enum Odd {
        One,
    }

    #[methods]
    impl Odd {
        fn __reduce__(&self) -> &'static str {
            "ODD"
        }
    }

    #[class(eq, repr, pickle, copy)]
    #[derive(Clone, PartialEq)]
    enum Shape {
        #[hpy(constructor = (radius, *, label = String::new()))]
        Circle {
            radius: f64,
            label: String,
        },
        Rect(f64, f64),
        #[hpy(constructor = (*_0))]
        Polygon(Vec<i64>),
        Empty {},
    }
}
