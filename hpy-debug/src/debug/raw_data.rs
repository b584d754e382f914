//! Memory that a function hands out for the life of a handle: a copy that can't be written, and that can't be read any
//! more when the handle is closed.

use core::ffi::{c_char, c_void};

/// A copy in pages of its own.
#[derive(Debug)]
pub(super) struct RawData {
    /// Of what it is a copy.
    source: *const c_char,
    copy: *mut c_void,
    size: usize,
}

// SAFETY: only its address goes from thread to thread; the pages are only ever read, and unmapped by one owner.
unsafe impl Send for RawData {}

impl RawData {
    /// Copies `size` bytes, at least one. `None` if the system has no pages to give.
    ///
    /// # Safety
    ///
    /// `source` can be read for `size` bytes.
    pub(super) unsafe fn copy(source: *const c_char, size: usize) -> Option<RawData> {
        // SAFETY: new pages of our own; the caller's word.
        unsafe {
            let (read_write, private) =
                (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
            let copy = libc::mmap(core::ptr::null_mut(), size, read_write, private, -1, 0);
            if copy == libc::MAP_FAILED {
                return None;
            }
            core::ptr::copy_nonoverlapping(source.cast::<u8>(), copy.cast::<u8>(), size);
            libc::mprotect(copy, size, libc::PROT_READ);
            Some(RawData { source, copy, size })
        }
    }

    /// Is it a copy of these bytes? What HPy hands out is the same for as long as the handle is open.
    pub(super) fn is_of(&self, source: *const c_char, size: usize) -> bool {
        self.source == source && self.size == size
    }

    pub(super) fn pointer(&self) -> *const c_char {
        self.copy.cast_const().cast()
    }

    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// From now on reading it ends the process.
    pub(super) fn forbid(&self) {
        // SAFETY: our own pages.
        unsafe { libc::mprotect(self.copy, self.size, libc::PROT_NONE) };
    }
}

impl Drop for RawData {
    fn drop(&mut self) {
        // SAFETY: our own pages, to which nobody may hold a pointer any more.
        unsafe { libc::munmap(self.copy, self.size) };
    }
}
