//! A module in a module would be another top-level one.

#[hpy::module]
mod outer {
    #[hpy::module] //~ a `#[hpy::module]` can't be nested
    mod inner {}

    mod plain {
        #[hpy::module] //~ a `#[hpy::module]` can't be nested
        mod inner {}
    }
}

fn main() {}
