//! A handle can't leave the `attach` that it was made in.

use hpy::{AttachError, Handle, Result, types::List};

fn made(result: Result<Handle<'static, List>, AttachError>) {
    drop(result);
}

fn f() {
    made(hpy::attach(|ctx| List::new(ctx).unwrap())); //~ lifetime may not live long enough
}

fn main() {}
