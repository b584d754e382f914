//! A closure outlives the call that made it; a handle doesn't.

#[hpy::module]
mod m {
    use hpy::types::Callable;
    use hpy::{Context, Handle, Result};

    #[function]
    fn always<'ctx>(ctx: Context<'ctx>, value: Handle<'ctx>) -> Result<Handle<'ctx, Callable>> {
        Callable::new(ctx, "always", move |_, _| value.len()) //~ cannot be sent between threads //~ cannot be shared between threads
    }
}

fn main() {}
