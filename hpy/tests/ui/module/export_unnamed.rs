//! What is exported has a name.

#[hpy::module]
mod m {
    #[export]
    const _: i64 = 1; //~ an exported item needs a name, which is also its name in Python
}

fn main() {}
