//! A typed callable is called with its types.

#[hpy::module]
mod m {
    use hpy::{Context, PyFn, Result};

    #[function]
    fn apply(ctx: Context<'_>, f: PyFn<(i64, f64), f64>) -> Result<f64> {
        f.bind(ctx)(1, 2.0)?;
        f.call(ctx, (1.0, 2.0)) //~ mismatched types
    }
}

fn main() {}
