//! Where a thread's stack begins and ends.

/// A stack. It grows down, from `top` to `bottom`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    /// The highest address, exclusive.
    pub(super) top: usize,
    /// The lowest address that can be used.
    pub(super) bottom: usize,
}

/// The most that is kept free of a stack.
const MARGIN: usize = 1 << 20;

/// Of a main thread without a limit: what it is taken to have.
#[cfg(target_os = "linux")]
const UNLIMITED: usize = 64 << 20;

impl Bounds {
    /// Of a thread whose stack can't be measured: no address is in it.
    pub(super) const UNKNOWN: Bounds = Bounds { top: 0, bottom: 0 };

    /// The lowest address at which code of other people may still be run. A quarter is kept for what runs until the next
    /// look: a level of Python and Rust code, the C library, the report of a panic.
    pub(super) fn limit(self) -> usize {
        self.bottom + ((self.top - self.bottom) / 4).min(MARGIN)
    }
}

/// The stack of the running thread, on which the address `here` is.
#[cfg(target_os = "linux")]
pub(super) fn of_this_thread(here: usize) -> Bounds {
    // SAFETY: asks which thread this is.
    let is_main = unsafe { libc::getpid() == libc::syscall(libc::SYS_gettid) as libc::pid_t };
    let contains = |bounds: &Bounds| bounds.bottom <= here && here < bounds.top;
    // After a fork from another thread, that one is the main thread, on its old stack.
    let main = if is_main { of_main_thread() } else { None };
    main.filter(contains).or_else(of_pthread).filter(contains).unwrap_or(Bounds::UNKNOWN)
}

/// The kernel lets the main thread's stack grow up to the resource limit, below the program's arguments and environment. (The C
/// libraries' answers differ: musl's is what is in use.)
#[cfg(target_os = "linux")]
fn of_main_thread() -> Option<Bounds> {
    const PAGE: usize = 1 << super::PAGE_BITS;
    // SAFETY: the name of the program is the last text on the stack, and a word of zeros follows; the limit is written to a
    // local variable.
    unsafe {
        let name = libc::getauxval(libc::AT_EXECFN);
        if name == 0 {
            return None;
        }
        let name: *const core::ffi::c_char = core::ptr::with_exposed_provenance(name as usize);
        let end = name.addr() + libc::strlen(name) + 1 + size_of::<usize>();
        let top = end.next_multiple_of(PAGE);
        let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
        if libc::getrlimit(libc::RLIMIT_STACK, &mut limit) != 0 {
            return None;
        }
        let size = if limit.rlim_cur == libc::RLIM_INFINITY { UNLIMITED } else { limit.rlim_cur as usize };
        Some(Bounds { top, bottom: top.saturating_sub(size) })
    }
}

#[cfg(target_os = "linux")]
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

/// The stack of the running thread.
#[cfg(target_os = "macos")]
pub(super) fn of_this_thread(_: usize) -> Bounds {
    // SAFETY: asks about the running thread.
    unsafe {
        let this = libc::pthread_self();
        let top = libc::pthread_get_stackaddr_np(this).addr();
        Bounds { top, bottom: top.saturating_sub(libc::pthread_get_stacksize_np(this)) }
    }
}

/// Unknown on other systems: there the check never says "low". (Windows has `GetCurrentThreadStackLimits`.)
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(super) fn of_this_thread(_: usize) -> Bounds {
    Bounds::UNKNOWN
}
