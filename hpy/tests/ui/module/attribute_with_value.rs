//! Options are in parentheses.

#[hpy::module]
mod m {
    #[function = "f"] //~ options belong in parentheses
    fn f() {}
}

fn main() {}
