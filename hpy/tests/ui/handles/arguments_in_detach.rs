//! While other Python threads run, no borrowed argument and no iterator can be used.

use hpy::{Context, Ref, Result};

fn f(ctx: Context<'_>, value: Ref<'_, '_>) -> bool {
    ctx.detach(|| value.is_none()) //~ cannot be shared between threads safely
}

fn g(ctx: Context<'_>, value: Ref<'_, '_>) -> Result<()> {
    let items = value.iter()?;
    ctx.detach(move || drop(items)); //~ cannot be sent between threads safely
    Ok(())
}

fn main() {}
