//! A handle can't leave the call that it belongs to.

use hpy::{Context, Handle, Result, types::List};

fn forever(ctx: Context<'_>) -> Result<Handle<'static, List>> {
    List::new(ctx) //~ lifetime may not live long enough
}

fn push<'ctx>(value: Handle<'ctx>, kept: &mut Vec<Handle<'static>>) {
    kept.push(value); //~ borrowed data escapes outside of function
}

fn main() {}
