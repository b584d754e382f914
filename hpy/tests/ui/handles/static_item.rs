//! A handle in a plain `static` would be for all threads: that is what `hpy::Global` is for.

use std::sync::Mutex;

static KEPT: Mutex<Option<hpy::Handle<'static>>> = Mutex::new(None); //~ cannot be sent between threads safely

fn main() {
    drop(KEPT.lock());
}
