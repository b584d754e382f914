//! Any thread may call a closure, and several at a time.

#[hpy::module]
mod m {
    use std::cell::Cell;

    use hpy::types::Callable;
    use hpy::{Context, Handle, Result};

    #[function]
    fn counter<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Callable>> {
        let count = Cell::new(0);
        Callable::new(ctx, "count", move |_, _| count.replace(count.get() + 1)) //~ cannot be shared between threads
    }
}

fn main() {}
