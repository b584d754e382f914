//! A `Global` is a `static`: a `const` is a new one wherever it is named.

use hpy::{Context, Global, Handle};

const KEPT: Global = Global::new();

fn load(ctx: Context<'_>) -> Option<Handle<'_>> {
    KEPT.load(ctx) //~ temporary value dropped while borrowed
}

fn main() {}
