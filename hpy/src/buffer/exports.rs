//! Buffer exports of instances: memory that `memoryview`s and arrays refer to. The value stays borrowed meanwhile.
//!
//! Hosts differ in what they pass when an export is released. CPython calls the slot of the object's type, which need not be
//! the slot that made the export (`Base.__buffer__(derived, 0)`), and PyPy passes a buffer without its `internal`. All of them
//! pass the object, so exports are counted for each object: each class in it that exports borrows its own payload once, and all
//! of these borrows end with the object's last export.

use core::ffi::c_int;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use hpy_sys::HPy_buffer;

use super::RawView;

/// Keyed by the address of the object's data.
static EXPORTS: Mutex<BTreeMap<usize, Exports>> = Mutex::new(BTreeMap::new());

/// All exports of one object.
struct Exports {
    /// One for each class of the object that exports.
    borrowed: Vec<Borrowed>,
    /// How many exports the object has, whichever class made them.
    count: usize,
}

/// The memory exported by the value of one class, which stays borrowed.
struct Borrowed {
    exporter: Exporter,
    view: RawView,
}

/// The part of an object that exports: one class's value, and how its borrow ends.
#[derive(Clone, Copy)]
pub(crate) struct Exporter {
    /// The address of the object's data.
    pub(crate) object: usize,
    /// The value's payload, in that data.
    pub(crate) payload: *const (),
    /// Ends the borrow of `payload`.
    pub(crate) end: unsafe fn(*const ()),
}

// SAFETY: invariant 10: the memory is that of a value that stays borrowed, and of numbers, which any thread may read; only
// Python writes to it. A payload may be reached from any thread that runs Python.
unsafe impl Send for Exports {}

fn exports() -> MutexGuard<'static, BTreeMap<usize, Exports>> {
    EXPORTS.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Finds the object that a payload belongs to: its data begins before the payload, and objects do not overlap.
fn object_of(exports: &BTreeMap<usize, Exports>, payload: usize) -> Option<usize> {
    let (object, found) = exports.range(..=payload).next_back()?;
    found.borrowed.iter().any(|one| one.exporter.payload.addr() == payload).then_some(*object)
}

/// Returns whether the value of that payload is exported.
pub(crate) fn is_exported(payload: usize) -> bool {
    object_of(&exports(), payload).is_some()
}

/// The outcome of a request.
pub(crate) enum Filled {
    /// There is one more export.
    Yes,
    /// The memory is not as the request wants it.
    No(&'static str),
    /// The value is not exported yet: it must be borrowed and asked for its view.
    Ask,
}

/// Answers a request if the value is exported already.
pub(crate) fn again(exporter: Exporter, buffer: &mut HPy_buffer, flags: c_int) -> Filled {
    exports().get_mut(&exporter.object).map_or(Filled::Ask, |found| found.again(exporter, buffer, flags))
}

/// Answers the first request for a value, which the caller has borrowed. The borrow ends here if the request fails, or if
/// another thread was faster.
///
/// # Safety
///
/// The caller borrowed the exporter's value, and leaves the end of that to this module; `view` is of that value.
pub(crate) unsafe fn first(
    exporter: Exporter,
    view: RawView,
    buffer: &mut HPy_buffer,
    flags: c_int,
) -> Filled {
    let mut exports = exports();
    let found = exports.entry(exporter.object).or_insert_with(|| Exports { borrowed: Vec::new(), count: 0 });
    let mut filled = found.again(exporter, buffer, flags);
    let mut kept = false;
    if let Filled::Ask = filled {
        let mut borrowed = Borrowed { exporter, view };
        filled = borrowed.answer(buffer, flags);
        kept = matches!(filled, Filled::Yes);
        if kept {
            found.count += 1;
            found.borrowed.push(borrowed);
        }
    }
    if found.count == 0 {
        exports.remove(&exporter.object);
    }
    if !kept {
        // SAFETY: the caller's word: its borrow, which nothing else ends.
        unsafe { (exporter.end)(exporter.payload) }
    }
    filled
}

/// Releases one export of an object. With the last, the borrows end: before another thread can ask for a new export.
///
/// # Safety
///
/// The object whose data has that address is alive.
pub(crate) unsafe fn release(object: usize) {
    let mut exports = exports();
    let Some(found) = exports.get_mut(&object) else { return };
    found.count -= 1;
    if found.count == 0 {
        for Borrowed { exporter, .. } in exports.remove(&object).into_iter().flat_map(|ended| ended.borrowed)
        {
            // SAFETY: invariant 10: the borrow that was made for the exports, in an object that is alive.
            unsafe { (exporter.end)(exporter.payload) }
        }
    }
}

/// The object dies. Hosts have released all exports by then; one that has not must not be found by the next object at that
/// address.
pub(crate) fn ended(payload: usize) {
    let mut exports = exports();
    if let Some(object) = object_of(&exports, payload) {
        exports.remove(&object);
    }
}

/// Flags of a request, by the C API's numbers.
const WRITABLE: c_int = 0x1;
const FORMAT: c_int = 0x4;
const SHAPE: c_int = 0x8;
const STRIDES: c_int = 0x10;
const C_CONTIGUOUS: c_int = 0x20;
const FORTRAN_CONTIGUOUS: c_int = 0x40;
const ANY_CONTIGUOUS: c_int = 0x80;

impl Exports {
    /// One more export of a value that is exported already.
    fn again(&mut self, exporter: Exporter, buffer: &mut HPy_buffer, flags: c_int) -> Filled {
        let known =
            self.borrowed.iter_mut().find(|one| core::ptr::eq(one.exporter.payload, exporter.payload));
        let Some(borrowed) = known else { return Filled::Ask };
        let filled = borrowed.answer(buffer, flags);
        if let Filled::Yes = filled {
            // Each export is an object of Python: there is no memory for so many that this wraps.
            self.count += 1;
        }
        filled
    }
}

impl Borrowed {
    fn answer(&mut self, buffer: &mut HPy_buffer, flags: c_int) -> Filled {
        let start = self.view.start();
        let RawView { item_size, format, writable, shape, strides, .. } = &mut self.view;
        let (item_size, format, writable) = (*item_size, *format, *writable);
        let (shape, strides) = (&mut **shape, &mut **strides);
        let dimensions = c_int::try_from(shape.len()).unwrap_or(c_int::MAX);
        let (shape, strides) = (shape.as_mut_ptr(), strides.as_mut_ptr());
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
        buffer.itemsize = item_size;
        buffer.readonly = (!writable).into();
        buffer.ndim = if wants(SHAPE) { dimensions } else { 1 };
        // Nobody writes to these.
        buffer.format = if wants(FORMAT) { format.as_ptr().cast_mut() } else { core::ptr::null_mut() };
        buffer.shape = if wants(SHAPE) { shape } else { none };
        buffer.strides = if wants(STRIDES) { strides } else { none };
        buffer.suboffsets = none;
        buffer.internal = core::ptr::null_mut();
        Filled::Yes
    }
}

#[cfg(test)]
mod tests {
    use core::sync::atomic::{AtomicIsize, Ordering};

    use super::*;
    use crate::buffer::View;

    /// An object with two payloads: how often each is borrowed.
    static BASE: AtomicIsize = AtomicIsize::new(0);
    static DERIVED: AtomicIsize = AtomicIsize::new(0);

    unsafe fn end(payload: *const ()) {
        // SAFETY: one of the two above.
        let borrows = unsafe { &*payload.cast::<AtomicIsize>() };
        assert_eq!(borrows.fetch_sub(1, Ordering::Relaxed), 1, "a borrow ended twice");
    }

    fn exporter(payload: &'static AtomicIsize) -> Exporter {
        let object = (&raw const BASE).addr().min((&raw const DERIVED).addr());
        Exporter { object, payload: (&raw const *payload).cast(), end }
    }

    fn export(payload: &'static AtomicIsize) {
        // SAFETY: all zero is valid.
        let mut buffer: HPy_buffer = unsafe { core::mem::zeroed() };
        let exporter = exporter(payload);
        let mut filled = again(exporter, &mut buffer, 0);
        if let Filled::Ask = filled {
            assert_eq!(payload.fetch_add(1, Ordering::Relaxed), 0);
            // SAFETY: it was just borrowed.
            filled = unsafe { first(exporter, View::new(&[1_u8, 2, 3]).raw, &mut buffer, 0) };
        }
        assert!(matches!(filled, Filled::Yes) && buffer.len == 3);
    }

    fn borrows() -> [isize; 2] {
        [&BASE, &DERIVED].map(|payload| payload.load(Ordering::Relaxed))
    }

    #[test]
    fn borrows_of_an_object_end_with_its_last_export() {
        let object = exporter(&BASE).object;
        export(&DERIVED);
        export(&BASE);
        export(&BASE);
        assert_eq!(borrows(), [1, 1]);
        for left in [1, 1, 0] {
            // SAFETY: statics live.
            unsafe { release(object) };
            assert_eq!(borrows(), [left, left]);
        }
        // SAFETY: as above; one release too many changes nothing.
        unsafe { release(object) };
        assert_eq!(borrows(), [0, 0]);
        assert!(!is_exported((&raw const BASE).addr()) && !is_exported((&raw const DERIVED).addr()));
    }

    #[test]
    fn a_refused_request_leaves_no_borrow() {
        static ONE: AtomicIsize = AtomicIsize::new(1);
        // SAFETY: all zero is valid.
        let mut buffer: HPy_buffer = unsafe { core::mem::zeroed() };
        let payload: *const () = (&raw const ONE).cast();
        let exporter = Exporter { object: payload.addr(), payload, end };
        // SAFETY: the count says that it is borrowed.
        let filled = unsafe { first(exporter, View::new(&[1_u8]).raw, &mut buffer, WRITABLE) };
        assert!(matches!(filled, Filled::No(_)) && ONE.load(Ordering::Relaxed) == 0);
        assert!(!is_exported(payload.addr()));
    }
}
