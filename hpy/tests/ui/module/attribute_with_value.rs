//! Options are in parentheses.

#[hpy::module]
mod m {
    #[function = "f"] //~ options stand in parentheses
    fn f() {}
}

fn main() {}
