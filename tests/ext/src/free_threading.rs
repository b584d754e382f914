//! A module that does not rely on the GIL.

#[hpy::module(gil = false)]
mod free_threading {
    use hpy::{Context, Global, Handle};

    static LAST: Global = Global::new();

    /// Keeps a value; gives the one that was kept before.
    #[function]
    fn swap<'ctx>(ctx: Context<'ctx>, value: &Handle<'ctx>) -> Option<Handle<'ctx>> {
        let last = LAST.load(ctx);
        LAST.store(ctx, value);
        last
    }
}
