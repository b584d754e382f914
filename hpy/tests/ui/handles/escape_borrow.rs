//! What is borrowed from an argument, such as the text inside a `str`, can't outlive it.

use hpy::{Handle, Result, types::Str};

fn text<'ctx>(value: Handle<'ctx, Str>) -> Result<&'ctx str> {
    value.as_str() //~ cannot return value referencing function parameter `value`
}

fn main() {}
