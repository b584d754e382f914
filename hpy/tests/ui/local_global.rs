//! A global must live as long as the program.

use hpy::{Context, Global};

fn f(ctx: Context<'_>) {
    let local: Global = Global::new();
    local.load(ctx); //~ not a static
}

fn main() {}
