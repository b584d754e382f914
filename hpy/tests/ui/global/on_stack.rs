//! A `Global` is a `static`: one on the stack can't be used.

use hpy::{Context, Global, Handle};

fn keep<'ctx>(ctx: Context<'ctx>, value: &Handle<'ctx>) {
    let kept = Global::new();
    kept.store(ctx, value); //~ `kept` does not live long enough
}

fn main() {}
