//! A module has one `#[init]`.

#[hpy::module]
mod m {
    #[init]
    fn first() {}

    #[init]
    fn second() {} //~ a module can have only one `#[init]` function
}

fn main() {}
