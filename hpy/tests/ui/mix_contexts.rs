//! Handles of two calls don't mix.

use hpy::{Context, Handle, Result};

fn mix<'one, 'two>(_: Context<'one>, list: &Handle<'one>, item: &Handle<'two>) -> Result<bool> {
    list.contains(item) //~ `'two` is another call
}

fn main() {}
