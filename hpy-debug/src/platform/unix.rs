//! Unix: `mmap` and `dladdr`.

use core::ffi::{CStr, c_void};
use core::mem::MaybeUninit;

/// Pages of our own.
#[derive(Debug)]
pub(crate) struct Pages {
    start: *mut c_void,
    size: usize,
}

impl Pages {
    /// Pages for so many bytes, at least one, which can be written. `None` if the system has none to give.
    pub(crate) fn new(size: usize) -> Option<Pages> {
        let (read_write, private) =
            (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
        // SAFETY: new pages, at a place that the system chooses.
        let start = unsafe { libc::mmap(core::ptr::null_mut(), size, read_write, private, -1, 0) };
        (start != libc::MAP_FAILED).then_some(Pages { start, size })
    }

    pub(crate) fn start(&self) -> *mut c_void {
        self.start
    }

    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// From now on they can only be read.
    pub(crate) fn only_read(&self) {
        // SAFETY: our own pages.
        unsafe { libc::mprotect(self.start, self.size, libc::PROT_READ) };
    }

    /// From now on reading them ends the process.
    pub(crate) fn forbid(&self) {
        // SAFETY: our own pages.
        unsafe { libc::mprotect(self.start, self.size, libc::PROT_NONE) };
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        // SAFETY: our own pages, to which nobody may hold a pointer any more.
        unsafe { libc::munmap(self.start, self.size) };
    }
}

fn info(address: *const c_void) -> Option<libc::Dl_info> {
    let mut info = MaybeUninit::<libc::Dl_info>::zeroed();
    // SAFETY: any address may be asked; the answer is filled in if it is not 0.
    unsafe { (libc::dladdr(address, info.as_mut_ptr()) != 0).then(|| info.assume_init()) }
}

/// Where the library begins that has an address; 0 if it is of none.
pub(crate) fn first_address(address: *const c_void) -> usize {
    info(address).map_or(0, |info| info.dli_fbase.addr())
}

/// The file of the library that has an address, and where that begins.
pub(crate) fn library(address: *const c_void) -> Option<(String, usize)> {
    let info = info(address).filter(|info| !info.dli_fname.is_null())?;
    // SAFETY: a name of `dladdr` is NUL-terminated, and lives as long as the library is loaded.
    let name = unsafe { CStr::from_ptr(info.dli_fname) };
    Some((name.to_string_lossy().into_owned(), info.dli_fbase.addr()))
}
