//! `intern!` makes a static, so it takes a literal.

#[hpy::module]
mod m {
    use hpy::{Handle, Result, intern};

    #[function]
    fn get<'ctx>(x: &Handle<'ctx>, name: &str) -> Result<Handle<'ctx>> {
        x.getattr(intern!(name)) //~ takes a literal
    }
}

fn main() {}
