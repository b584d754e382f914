//! `#[init]` takes the context and the module.

#[hpy::module]
mod m {
    #[init]
    fn init(size: usize) { //~ `#[init]` receives no argument for `size`
        drop(size);
    }
}

fn main() {}
