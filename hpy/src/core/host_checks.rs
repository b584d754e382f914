//! Whether the host checks `self` before it calls a function of a class.

use core::sync::atomic::{AtomicBool, Ordering};

use super::context::Context;

/// Whether the host calls a slot of a class with instances of that class only. CPython does; others call it with
/// whatever `Class.__len__(x)` was given.
static CHECKS_SELF: AtomicBool = AtomicBool::new(false);

/// Whether our host may call a method with an instance of a subclass that has another payload. PyPy before 8 allows such classes.
static MIXES_DATA: AtomicBool = AtomicBool::new(false);

/// Finds out about the host. Called before any instance exists.
pub(crate) fn find_out(ctx: Context<'_>) {
    let checks = match hpy_host::interp::interpreter() {
        Some(known) => known.implementation == hpy_host::interp::Implementation::CPython,
        None => ctx.name().contains("(CPython backend)"),
    };
    CHECKS_SELF.store(checks, Ordering::Relaxed);
    // Never back to `false`: two hosts may have loaded this file, and one of them is ours.
    if !checks && ctx.extensions().is_some() {
        MIXES_DATA.store(true, Ordering::Relaxed);
    }
}

/// See [`CHECKS_SELF`].
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn checks_self() -> bool {
    CHECKS_SELF.load(Ordering::Relaxed)
}

/// See [`MIXES_DATA`].
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn mixes_data() -> bool {
    MIXES_DATA.load(Ordering::Relaxed)
}
