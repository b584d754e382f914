//! Threads that return to Python during interpreter shutdown.
//!
//! CPython before 3.14 ends such threads (usually daemon threads) by `pthread_exit`, which unwinds the stack. Unwinding Rust
//! frames that way aborts the process. So these threads are parked for ever, which is what CPython itself does since 3.14.

use core::time::Duration;

/// Calls a function of the C API that runs Python code, and in which CPython may end this thread; the thread is parked then.
///
/// Not inlined: what is dropped inside of an `extern "C"` function is not dropped by such unwinding.
#[inline(never)]
pub(crate) fn call_or_park<R>(call: impl FnOnce() -> R) -> R {
    struct Stop;
    impl Drop for Stop {
        /// Only the interpreter unwinds through this: no Rust panic leaves a function that Python calls.
        fn drop(&mut self) {
            loop {
                std::thread::sleep(Duration::from_secs(3600));
            }
        }
    }
    let stop = Stop;
    let result = call();
    core::mem::forget(stop);
    result
}
