//! Stack bounds on Apple's systems.

use super::stack_bounds::Bounds;

/// The stack of the running thread.
pub(crate) fn stack(_: usize) -> Bounds {
    // SAFETY: asks about the running thread.
    unsafe {
        let this = libc::pthread_self();
        let top = libc::pthread_get_stackaddr_np(this).addr();
        Bounds { top, bottom: top.saturating_sub(libc::pthread_get_stacksize_np(this)) }
    }
}
