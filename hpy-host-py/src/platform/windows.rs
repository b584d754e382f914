//! Windows: `LoadLibraryExW`.

use core::ffi::{CStr, c_char, c_void};
use core::ptr::null_mut;
use std::ffi::{OsStr, OsString};
use std::io::Error;
use std::os::windows::ffi::OsStrExt;
use std::path::{Component, PathBuf, Prefix, absolute};

#[link(name = "kernel32")]
unsafe extern "system" {
    fn LoadLibraryExW(path: *const u16, file: *mut c_void, flags: u32) -> *mut c_void;
    fn GetProcAddress(library: *mut c_void, name: *const c_char) -> *mut c_void;
}

/// Libraries that the loaded one wants are looked for beside it, too.
const LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR: u32 = 0x100;
const LOAD_LIBRARY_SEARCH_DEFAULT_DIRS: u32 = 0x1000;

/// Paths from this length on are only taken in another form.
const LONG: usize = 240;

/// The format of libraries.
pub(crate) const FORMAT: &str = "PE";

/// The path that `os.fsencode` gives as these bytes: UTF-8.
pub(crate) fn path(bytes: &[u8]) -> Result<PathBuf, String> {
    let text = core::str::from_utf8(bytes).map_err(|_| "the path is no Unicode text".to_owned())?;
    Ok(text.into())
}

/// Loads the library, unless it is loaded already; else says why not. It stays.
pub(crate) fn open(bytes: &[u8]) -> Result<*mut c_void, String> {
    let path = absolute(path(bytes)?).map_err(|error| error.to_string())?;
    let mut name: Vec<u16> = verbatim(path).encode_wide().collect();
    if name.contains(&0) {
        return Err("the path has a NUL in it".to_owned());
    }
    name.push(0);
    let flags = LOAD_LIBRARY_SEARCH_DEFAULT_DIRS | LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR;
    // SAFETY: a NUL-terminated path. Code of the library may run now: that is what the caller asked for.
    let library = unsafe { LoadLibraryExW(name.as_ptr(), null_mut(), flags) };
    if library.is_null() { Err(Error::last_os_error().to_string()) } else { Ok(library) }
}

/// The form of an absolute path that has no limit of length, for a long one on a drive.
fn verbatim(path: PathBuf) -> OsString {
    match path.components().next() {
        Some(Component::Prefix(prefix)) if path.as_os_str().len() >= LONG => match prefix.kind() {
            Prefix::Disk(_) => [OsStr::new(r"\\?\"), path.as_os_str()].into_iter().collect(),
            _ => path.into(),
        },
        _ => path.into(),
    }
}

/// The address of a symbol of a loaded library; else the system's words.
pub(crate) fn symbol(library: *mut c_void, name: &CStr) -> Result<*mut c_void, String> {
    // SAFETY: an open library and a NUL-terminated name.
    let symbol = unsafe { GetProcAddress(library, name.as_ptr()) };
    if symbol.is_null() { Err(Error::last_os_error().to_string()) } else { Ok(symbol) }
}
