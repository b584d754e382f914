//! Unix: `dlopen`.

use core::ffi::{CStr, c_char, c_void};
use std::ffi::{CString, OsStr};
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

/// The format of libraries.
pub(crate) const FORMAT: &str = if cfg!(target_vendor = "apple") { "Mach-O" } else { "ELF" };

/// The path that `os.fsencode` gives as these bytes.
pub(crate) fn path(bytes: &[u8]) -> Result<PathBuf, String> {
    Ok(OsStr::from_bytes(bytes).into())
}

/// Loads the library, unless it is loaded already; else says why not. It stays.
pub(crate) fn open(path: &[u8]) -> Result<*mut c_void, String> {
    // The dynamic loader would search its own folders for a name without a slash.
    let path = if path.contains(&b'/') { path.to_owned() } else { [b"./", path].concat() };
    let name = CString::new(path).map_err(|_| "the path has a NUL in it".to_owned())?;
    // SAFETY: a NUL-terminated path. Code of the library may run now: that is what the caller asked for.
    let library = unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW) };
    if library.is_null() { Err(last_error()) } else { Ok(library) }
}

/// The address of a symbol of a loaded library; else the dynamic loader's words.
pub(crate) fn symbol(library: *mut c_void, name: &CStr) -> Result<*mut c_void, String> {
    // SAFETY: an open library and a NUL-terminated name.
    let symbol = unsafe { libc::dlsym(library, name.as_ptr()) };
    if symbol.is_null() { Err(last_error()) } else { Ok(symbol) }
}

fn last_error() -> String {
    // SAFETY: the text is copied before anything else can change it.
    unsafe {
        let text: *const c_char = libc::dlerror();
        if text.is_null() {
            return "the dynamic loader says nothing".to_owned();
        }
        CStr::from_ptr(text).to_string_lossy().into_owned()
    }
}
