//! Attempts of a program to break an extension, and of an extension to break the program, without `unsafe`.

#[hpy::module]
mod hostile {
    use std::cell::RefCell;
    use std::time::Duration;

    use hpy::exceptions::new_type;
    use hpy::types::{Any, Callable, Iterator, Slice};
    use hpy::{Context, Error, Handle, Result};

    thread_local! {
        static KEPT: RefCell<Option<Error>> = const { RefCell::new(None) };
    }

    /// All items of an iterator.
    #[function]
    fn items<'ctx>(iterator: Handle<'ctx, Iterator>) -> Result<Vec<Handle<'ctx>>> {
        iterator.into_iter().collect()
    }

    /// How many items a slice takes of ten.
    #[function]
    fn count(slice: &Handle<'_, Slice>) -> Result<usize> {
        Ok(slice.indices(10)?.length)
    }

    /// The same of a new slice.
    #[function]
    fn count_new(ctx: Context<'_>) -> Result<usize> {
        Ok(Slice::new(ctx, 1, 7, 2)?.indices(10)?.length)
    }

    /// Makes an exception type of a base class, and uses it as a type.
    #[function]
    fn derive<'ctx>(ctx: Context<'ctx>, base: &Handle<'ctx>) -> Result<bool> {
        let new = new_type(ctx, "hostile.New", "", Some(base), None)?;
        Ok(new.is_subtype_of(&ctx.type_of::<Any>()?))
    }

    /// Uses the classes that are found in `collections.abc` as types.
    #[function]
    fn found_types(ctx: Context<'_>) -> Result<bool> {
        let object = ctx.type_of::<Any>()?;
        Ok(ctx.type_of::<Iterator>()?.is_subtype_of(&object)
            && ctx.type_of::<Callable>()?.is_subtype_of(&object))
    }

    /// Calls `f`, and keeps what it raises for a later call.
    #[function]
    fn keep(f: &Handle<'_>) -> bool {
        KEPT.set(f.call(()).err());
        KEPT.with_borrow(Option::is_some)
    }

    /// Drops what was kept.
    #[function]
    fn drop_kept() -> bool {
        KEPT.take().is_some()
    }

    /// Drops what was kept while this thread must not touch Python.
    #[function]
    fn drop_kept_detached(ctx: Context<'_>) -> bool {
        ctx.detach(|| KEPT.take().is_some())
    }

    /// Sleeps detached.
    #[function]
    fn sleep(ctx: Context<'_>, milliseconds: u64) {
        ctx.detach(|| std::thread::sleep(Duration::from_millis(milliseconds)));
    }

    /// Calls `f`.
    #[function]
    fn call<'ctx>(f: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        f.call(())
    }
}
