//! Stack bounds on Linux.

use super::stack_bounds::{Bounds, PAGE_BITS};

/// Of a main thread without a limit: what it is taken to have.
const UNLIMITED: usize = 64 << 20;

/// The stack of the running thread, on which the address `here` is.
pub(crate) fn stack(here: usize) -> Bounds {
    // SAFETY: asks which thread this is.
    let is_main = unsafe { libc::c_long::from(libc::getpid()) == libc::syscall(libc::SYS_gettid) };
    let contains = |bounds: &Bounds| bounds.bottom <= here && here < bounds.top;
    // After a fork from another thread, that one is the main thread, on its old stack.
    let main = if is_main { of_main_thread() } else { None };
    main.filter(contains).or_else(of_pthread).filter(contains).unwrap_or(Bounds::UNKNOWN)
}

/// The kernel lets the main thread's stack grow up to the resource limit, below the program's arguments and environment. (The C
/// libraries' answers differ: musl's is what is in use.)
fn of_main_thread() -> Option<Bounds> {
    const PAGE: usize = 1 << PAGE_BITS;
    // SAFETY: the name of the program is the last text on the stack, and a word of zeros follows; the limit is written to a
    // local variable.
    unsafe {
        let name = usize::try_from(libc::getauxval(libc::AT_EXECFN)).ok().filter(|name| *name != 0)?;
        let name: *const core::ffi::c_char = core::ptr::with_exposed_provenance(name);
        let end = name.addr() + libc::strlen(name) + 1 + size_of::<usize>();
        let top = end.next_multiple_of(PAGE);
        let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
        if libc::getrlimit(libc::RLIMIT_STACK, &mut limit) != 0 {
            return None;
        }
        let limit = Some(limit.rlim_cur).filter(|limit| *limit != libc::RLIM_INFINITY);
        let size = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(UNLIMITED);
        Some(Bounds { top, bottom: top.saturating_sub(size) })
    }
}

fn of_pthread() -> Option<Bounds> {
    // SAFETY: asks for the attributes of the running thread; they are destroyed again.
    unsafe {
        let mut attributes = core::mem::MaybeUninit::<libc::pthread_attr_t>::zeroed();
        if libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) != 0 {
            return None;
        }
        let (mut bottom, mut size, mut guard) = (core::ptr::null_mut(), 0, 0);
        let known = libc::pthread_attr_getstack(attributes.as_ptr(), &mut bottom, &mut size) == 0
            && libc::pthread_attr_getguardsize(attributes.as_ptr(), &mut guard) == 0;
        libc::pthread_attr_destroy(attributes.as_mut_ptr());
        // Some C libraries count the guard as a part of the stack.
        let bottom = bottom.addr();
        known.then_some(Bounds { top: bottom + size, bottom: bottom + guard.min(size / 2) })
    }
}
