//! Only a class that extends an exception can be raised.

#[hpy::module]
mod m {
    #[class]
    struct Plain {}

    #[function]
    fn plain() -> hpy::Result<()> {
        Err(Plain {}.into()) //~ `hpy::Error: From<Plain>` is not satisfied
    }
}

fn main() {}
