//! Threads that outlive the interpreter.
//!
//! A thread that wants to go on with Python while the interpreter shuts down (a daemon thread does) is ended by CPython
//! before 3.14: `pthread_exit` unwinds its stack. Rust code can't be unwound in that way, the process would be aborted.
//! So such a thread stops here for ever instead, which is what CPython does itself from 3.14 on.

use core::time::Duration;

/// Calls a function of the C API that gives the interpreter the opportunity: it runs other people's code for a while.
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
