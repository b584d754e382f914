//! A handle can't be kept for the next call, in a thread-local here: that is what `hpy::Global` is for.

use std::cell::RefCell;

thread_local! {
    static KEPT: RefCell<Option<hpy::Handle<'static>>> = const { RefCell::new(None) };
}

#[hpy::function]
fn keep(value: hpy::Handle<'_>) {
    KEPT.with(|kept| *kept.borrow_mut() = Some(value)); //~ borrowed data escapes outside of function
}

fn main() {}
