//! The name of an attribute is a text.

#[hpy::module]
mod m {
    use hpy::{Handle, Result};

    #[function]
    fn get<'ctx>(x: &Handle<'ctx>, name: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        x.getattr(name) //~ can't name an attribute
    }
}

fn main() {}
