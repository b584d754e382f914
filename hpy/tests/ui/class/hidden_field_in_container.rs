//! Containers that share or lock their values can't hold `Field`s.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// As of a crate.
struct Persistent<K, V>(Arc<HashMap<K, V>>);

#[derive(hpy::Fields)]
struct Inner {
    object: hpy::Field,
}

#[hpy::module]
mod m {
    use super::*;
    use hpy::Field;

    #[class]
    struct Fine {
        boxed: Box<Inner>,
        many: Vec<Inner>,
        names: HashMap<String, Vec<Field>>,
        shared: Arc<Mutex<String>>,
    }

    #[class]
    struct Outer {
        locked: Mutex<Vec<Field>>, //~ the garbage collector can't find the `Field`s in this container
        shared: Arc<Inner>, //~ the garbage collector can't find the `Field`s in this container
        persistent: Persistent<String, Field>, //~ the garbage collector can't find the `Field`s in this container
    }
}

fn main() {}
