//! While other Python threads run, no handle can be used.

use hpy::{Context, Handle, types::List};

fn total(ctx: Context<'_>, numbers: &Handle<'_, List>) -> usize {
    ctx.detach(|| numbers.len().unwrap_or(0)) //~ cannot be shared between threads safely
}

fn main() {}
