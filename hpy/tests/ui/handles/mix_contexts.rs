//! A handle of one call can't be used in another one: not even two calls that are both going on can mix theirs.

use hpy::{Context, Handle, Result, types::List};

fn mix<'one, 'two>(list: &Handle<'one, List>, item: Handle<'two>) -> Result<()> {
    list.append(item) //~ lifetime may not live long enough
}

fn pass<'one, 'two>(_: Context<'one>, two: Context<'two>) -> Context<'one> {
    two //~ lifetime may not live long enough
}

fn main() {}
