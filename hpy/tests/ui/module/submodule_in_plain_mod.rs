//! A submodule stands directly in its module.

#[hpy::module]
mod outer {
    #[module]
    mod inner {}

    mod plain {
        #[hpy::module] //~ a submodule must stand directly in its `#[hpy::module]`
        mod lost {}
    }
}

fn main() {}
