//! What instances export: the memory that `memoryview`s and arrays look at. While there is one, the value stays borrowed.
//!
//! All exports of an instance show the same: its `__buffer__` is asked for the first, and the borrow ends with the last. So
//! a host needs to know no more than the instance when it gives one back; some keep nothing else.

use core::ffi::c_int;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use hpy_sys::HPy_buffer;

use crate::buffer::RawView;

/// By the address of the payload.
static EXPORTS: Mutex<BTreeMap<usize, Export>> = Mutex::new(BTreeMap::new());

struct Export {
    view: RawView,
    count: usize,
}

// SAFETY: invariant 10: the memory is that of a value that stays borrowed, and of numbers, which any thread may read; only
// Python writes to it.
unsafe impl Send for Export {}

fn exports() -> MutexGuard<'static, BTreeMap<usize, Export>> {
    EXPORTS.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Is there an export of that payload?
pub(super) fn is_exported(payload: usize) -> bool {
    exports().contains_key(&payload)
}

/// What became of a request.
pub(crate) enum Filled {
    /// There is one more export.
    Yes,
    /// The memory is not as the request wants it.
    No(&'static str),
    /// There is no export of this payload yet: what it shows must be found out.
    Ask,
}

/// Answers a request if the payload is exported already.
pub(crate) fn again(payload: usize, buffer: &mut HPy_buffer, flags: c_int) -> Filled {
    match exports().get_mut(&payload) {
        Some(export) => export.answer(buffer, flags),
        None => Filled::Ask,
    }
}

/// Answers the first request for a payload. Tells also whether the caller must end its borrow: if the request failed, or if
/// another thread was faster.
pub(crate) fn first(payload: usize, view: RawView, buffer: &mut HPy_buffer, flags: c_int) -> (Filled, bool) {
    let mut exports = exports();
    if let Some(export) = exports.get_mut(&payload) {
        return (export.answer(buffer, flags), true);
    }
    let mut export = Export { view, count: 0 };
    let filled = export.answer(buffer, flags);
    let kept = matches!(filled, Filled::Yes);
    if kept {
        exports.insert(payload, export);
    }
    (filled, !kept)
}

/// Takes one export back. Was it the last, so that the borrow must be ended?
pub(crate) fn release(payload: usize) -> bool {
    let mut exports = exports();
    let Some(export) = exports.get_mut(&payload) else { return false };
    export.count -= 1;
    let last = export.count == 0;
    if last {
        exports.remove(&payload);
    }
    last
}

/// The instance ends. Hosts have given all exports back by then; one that has not must not be found by the next instance
/// at that address.
pub(crate) fn ended(payload: usize) {
    exports().remove(&payload);
}

/// What a request asks for, by the C API's numbers.
const WRITABLE: c_int = 0x1;
const FORMAT: c_int = 0x4;
const SHAPE: c_int = 0x8;
const STRIDES: c_int = 0x10;
const C_CONTIGUOUS: c_int = 0x20;
const FORTRAN_CONTIGUOUS: c_int = 0x40;
const ANY_CONTIGUOUS: c_int = 0x80;

impl Export {
    fn answer(&mut self, buffer: &mut HPy_buffer, flags: c_int) -> Filled {
        let RawView { start, item_size, format, writable, shape, strides, .. } = &mut self.view;
        let (start, item_size, format, writable) = (*start, *item_size, *format, *writable);
        let (shape, strides) = (&mut **shape, &mut **strides);
        let (dimensions, shape, strides) = (shape.len(), shape.as_mut_ptr(), strides.as_mut_ptr());
        let wants = |what: c_int| flags & what != 0;
        let c = self.view.is_c_contiguous();
        let fortran = self.view.is_fortran_contiguous();
        if wants(WRITABLE) && !writable {
            return Filled::No("this memory can't be written to");
        }
        if !c && !wants(STRIDES) {
            return Filled::No("this memory is not contiguous");
        }
        if wants(C_CONTIGUOUS) && !c || wants(FORTRAN_CONTIGUOUS) && !fortran {
            return Filled::No("this memory is not contiguous in that order");
        }
        if wants(ANY_CONTIGUOUS) && !c && !fortran {
            return Filled::No("this memory is not contiguous");
        }
        let none = core::ptr::null_mut();
        buffer.buf = start.cast();
        buffer.len = self.view.size();
        buffer.itemsize = item_size as isize;
        buffer.readonly = (!writable).into();
        buffer.ndim = if wants(SHAPE) { dimensions as c_int } else { 1 };
        // Nobody writes to these.
        buffer.format = if wants(FORMAT) { format.as_ptr().cast_mut() } else { core::ptr::null_mut() };
        buffer.shape = if wants(SHAPE) { shape } else { none };
        buffer.strides = if wants(STRIDES) { strides } else { none };
        buffer.suboffsets = none;
        buffer.internal = core::ptr::null_mut();
        self.count += 1;
        Filled::Yes
    }
}
