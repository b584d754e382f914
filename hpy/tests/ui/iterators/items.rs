//! Items are what Python can be given.

struct Thing;

#[hpy::module]
mod m {
    #[function]
    fn things() -> hpy::Iter<super::Thing> {
        hpy::Iter::new(vec![super::Thing]) //~ a function for Python can't return `Thing`
    }
}

fn main() {}
