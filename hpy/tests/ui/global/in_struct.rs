//! A `Global` is a `static`: one that lies in a value can't be used.

use hpy::{Context, Global, Handle};

struct Cache {
    last: Global,
}

impl Cache {
    fn keep<'ctx>(&self, ctx: Context<'ctx>, value: &Handle<'ctx>) {
        self.last.store(ctx, value); //~ borrowed data escapes outside of method
    }
}

fn main() {}
