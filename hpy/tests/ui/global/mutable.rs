//! A `Global` is no `static mut`.

#[hpy::module]
mod m {
    use hpy::Global;

    static mut KEPT: Global = Global::new(); //~ a `Global` has interior mutability
}

fn main() {}
