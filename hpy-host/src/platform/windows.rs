//! The files of the process and stack bounds on Windows.

use core::ffi::{CStr, c_char, c_int, c_void};
use core::ptr::null_mut;

use super::stack_bounds::Bounds;

/// A loaded file: its first address.
pub(super) type Module = *mut c_void;

#[link(name = "kernel32")]
unsafe extern "system" {
    fn GetCurrentProcess() -> *mut c_void;
    fn K32EnumProcessModules(
        process: *mut c_void,
        modules: *mut Module,
        size: u32,
        needed: *mut u32,
    ) -> c_int;
    fn GetModuleHandleExW(flags: u32, address: *const u16, module: *mut Module) -> c_int;
    fn GetProcAddress(module: Module, name: *const c_char) -> *mut c_void;
    fn GetCurrentThreadStackLimits(low: *mut usize, high: *mut usize);
}

const GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT: u32 = 2;
const GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS: u32 = 4;

/// No file stands for all others.
pub(super) const DEFAULT: Option<Module> = None;

/// The address of a symbol of a file; null if it has none, or there is no file.
pub(super) fn exported(module: Module, name: &CStr) -> *mut c_void {
    if module.is_null() {
        return null_mut();
    }
    // SAFETY: a loaded module and a NUL-terminated name.
    unsafe { GetProcAddress(module, name.as_ptr()) }
}

/// The files with a C API, in which `definition` finds something: `python311.dll`, or the program itself where Python is linked into it.
///
/// `python3.dll` is none: what that exports leads to the real one, and is not all.
pub(super) fn pythons(definition: fn(Module) -> *mut c_void) -> impl Iterator<Item = Module> {
    let mut seen = Vec::new();
    modules().into_iter().filter_map(move |module| {
        let address = definition(module);
        let python = if address.is_null() { null_mut() } else { module_of(address) };
        let new = !python.is_null() && !seen.contains(&python);
        seen.push(python);
        new.then_some(python)
    })
}

/// Every file that the process has loaded, the program first.
fn modules() -> Vec<Module> {
    let mut list: Vec<Module> = vec![null_mut(); 256];
    loop {
        let size = u32::try_from(list.len() * size_of::<Module>()).unwrap_or(u32::MAX);
        let mut needed = 0;
        // SAFETY: the list can take as many bytes.
        let good =
            unsafe { K32EnumProcessModules(GetCurrentProcess(), list.as_mut_ptr(), size, &mut needed) != 0 };
        let needed = if good { needed as usize / size_of::<Module>() } else { 0 };
        if needed <= list.len() {
            list.truncate(needed);
            return list;
        }
        list.resize(needed + 16, null_mut());
    }
}

/// The file that an address belongs to; null if it is none.
fn module_of(address: *const c_void) -> Module {
    let mut module = null_mut();
    let flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    // SAFETY: any address may be asked.
    unsafe { GetModuleHandleExW(flags, address.cast(), &mut module) };
    module
}

/// The stack of the running thread.
pub(crate) fn stack(_: usize) -> Bounds {
    let (mut low, mut high) = (0, 0);
    // SAFETY: two numbers are written to local variables.
    unsafe { GetCurrentThreadStackLimits(&mut low, &mut high) };
    Bounds { top: high, bottom: low }
}
