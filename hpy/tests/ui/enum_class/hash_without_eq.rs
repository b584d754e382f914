//! What has a hash has an equality, and what has an order, too.

#[hpy::module]
mod m {
    #[class(
        hash, //~ `hash` also needs `eq`
        ord, //~ `ord` also needs `eq`
    )]
    #[derive(PartialEq, PartialOrd, Hash)]
    enum Color {
        Red,
    }
}

fn main() {}
