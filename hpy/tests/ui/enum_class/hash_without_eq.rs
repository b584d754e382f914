//! What has a hash has an equality, and what has an order, too.

#[hpy::module]
mod m {
    #[class(
        hash, //~ `hash` needs `eq`, too
        ord, //~ `ord` needs `eq`, too
    )]
    #[derive(PartialEq, PartialOrd, Hash)]
    enum Color {
        Red,
    }
}

fn main() {}
