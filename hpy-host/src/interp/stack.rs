//! `RecursionError` instead of a stack overflow.
//!
//! Many functions of the C API run Python code without counting recursion (`PyObject_Hash`, `PyObject_Size`, `PyNumber_Add`,
//! calls of an instance with a vectorcall pointer, …). Those that count use a number of levels that fits CPython's frames on
//! a big stack, not Rust's on a small one. So each function of the context that may run Python code first compares the stack
//! pointer with the limit of its thread ([`is_low`]). Every recursion through an extension passes through one of them.
//!
//! The comparison has to be nearly free. It looks up the current page of the stack in a table of pages known to be safe,
//! without asking which thread this is.
//!
//! PyPy has a limit of its own, in bytes, which follows from `sys.getrecursionlimit()`. It raises `RecursionError` beyond it,
//! but aborts the process if the limit is hit at the start of a C API function. So on PyPy no page stays in the table, and a
//! function of an extension is not entered at all when too little stack is left ([`is_too_deep`]).
//!
//! Other hosts do not check. A function that is called with another host's context is not entered when too little stack is
//! left ([`is_low_in`]).

use core::cell::Cell;
use core::ffi::{c_char, c_int, c_void};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};

use hpy_sys::{
    HPy, HPy_CallTupleDict, HPy_Close, HPy_GetAttr_s, HPyContext, HPyErr_Clear, HPyImport_ImportModule,
    HPyLong_AsSsize_t,
};

use crate::api;
use crate::capi::types::PyObject;
use crate::interp::{Implementation, Interpreter, Owned};
use crate::platform::stack_bounds::{Bounds, PAGE_BITS};

const ENTRIES: usize = 256;

/// Pages of stacks with enough room below them, by a hash of their number; 0 where there is none.
static SAFE: [AtomicUsize; ENTRIES] = [const { AtomicUsize::new(0) }; ENTRIES];

/// What a thread knows of its stack.
struct Stack {
    /// `None` before it was asked for.
    bounds: Cell<Option<Bounds>>,
    /// On PyPy: the depth at which the thread last asked for the interpreter's limit, or a smaller one since.
    asked: Cell<usize>,
}

thread_local! {
    static STACK: Stack = const { Stack { bounds: Cell::new(None), asked: Cell::new(0) } };
}

impl Drop for Stack {
    /// Another thread's stack, of another size, may come to where this one is.
    fn drop(&mut self) {
        self.bounds.set(Some(Bounds::UNKNOWN));
        forget_pages();
    }
}

/// Removes all pages from the table. Those of threads that live come back as they are used.
#[cold]
fn forget_pages() {
    SAFE.iter().for_each(|entry| entry.store(0, Ordering::Relaxed));
}

/// The stack pointer, or an address near it.
#[cfg_attr(not(debug_assertions), inline(always))]
fn here() -> usize {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    {
        let pointer: usize;
        // SAFETY: reads a register.
        unsafe {
            core::arch::asm!("mov {}, rsp", out(reg) pointer, options(nomem, nostack, preserves_flags))
        };
        pointer
    }
    #[cfg(all(target_arch = "aarch64", not(miri)))]
    {
        let pointer: usize;
        // SAFETY: reads a register.
        unsafe { core::arch::asm!("mov {}, sp", out(reg) pointer, options(nomem, nostack, preserves_flags)) };
        pointer
    }
    #[cfg(any(miri, not(any(target_arch = "x86_64", target_arch = "aarch64"))))]
    {
        let local = core::mem::MaybeUninit::<u8>::uninit();
        (&raw const local).addr()
    }
}

/// The entry of the table for a page. Stacks of threads often stand a power of two apart.
#[cfg_attr(not(debug_assertions), inline(always))]
fn entry(page: usize) -> &'static AtomicUsize {
    &SAFE[(page ^ (page >> 11)) % ENTRIES]
}

/// Returns whether this thread's stack is nearly used up, so that no Python code may be run.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn is_low() -> bool {
    let page = here() >> PAGE_BITS;
    entry(page).load(Ordering::Relaxed) != page && measure()
}

/// The answer for a page that is not in the table.
#[cold]
#[inline(never)]
fn measure() -> bool {
    let limit = if is_limited() { Some(Limit { ask: &limit, shallow: 0 }) } else { None };
    // A thread that is ending, and has given up what it knew, is not refused anything.
    STACK.try_with(|stack| stack.is_low(limit)).unwrap_or(false)
}

/// [`is_low`] for the context of a host in another file, which does not look itself: to be asked before a function of the
/// extension is entered.
///
/// # Safety
///
/// HPy's rules: a live context, for this thread.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn is_low_in(ctx: *mut HPyContext) -> bool {
    let page = here() >> PAGE_BITS;
    // SAFETY: the caller's word.
    entry(page).load(Ordering::Relaxed) != page && unsafe { measure_in(ctx) }
}

#[cold]
#[inline(never)]
unsafe fn measure_in(ctx: *mut HPyContext) -> bool {
    // SAFETY: the caller's word.
    let ask = || unsafe { limit_in(ctx) };
    let limit = if hpy_sys::view::is_pypy() { Some(Limit { ask: &ask, shallow: SHALLOW }) } else { None };
    STACK.try_with(|stack| stack.is_low(limit)).unwrap_or(false)
}

/// The interpreter's own limit.
#[derive(Clone, Copy)]
struct Limit<'a> {
    /// Gives it, in bytes.
    ask: &'a dyn Fn() -> usize,
    /// Pages that are no deeper are safe for ever once they were found to be.
    shallow: usize,
}

impl Stack {
    fn bounds(&self, here: usize) -> Bounds {
        self.bounds.get().unwrap_or_else(|| {
            let bounds = crate::platform::stack(here);
            self.bounds.set(Some(bounds));
            forget_pages();
            bounds
        })
    }

    fn is_low(&self, limit: Option<Limit<'_>>) -> bool {
        let here = here();
        let bounds = self.bounds(here);
        if here >= bounds.top || here < bounds.bottom {
            // A coroutine's stack, or one that could not be measured.
            return false;
        }
        if here < bounds.limit() {
            return true;
        }
        if let Some(limit) = limit {
            let depth = bounds.top - here;
            if depth > deepest(bounds) || self.is_near_limit(depth, limit) {
                return true;
            }
            if depth > limit.shallow {
                return false;
            }
        }
        let page = here >> PAGE_BITS;
        if page << PAGE_BITS >= bounds.limit() {
            entry(page).store(page, Ordering::Relaxed);
        }
        false
    }

    /// PyPy's limit is asked for as a thread gets deeper, not by each call: whoever sets a lower one must be able to go on
    /// himself.
    fn is_near_limit(&self, depth: usize, limit: Limit<'_>) -> bool {
        let asked = self.asked.get();
        if depth <= asked + STEP {
            self.asked.set(asked.min(depth));
            return false;
        }
        let limit = (limit.ask)();
        let full = depth + MARGIN.min(limit / 2) > limit;
        if !full {
            self.asked.set(depth);
        }
        full
    }
}

/// PyPy: the depth, in bytes, up to which a stack is used by extensions, whatever the interpreter's limit is. The rest is for
/// [`fetch`](super::fetch): a frame of Python takes 448 bytes or more, and its struct some 150.
fn deepest(bounds: Bounds) -> usize {
    (bounds.top - bounds.bottom) / 8 * 5
}

/// PyPy: as many levels of `sys.setrecursionlimit` as this thread's stack has room for; 0 if that is not known.
pub(crate) fn most_levels() -> c_int {
    let bounds = STACK.try_with(|stack| stack.bounds(here())).unwrap_or(Bounds::UNKNOWN);
    let usable = (bounds.top - bounds.bottom).saturating_sub(MARGIN * 2);
    c_int::try_from(usable / BYTES_PER_LEVEL).unwrap_or(c_int::MAX)
}

/// Results by which functions of the context say that there is an exception.
pub(crate) trait Failure {
    const FAILED: Self;
}

impl Failure for HPy {
    const FAILED: Self = HPy::NULL;
}

macro_rules! failures {
    ($($ty:ty = $value:expr;)*) => {$(
        impl Failure for $ty {
            const FAILED: Self = $value;
        }
    )*};
}

failures! {
    *mut PyObject = null_mut();
    *mut c_void = null_mut();
    *const c_char = core::ptr::null();
    i32 = -1;
    i64 = -1;
    isize = -1;
    u32 = u32::MAX;
    u64 = u64::MAX;
    usize = usize::MAX;
    f64 = -1.0;
}

/// Raises `RecursionError`, and gives the result that says so.
#[cold]
#[inline(never)]
pub(crate) fn refuse<R: Failure>() -> R {
    raise();
    R::FAILED
}

/// Raises `RecursionError`.
#[cold]
pub(crate) fn raise() {
    let text = c"maximum recursion depth exceeded while calling a Python object";
    // SAFETY: this thread runs Python, as it is about to run Python code.
    unsafe {
        let error = (*crate::capi::embedded_context::address()).h_RecursionError;
        (api().PyErr_SetString)(crate::capi::handle::object(error), text.as_ptr());
    }
}

/// PyPy: bytes of stack that a function of an extension may use, with what it calls of the C API, before Python code runs.
const MARGIN: usize = 96 << 10;
/// Bytes of stack for each unit of `sys.getrecursionlimit()`.
const BYTES_PER_LEVEL: usize = 768;
/// Bytes by which a thread may get deeper before it asks for the limit again.
const STEP: usize = 8 << 10;
/// On PyPy's own host, whose calls are measured by the nanosecond: bytes of stack that are looked up in the table. Whoever sets a
/// limit of less than 300 when calls were made at such a depth before has less than [`MARGIN`] there.
const SHALLOW: usize = 128 << 10;

static LIMITED: AtomicBool = AtomicBool::new(false);

/// `sys.getrecursionlimit`, kept for ever.
static GET_LIMIT: AtomicPtr<PyObject> = AtomicPtr::new(null_mut());

/// Decides whether functions of an extension are entered by the interpreter's own limit.
///
/// # Safety
///
/// The table of the C API is filled, and this thread runs Python.
pub(crate) unsafe fn probe(interpreter: &Interpreter) {
    if interpreter.implementation != Implementation::PyPy {
        return;
    }
    LIMITED.store(true, Ordering::Relaxed);
    // SAFETY: the caller's word.
    if let Ok(get) = unsafe { Owned::import(c"sys").and_then(|sys| sys.attribute(c"getrecursionlimit")) } {
        GET_LIMIT.store(core::mem::ManuallyDrop::new(get).0, Ordering::Relaxed);
    }
}

/// Returns whether the interpreter has a limit of its own.
pub(crate) fn is_limited() -> bool {
    LIMITED.load(Ordering::Relaxed)
}

/// Returns whether too little of the stack is left to enter a function of an extension, on an interpreter with a limit.
#[inline]
pub(crate) fn is_too_deep() -> bool {
    is_limited() && is_low()
}

/// The stack that PyPy allows, in bytes.
#[cold]
fn limit() -> usize {
    let get = GET_LIMIT.load(Ordering::Relaxed);
    let levels = if get.is_null() {
        1000
    } else {
        // SAFETY: this thread runs Python, as it is about to run Python code; the reference that is made is given back.
        unsafe {
            Owned::new((api().PyObject_CallNoArgs)(get))
                .map_or(1000, |levels| (api().PyLong_AsSsize_t)(levels.0))
        }
    };
    usize::try_from(levels).unwrap_or(1000).saturating_mul(BYTES_PER_LEVEL)
}

/// The same, asked through the context of PyPy's own host.
#[cold]
unsafe fn limit_in(ctx: *mut HPyContext) -> usize {
    // SAFETY: the caller's word; each handle is closed once, which is not NULL.
    let levels = unsafe {
        let sys = HPyImport_ImportModule(ctx, c"sys".as_ptr());
        let get =
            if sys.is_null() { HPy::NULL } else { HPy_GetAttr_s(ctx, sys, c"getrecursionlimit".as_ptr()) };
        let levels =
            if get.is_null() { HPy::NULL } else { HPy_CallTupleDict(ctx, get, HPy::NULL, HPy::NULL) };
        let number = if levels.is_null() { -1 } else { HPyLong_AsSsize_t(ctx, levels) };
        [sys, get, levels].into_iter().filter(|h| !h.is_null()).for_each(|h| HPy_Close(ctx, h));
        if number < 0 {
            HPyErr_Clear(ctx);
        }
        number
    };
    usize::try_from(levels).unwrap_or(1000).saturating_mul(BYTES_PER_LEVEL)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Recurses until the check says stop; the number of levels.
    fn deep(levels: usize) -> usize {
        let frame = core::hint::black_box([0u8; 1000]);
        if is_low() || levels == 1 << 20 {
            return levels + usize::from(frame[0]);
        }
        deep(levels + 1) + usize::from(core::hint::black_box(frame)[999])
    }

    /// Several at a time and after one another, so that stacks are used again.
    #[test]
    fn recursion_stops_before_the_end_of_the_stack() {
        for size in [128usize << 10, 512 << 10, 1 << 20, 2 << 20, 128 << 10, 512 << 10] {
            let threads: Vec<_> = (0..3)
                .map(|_| std::thread::Builder::new().stack_size(size).spawn(|| deep(0)).expect("a thread"))
                .collect();
            for thread in threads {
                let levels = thread.join().expect("no overflow");
                assert!((size / 10_000..size / 1000).contains(&levels), "{levels} levels on {size} bytes");
            }
        }
    }
}
