//! `#[init]` takes the context and the module.

#[hpy::module]
mod m {
    #[init]
    fn init(size: usize) { //~ nobody passes `size`
        drop(size);
    }
}

fn main() {}
