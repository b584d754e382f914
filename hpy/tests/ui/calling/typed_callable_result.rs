//! The result of a typed callable converts from Python and borrows nothing.

#[hpy::module]
mod m {
    use hpy::{Context, PyFn, Result};

    #[function]
    fn apply(ctx: Context<'_>, f: PyFn<(i64,), std::time::Instant>) -> Result<()> {
        f.call(ctx, (1,)).map(drop) //~ `Instant: FromPythonOwned<'_>` is not satisfied
    }
}

fn main() {}
