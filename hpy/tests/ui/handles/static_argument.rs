//! A function works for a call of any length: nothing of it can be asked for for ever.

use hpy::{Context, Handle, Ref, types::List};

#[hpy::function]
fn f(ctx: Context<'static>) -> bool { //~ an argument lives only as long as the call
    ctx.none().is_none()
}

#[hpy::function]
fn g(text: &'static str, data: &'static [u8]) -> bool { //~ an argument lives only as long as the call
    text.len() == data.len()
}

#[hpy::function]
fn h(one: Handle<'static>, two: Ref<'_, 'static, List>, three: &Handle<'static>) -> bool { //~ an argument lives only as long as the call
    one.is(&*two) && one.is(three)
}

fn main() {}
