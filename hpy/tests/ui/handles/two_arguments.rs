//! Handles of two arguments mix only where the function says that they belong to one call.

use hpy::{Handle, Result, types::List};

#[hpy::function]
fn f(list: &Handle<'_, List>, item: &Handle<'_>) -> Result<()> {
    list.append(item) //~ lifetime may not live long enough
}

#[hpy::function]
fn g<'ctx>(list: &Handle<'ctx, List>, item: &Handle<'ctx>) -> Result<()> {
    list.append(item)
}

fn main() {}
