//! Python callables with the types of their arguments and results.

#[hpy::module]
mod typed_callables {
    use std::cmp::Ordering;

    use hpy::{Context, Handle, PyFn, Result};

    #[function]
    fn integrate(ctx: Context<'_>, f: PyFn<(f64,), f64>, a: f64, b: f64) -> Result<f64> {
        let (f, step) = (f.bind(ctx), (b - a) / 100.0);
        let mut sum = 0.0;
        for i in 0..100 {
            sum += f(a + (f64::from(i) + 0.5) * step)? * step;
        }
        Ok(sum)
    }

    /// Code that takes any Rust function.
    fn apply(f: impl Fn(String, Vec<i64>) -> Result<Option<bool>>) -> Result<Option<bool>> {
        f("text".to_owned(), vec![1, 2])
    }

    #[function]
    fn as_fn(ctx: Context<'_>, f: PyFn<(String, Vec<i64>), Option<bool>>) -> Result<Option<bool>> {
        apply(f.bind(ctx))
    }

    #[function]
    fn without_arguments(ctx: Context<'_>, f: PyFn<(), String>) -> Result<(String, String)> {
        Ok((f.call(ctx, ())?, f.bind(ctx)()?))
    }

    /// Objects as they are.
    #[function]
    fn of_objects<'ctx>(
        ctx: Context<'ctx>,
        f: PyFn<(Handle<'ctx>,), Handle<'ctx>>,
        object: &Handle<'ctx>,
    ) -> Result<Handle<'ctx>> {
        f.call(ctx, (object.clone(),))
    }

    #[function]
    fn sorted(ctx: Context<'_>, mut numbers: Vec<i64>, compare: PyFn<(i64, i64), i32>) -> Result<Vec<i64>> {
        let mut failed = None;
        numbers.sort_by(|a, b| match compare.call(ctx, (*a, *b)) {
            Ok(order) => order.cmp(&0),
            Err(error) => {
                failed.get_or_insert(error);
                Ordering::Equal
            }
        });
        failed.map_or(Ok(numbers), Err)
    }

    /// There and back, and kept in a value of Rust's.
    #[function]
    fn back(ctx: Context<'_>, f: PyFn<(i64,), i64>) -> (bool, PyFn<(i64,), i64>) {
        let kept = Some(f.clone_ref(ctx));
        let same = kept.is_some_and(|kept| kept.as_py().bind(ctx).is(&f.as_py().bind(ctx)));
        (same, PyFn::new(f.into_py()))
    }
}
