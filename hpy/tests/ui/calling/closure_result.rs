//! What a closure returns must convert to Python.

#[hpy::module]
mod m {
    use hpy::types::Callable;
    use hpy::{Context, Handle, Result};

    #[function]
    fn start<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Callable>> {
        Callable::new(ctx, "start", |_, _| std::time::Instant::now()) //~ a function for Python can't return
    }
}

fn main() {}
