//! `generic` makes a `__class_getitem__`, so there can be no other one.

use hpy::types::Type;
use hpy::Handle;

#[hpy::class(generic)] //~ `generic` generates the `__class_getitem__` that is also defined here
struct Shelf;

#[hpy::methods]
impl Shelf {
    #[classmethod]
    fn __class_getitem__(_class: &Handle<'_, Type>, item: i64) -> i64 {
        item
    }
}

fn main() {}
