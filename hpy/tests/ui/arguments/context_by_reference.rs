//! The context is passed by value: `Context<'_>`.

use hpy::Context;

#[hpy::function]
fn f(ctx: &Context<'_>) -> bool { //~ take the context by value, `Context<'_>`
    ctx.none().is_none()
}

fn main() {}
