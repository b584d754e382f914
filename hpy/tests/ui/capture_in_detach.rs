//! Nothing of Python can be used while detached.

#[hpy::module]
mod m {
    use hpy::{Context, Handle, Result};

    #[function]
    fn f(ctx: Context<'_>, x: &Handle<'_>) -> Result<usize> {
        ctx.detach(|| x.len()) //~ handles are not `Send`, nor are errors
    }
}

fn main() {}
