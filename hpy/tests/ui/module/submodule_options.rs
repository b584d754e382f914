//! A submodule has no GIL and no host of its own, and its name is taken like any other.

#[hpy::module]
mod outer {
    #[module(gil = false)] //~ `gil` and `host` are options of the outermost module
    mod one {}

    #[module(host = "embedded")] //~ `gil` and `host` are options of the outermost module
    mod two {}

    #[function]
    fn three() {}

    #[module(name = "three")] //~ two items of this module are called `three`
    mod four {}
}

fn main() {}
