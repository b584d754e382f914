//! The error of a result must be one that can become a Python exception.

#[hpy::module]
mod m {
    struct Oops;

    #[function]
    fn f() -> Result<(), Oops> { //~ `Oops`
        Err(Oops)
    }
}

fn main() {}
