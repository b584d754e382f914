//! Names in a module are different.

#[hpy::module]
mod m {
    #[function]
    fn one() {}

    #[function(name = "one")] //~ two items of this module are called `one` in Python
    fn two() {}
}

fn main() {}
