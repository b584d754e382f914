//! A module in a module would be another top-level one.

#[hpy::module]
mod outer {
    #[hpy::module] //~ a module inside of a `#[hpy::module]` would be a second top-level module of Python
    mod inner {}

    mod plain {
        #[hpy::module] //~ a module inside of a `#[hpy::module]` would be a second top-level module of Python
        mod inner {}
    }
}

fn main() {}
