//! A struct in a class that holds fields derives `hpy::Fields`, also behind a pointer and deep inside.

use hpy::Field;

struct Inner {
    object: Field,
}

#[derive(hpy::Fields)]
struct Outer {
    inner: Option<Box<Inner>>, //~ the garbage collector can't find
}

#[hpy::module]
mod m {
    use std::collections::HashMap;

    #[class]
    struct Holder {
        inner: Box<super::Inner>, //~ the garbage collector can't find
    }

    #[class]
    struct Table {
        rows: Vec<(u8, HashMap<String, Box<super::Inner>>)>, //~ the garbage collector can't find
        outer: Box<super::Outer>,
        next: Option<Box<Self>>,
        callback: Box<dyn Fn(&str) -> usize + Send + Sync>,
        text: Box<str>,
    }
}

fn main() {}
