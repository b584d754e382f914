//! What is called `Global` in a module is `hpy::Global`.

#[hpy::module]
mod m {
    struct Global;

    static KEPT: Global = Global; //~ mismatched types
}

fn main() {}
