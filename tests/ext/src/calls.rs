//! Calling Python from Rust.

#[hpy::module]
mod calls {
    use hpy::types::{Callable, Dict, Tuple};
    use hpy::{Context, Handle, Result};

    #[function]
    fn call0<'ctx>(f: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        f.call(())
    }
    #[function]
    fn call3<'ctx>(f: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        f.call((1, "two", 3.0))
    }
    #[function]
    fn call_kw<'ctx>(f: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        f.call_kw((1,), (("key", "value"), ("depth", 3)))
    }
    #[function]
    fn call_slice<'ctx>(f: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        f.call_kw((), [("a", 1), ("b", 2)].as_slice())
    }
    #[function]
    fn call_many<'ctx>(f: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        let names: Vec<String> = (0..40).map(|i| format!("k{i}")).collect();
        let pairs: Vec<(&str, usize)> =
            names.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect();
        f.call_kw((1, 2), pairs.as_slice())
    }
    #[function]
    fn call_method<'ctx>(x: &Handle<'ctx>, name: &str) -> Result<Handle<'ctx>> {
        x.call_method(name, ())
    }
    #[function]
    fn call_method_kw<'ctx>(x: &Handle<'ctx>, name: &str) -> Result<Handle<'ctx>> {
        x.call_method_kw(name, (1, 2), (("c", 3),))
    }
    #[function]
    fn call_tuple<'ctx>(
        f: &Handle<'ctx, Callable>,
        args: &Handle<'ctx, Tuple>,
        kwargs: Option<&Handle<'ctx, Dict>>,
    ) -> Result<Handle<'ctx>> {
        f.call_tuple(args, kwargs)
    }
    #[function]
    fn import_module<'ctx>(ctx: Context<'ctx>, name: &str) -> Result<Handle<'ctx>> {
        ctx.import(name).map(Handle::into_any)
    }
    #[function]
    fn eval<'ctx>(ctx: Context<'ctx>, text: &str, names: &Handle<'ctx, Dict>) -> Result<Handle<'ctx>> {
        ctx.eval(text, names)
    }
    #[function]
    fn run<'ctx>(ctx: Context<'ctx>, text: &str, names: &Handle<'ctx, Dict>) -> Result<()> {
        ctx.run(text, names)
    }
    #[function]
    fn recurse<'ctx>(f: &Handle<'ctx>, depth: u64) -> Result<Handle<'ctx>> {
        f.call((f, depth + 1))
    }
}
