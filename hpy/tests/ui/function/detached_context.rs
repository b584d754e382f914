//! A function that runs detached has no context and no module.

use hpy::{Context, Handle, types::Module};

#[hpy::function(detach)]
fn f(ctx: Context<'_>) -> bool { //~ a function with `detach` runs without Python, so it can't have this
    ctx.none().is_none()
}

#[hpy::function(detach)]
fn g(module: &Handle<'_, Module>) -> bool { //~ a function with `detach` runs without Python, so it can't have this
    module.is_none()
}

fn main() {}
