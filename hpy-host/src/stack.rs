//! Keeping deep recursion on PyPy an exception.
//!
//! PyPy raises `RecursionError` when the machine's stack is used up to a limit of its own. But if that happens while one
//! of its C API's functions begins, the whole process is ended. So on PyPy a function of an extension is not entered
//! when less than [`MARGIN`] is left to that limit: Python then gets its `RecursionError` from here.

use core::cell::Cell;
use core::sync::atomic::{AtomicBool, Ordering};

use crate::api;
use crate::interp::{Implementation, Interpreter, Owned};

/// Bytes of stack that a function of an extension may use, with what it calls of the C API, before Python code runs.
const MARGIN: usize = 96 << 10;
/// Nobody sets the limit lower than this; so less deep there is no need to ask.
const SHALLOW: usize = 128 << 10;
/// Bytes of stack for each unit of `sys.getrecursionlimit()`.
const BYTES_PER_LEVEL: usize = 768;

static LIMITED: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// Where this thread's stack begins; 0 before it was asked for.
    static BASE: Cell<usize> = const { Cell::new(0) };
}

/// Decides whether this interpreter needs the check.
pub(crate) fn choose(interpreter: &Interpreter) {
    LIMITED.store(interpreter.implementation == Implementation::PyPy, Ordering::Relaxed);
}

/// Does this interpreter need the check?
pub(crate) fn is_limited() -> bool {
    LIMITED.load(Ordering::Relaxed)
}

/// Is too little stack left to enter a function of an extension?
///
/// # Safety
///
/// This thread runs Python.
#[inline]
pub(crate) unsafe fn nearly_full() -> bool {
    // SAFETY: the caller's word.
    is_limited() && unsafe { measure() }
}

#[cold]
unsafe fn measure() -> bool {
    let here = 0u8;
    let base = BASE.get();
    let base = if base == 0 {
        let base = stack_base();
        BASE.set(base);
        base
    } else {
        base
    };
    let depth = base.saturating_sub((&raw const here).addr());
    // SAFETY: the caller's word.
    depth > SHALLOW && depth + MARGIN > unsafe { limit() }
}

/// The stack that PyPy allows, in bytes.
unsafe fn limit() -> usize {
    // SAFETY: the caller's word; the references that are made are given back.
    let levels = unsafe {
        Owned::import(c"sys").and_then(|sys| sys.attribute(c"getrecursionlimit")).and_then(|get| {
            let levels = Owned::new((api().PyObject_CallNoArgs)(get.0))?;
            Ok((api().PyLong_AsSsize_t)(levels.0))
        })
    };
    match levels {
        Ok(levels) if levels > 0 => (levels as usize).saturating_mul(BYTES_PER_LEVEL),
        _ => 1000 * BYTES_PER_LEVEL,
    }
}

/// The highest address of this thread's stack.
#[cfg(target_os = "linux")]
fn stack_base() -> usize {
    // SAFETY: asking for the attributes of the running thread; they are destroyed again. The main thread's stack has
    // the environment at its end, so there the C library's own record of its start is better.
    unsafe {
        let end = crate::capi::symbol(c"__libc_stack_end").cast::<usize>();
        if libc::getpid() == libc::syscall(libc::SYS_gettid) as libc::pid_t && !end.is_null() {
            return *end;
        }
        let mut attributes: libc::pthread_attr_t = core::mem::zeroed();
        if libc::pthread_getattr_np(libc::pthread_self(), &mut attributes) != 0 {
            return 1;
        }
        let (mut start, mut size) = (core::ptr::null_mut(), 0);
        libc::pthread_attr_getstack(&attributes, &mut start, &mut size);
        libc::pthread_attr_destroy(&mut attributes);
        start.addr() + size
    }
}

/// The highest address of this thread's stack.
#[cfg(target_os = "macos")]
fn stack_base() -> usize {
    // SAFETY: asking about the running thread.
    unsafe { libc::pthread_get_stackaddr_np(libc::pthread_self()).addr() }
}

/// Unknown: the check never says "full".
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn stack_base() -> usize {
    1
}
