//! Symbol lookup on Unix.

use core::ffi::{CStr, c_void};

/// The address of a symbol of the process; null if there is none.
pub(crate) fn symbol(name: &CStr) -> *mut c_void {
    // SAFETY: a NUL-terminated name.
    unsafe { libc::dlsym(libc::RTLD_DEFAULT, name.as_ptr()) }
}
