//! Windows: `VirtualAlloc` and the files of the process.

use core::ffi::{c_int, c_void};
use core::ptr::null_mut;

#[link(name = "kernel32")]
unsafe extern "system" {
    fn VirtualAlloc(address: *mut c_void, size: usize, kind: u32, protection: u32) -> *mut c_void;
    fn VirtualProtect(address: *mut c_void, size: usize, protection: u32, old: *mut u32) -> c_int;
    fn VirtualFree(address: *mut c_void, size: usize, kind: u32) -> c_int;
    fn GetModuleHandleExW(flags: u32, address: *const u16, module: *mut *mut c_void) -> c_int;
    fn GetModuleFileNameW(module: *mut c_void, name: *mut u16, size: u32) -> u32;
}

const MEM_COMMIT: u32 = 0x1000;
const MEM_RESERVE: u32 = 0x2000;
const MEM_RELEASE: u32 = 0x8000;
const PAGE_NOACCESS: u32 = 1;
const PAGE_READONLY: u32 = 2;
const PAGE_READWRITE: u32 = 4;
const GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT: u32 = 2;
const GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS: u32 = 4;

/// Pages of our own.
#[derive(Debug)]
pub(crate) struct Pages {
    start: *mut c_void,
    size: usize,
}

impl Pages {
    /// Pages for so many bytes, at least one, which can be written. `None` if the system has none to give.
    pub(crate) fn new(size: usize) -> Option<Pages> {
        // SAFETY: new pages, at a place that the system chooses.
        let start = unsafe { VirtualAlloc(null_mut(), size, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE) };
        (!start.is_null()).then_some(Pages { start, size })
    }

    pub(crate) fn start(&self) -> *mut c_void {
        self.start
    }

    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// From now on they can only be read.
    pub(crate) fn only_read(&self) {
        self.protect(PAGE_READONLY);
    }

    /// From now on reading them ends the process.
    pub(crate) fn forbid(&self) {
        self.protect(PAGE_NOACCESS);
    }

    fn protect(&self, protection: u32) {
        let mut old = 0;
        // SAFETY: our own pages.
        unsafe { VirtualProtect(self.start, self.size, protection, &mut old) };
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        // SAFETY: our own pages, to which nobody may hold a pointer any more; of all of them the size is not given.
        unsafe { VirtualFree(self.start, 0, MEM_RELEASE) };
    }
}

fn module(address: *const c_void) -> *mut c_void {
    let mut module = null_mut();
    let flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    // SAFETY: any address may be asked.
    unsafe { GetModuleHandleExW(flags, address.cast(), &mut module) };
    module
}

/// Where the library begins that has an address; 0 if it is of none.
pub(crate) fn first_address(address: *const c_void) -> usize {
    module(address).addr()
}

/// The file of the library that has an address, and where that begins.
pub(crate) fn library(address: *const c_void) -> Option<(String, usize)> {
    let module = module(address);
    const LONGEST: u32 = 1024;
    let mut name = vec![0; LONGEST as usize];
    if module.is_null() {
        return None;
    }
    // SAFETY: a loaded module, and a buffer with its size. A longer name is cut.
    let length = unsafe { GetModuleFileNameW(module, name.as_mut_ptr(), LONGEST) };
    let name = name.get(..length as usize).filter(|name| !name.is_empty())?;
    Some((String::from_utf16_lossy(name), module.addr()))
}
