//! The signature grammar, the calling conventions, and parameters that are hidden from Python.

/// Functions of every signature.
#[hpy::module]
mod functions {
    use hpy::types::{Dict, Module, Tuple};
    use hpy::{Context, Handle, Ref, Result};

    /// Takes nothing.
    #[function]
    fn nothing() {}

    /// Takes one.
    #[function(signature = (x, /))]
    fn one<'ctx>(x: &Handle<'ctx>) -> Handle<'ctx> {
        x.clone()
    }

    #[function(signature = (a, b, /))]
    fn positional_only(a: i64, b: i64) -> (i64, i64) {
        (a, b)
    }

    #[function]
    fn plain(a: i64, b: i64, c: i64) -> (i64, i64, i64) {
        (a, b, c)
    }

    #[function(signature = (a, b = 2, *, c = 3, d))]
    fn mixed(a: i64, b: i64, c: i64, d: i64) -> (i64, i64, i64, i64) {
        (a, b, c, d)
    }

    #[function(signature = (a, /, b = -1, *args, c = "x", **kwargs))]
    fn everything<'ctx>(
        a: i64,
        b: i64,
        args: &Handle<'ctx, Tuple>,
        c: &str,
        kwargs: &Handle<'ctx, Dict>,
    ) -> (i64, i64, Handle<'ctx, Tuple>, String, Handle<'ctx, Dict>) {
        (a, b, args.clone(), c.to_owned(), kwargs.clone())
    }

    #[function(signature = (*args))]
    fn sum_all(args: Vec<i64>) -> i64 {
        args.iter().sum()
    }

    #[function(signature = (**kwargs))]
    fn keywords(kwargs: std::collections::BTreeMap<String, i64>) -> Vec<(String, i64)> {
        kwargs.into_iter().collect()
    }

    #[function(signature = (x = None, flag = true, ratio = 1.5, name = "it's", items = vec![1, 2]))]
    fn defaults(x: Option<i64>, flag: bool, ratio: f64, name: &str, items: Vec<i64>) -> String {
        format!("{x:?} {flag} {ratio} {name} {items:?}")
    }

    #[function(name = "renamed")]
    fn rust_name(r#type: i64) -> i64 {
        r#type + 1
    }

    #[function]
    fn r#match(r#type: i64) -> i64 {
        r#type
    }

    fn halves(value: &Handle<'_>) -> Result<i64> {
        Ok(value.extract::<i64>()? / 2)
    }

    fn total(values: &Handle<'_>) -> Result<i64> {
        Ok(values.extract::<Vec<i64>>()?.iter().sum())
    }

    #[function(signature = (a, b = 7, *args))]
    fn converted(
        #[hpy(from_py_with = halves)] a: i64,
        #[hpy(from_py_with = halves)] b: i64,
        #[hpy(from_py_with = total)] args: i64,
    ) -> (i64, i64, i64) {
        (a, b, args)
    }

    #[cfg_attr(not(target_os = "none"), function(name = "conditional"))]
    #[cfg_attr(target_os = "none", function(name = "on_nothing"))]
    fn two_names() {}

    /// First.
    #[doc = concat!("se", "cond")]
    #[cfg_attr(target_os = "none", doc = "on nothing")]
    #[cfg_attr(not(target_os = "none"), doc = "elsewhere")]
    #[function]
    fn documented() {}

    /// Only its own text.
    #[function(signature = (x), text_signature = "(something)")]
    fn own_text(x: i64) -> i64 {
        x
    }

    #[function(text_signature = None)]
    fn no_text(x: i64) -> i64 {
        x
    }

    #[function]
    fn with_context(ctx: Context<'_>, x: i64) -> Result<i64> {
        ctx.import("builtins")?.getattr("abs")?.call((x,))?.extract()
    }

    #[function]
    fn with_module(module: &Handle<'_, Module>) -> Result<String> {
        module.name()
    }

    #[function]
    fn with_both<'ctx>(ctx: Context<'ctx>, module: Ref<'_, 'ctx, Module>, x: i64) -> Result<(String, i64)> {
        let _ = ctx;
        Ok((module.name()?, x))
    }

    #[function(signature = (module))]
    fn module_as_argument(module: &Handle<'_, Module>) -> Result<String> {
        module.name()
    }

    #[function(detach)]
    fn detached(n: u64) -> u64 {
        (0..n).sum()
    }

    #[cfg(target_os = "none")]
    #[function]
    fn compiled_out() {}

    #[cfg(not(target_os = "none"))]
    #[function]
    fn compiled_in() -> bool {
        true
    }

    #[function]
    fn result(fail: bool) -> std::result::Result<i64, std::num::ParseIntError> {
        if fail { "x" } else { "7" }.parse()
    }
}
