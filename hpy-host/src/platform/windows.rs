//! Symbol lookup and stack bounds on Windows.

use core::ffi::{CStr, c_char, c_int, c_void};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

use super::stack_bounds::Bounds;

/// What loaded a file: its first address.
type Module = *mut c_void;

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

/// The file with the interpreter's C API, once it was found. It stays loaded for as long as Python runs.
static PYTHON: AtomicPtr<c_void> = AtomicPtr::new(null_mut());

/// The address of a symbol of the interpreter; null if there is none.
pub(crate) fn symbol(name: &CStr) -> *mut c_void {
    let mut python = PYTHON.load(Ordering::Relaxed);
    if python.is_null() {
        python = find();
        PYTHON.store(python, Ordering::Relaxed);
    }
    if python.is_null() { null_mut() } else { exported(python, name) }
}

fn exported(module: Module, name: &CStr) -> *mut c_void {
    // SAFETY: a loaded module and a NUL-terminated name.
    unsafe { GetProcAddress(module, name.as_ptr()) }
}

/// The file that has the C API: `python311.dll`, or the program itself where Python is linked into it.
///
/// `python3.dll` is not it: what that exports leads to the real one, and is not all. Where a process has several Pythons, it
/// is the one that runs on this thread.
fn find() -> Module {
    let mut first: Module = null_mut();
    for module in modules() {
        let own = [c"PyModuleDef_Init", c"PyPyModuleDef_Init"].map(|name| exported(module, name));
        let Some(address) = own.into_iter().find(|address| !address.is_null()) else { continue };
        let python = module_of(address);
        if first.is_null() {
            first = python;
        }
        if python != first && !runs_here(first) && runs_here(python) {
            return python;
        }
    }
    first
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

/// Returns whether the interpreter of a file has a thread state for this thread. Both functions may be asked before Python is
/// initialized.
fn runs_here(python: Module) -> bool {
    [[c"Py_IsInitialized", c"PyGILState_Check"], [c"PyPy_IsInitialized", c"PyPyGILState_Check"]].iter().any(
        |names| {
            names.iter().all(|name| {
                let question = exported(python, name);
                // SAFETY: in every interpreter a function with that name takes nothing and returns an `int`.
                !question.is_null()
                    && unsafe {
                        core::mem::transmute::<*mut c_void, unsafe extern "C" fn() -> c_int>(question)() != 0
                    }
            })
        },
    )
}

/// The stack of the running thread.
pub(crate) fn stack(_: usize) -> Bounds {
    let (mut low, mut high) = (0, 0);
    // SAFETY: two numbers are written to local variables.
    unsafe { GetCurrentThreadStackLimits(&mut low, &mut high) };
    Bounds { top: high, bottom: low }
}
