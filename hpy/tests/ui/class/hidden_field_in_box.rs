//! A struct in a class that holds fields derives `hpy::Fields`, also behind a pointer and deep inside.

use hpy::Field;

struct Inner {
    object: Field,
}

#[derive(hpy::Fields)]
struct Outer {
    inner: Option<Box<Inner>>, //~ this type holds a `Field` where it can't be found
}

#[hpy::module]
mod m {
    use std::collections::HashMap;

    #[class]
    struct Holder {
        inner: Box<super::Inner>, //~ this type holds a `Field` where it can't be found
    }

    #[class]
    struct Table {
        rows: Vec<(u8, HashMap<String, Box<super::Inner>>)>, //~ this type holds a `Field` where it can't be found
        outer: Box<super::Outer>,
        next: Option<Box<Self>>,
        callback: Box<dyn Fn(&str) -> usize + Send + Sync>,
        text: Box<str>,
    }
}

fn main() {}
