//! While other Python threads run, no context can be used.

use hpy::Context;

fn none(ctx: Context<'_>) -> bool {
    ctx.detach(|| ctx.none().is_none()) //~ cannot be shared between threads safely
}

fn main() {}
