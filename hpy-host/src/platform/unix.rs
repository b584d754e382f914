//! The files of the process on Unix.

use core::ffi::{CStr, c_void};

/// A loaded file, as `dlopen` gives it, or [`DEFAULT`].
pub(super) type Module = *mut c_void;

/// All files whose symbols are for everybody. Nearly every interpreter is among them.
pub(super) const DEFAULT: Option<Module> = Some(libc::RTLD_DEFAULT);

/// The address of a symbol of a file; null if it has none.
pub(super) fn exported(module: Module, name: &CStr) -> *mut c_void {
    // SAFETY: a loaded file or the default, and a NUL-terminated name.
    unsafe { libc::dlsym(module, name.as_ptr()) }
}

/// The files with a C API, in which `definition` finds something: first the default if that has one, then those whose symbols are their own. A program that embeds
/// Python may load `libpython3.11.so` so.
#[cfg(target_os = "linux")]
pub(super) fn pythons(definition: fn(Module) -> *mut c_void) -> impl Iterator<Item = Module> {
    let mut seen = vec![core::ptr::null_mut()];
    let default = core::iter::once_with(move || (libc::RTLD_DEFAULT, definition(libc::RTLD_DEFAULT)));
    let others = names().into_iter().map(move |name| {
        // SAFETY: a NUL-terminated name of a file that is loaded. It stays open, one count more for each interpreter.
        let module = unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_LAZY | libc::RTLD_NOLOAD) };
        let address = if module.is_null() { core::ptr::null_mut() } else { definition(module) };
        if !module.is_null() && address.is_null() {
            // SAFETY: it was opened above, and nothing of it is kept.
            unsafe { libc::dlclose(module) };
        }
        (module, address)
    });
    default.chain(others).filter_map(move |(module, address)| {
        // What depends on an interpreter shows its symbols, too.
        let new = !seen.contains(&address);
        seen.push(address);
        new.then_some(module)
    })
}

/// The default alone: elsewhere it has what is for the file itself alone, too, or how to ask is not known.
#[cfg(not(target_os = "linux"))]
pub(super) fn pythons(_: fn(Module) -> *mut c_void) -> impl Iterator<Item = Module> {
    core::iter::once(libc::RTLD_DEFAULT)
}

/// Every file that the process has loaded, but the program, which has no name here.
#[cfg(target_os = "linux")]
fn names() -> Vec<std::ffi::CString> {
    unsafe extern "C" fn push(
        info: *mut libc::dl_phdr_info,
        _: libc::size_t,
        names: *mut c_void,
    ) -> libc::c_int {
        // SAFETY: the C library's word for the first, and `names` is the list below.
        let (name, names) = unsafe { ((*info).dlpi_name, &mut *names.cast::<Vec<std::ffi::CString>>()) };
        // SAFETY: a NUL-terminated name, if there is one.
        let name = if name.is_null() { c"" } else { unsafe { CStr::from_ptr(name) } };
        if !name.is_empty() {
            names.push(name.to_owned());
        }
        0
    }
    let mut names = Vec::new();
    // SAFETY: it calls the function with this list, before it returns.
    unsafe { libc::dl_iterate_phdr(Some(push), (&raw mut names).cast()) };
    names
}
