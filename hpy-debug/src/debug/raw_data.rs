//! Memory that a function returns for the lifetime of a handle: a read-only copy, which becomes unreadable when the handle is
//! closed.

use core::ffi::c_char;

use crate::platform::Pages;

/// A copy in pages of its own.
#[derive(Debug)]
pub(super) struct RawData {
    /// Of what it is a copy.
    source: *const c_char,
    copy: Pages,
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
        let copy = Pages::new(size)?;
        // SAFETY: new pages of our own; the caller's word.
        unsafe { core::ptr::copy_nonoverlapping(source.cast::<u8>(), copy.start().cast::<u8>(), size) };
        copy.only_read();
        Some(RawData { source, copy })
    }

    /// Is it a copy of these bytes? What HPy hands out is the same for as long as the handle is open.
    pub(super) fn is_of(&self, source: *const c_char, size: usize) -> bool {
        self.source == source && self.size() == size
    }

    pub(super) fn pointer(&self) -> *const c_char {
        self.copy.start().cast_const().cast()
    }

    pub(super) fn size(&self) -> usize {
        self.copy.size()
    }

    /// From now on reading it ends the process.
    pub(super) fn forbid(&self) {
        self.copy.forbid();
    }
}
