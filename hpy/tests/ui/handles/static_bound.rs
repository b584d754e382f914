//! A function works for a call of any length: no bound can ask for one that lasts for ever.

use hpy::{Context, Handle};

#[hpy::function] //~ borrowed data escapes outside of associated function
fn f<'ctx: 'static>(ctx: Context<'ctx>) -> bool {
    ctx.none().is_none()
}

#[hpy::function] //~ temporary value dropped while borrowed //~ lifetime may not live long enough
fn g<'a, 'ctx>(value: &'a Handle<'ctx>) -> bool
where
    'a: 'ctx,
{
    value.is_none()
}

fn main() {}
