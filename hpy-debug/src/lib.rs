//! Debug and trace mode of HPy: contexts that wrap a plain one.
//!
//! Both know a plain [`HPyContext`](hpy_sys::HPyContext) only by its table: handles are opaque, and the C API is not
//! needed. An extension gets the wrapping context in place of the plain one; its library is the same.
//!
//! - [`debug`]: every handle of the extension is one of the debug context, which knows where it was made, whether it is
//!   open, and what memory was handed out for it. Wrong use is reported.
//! - [`trace`]: counts the calls of HPy's functions, and measures them.
//! - `platform`: what operating systems do differently.
//!
//! The wrappers in `debug/gen` and `trace/gen` are made from HPy's list of functions.

#![warn(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::cast_lossless,
    clippy::cast_ptr_alignment,
    clippy::ptr_as_ptr,
    clippy::ptr_cast_constness
)]
#![allow(non_snake_case, non_upper_case_globals)] // the names are HPy's

pub mod debug;
mod platform;
pub mod trace;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks; what another thread left by a panic is taken as it is.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
