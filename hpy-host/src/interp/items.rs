//! Items of exact `list`s, `tuple`s and `dict`s, read without a call of the C API for each where the layout was proven.
//!
//! Only on CPython. Without a GIL, another thread may change a list or a dict, so they are read in a critical section: the lock of
//! that object, which every function of the interpreter takes before it changes the object.

use core::ffi::{c_int, c_void};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use hpy_sys::cast::{count, extent};

use super::shutdown::call_or_park;
use super::{Implementation, Interpreter, Owned, stack, type_of};
use crate::api;
use crate::capi::table::symbol;
use crate::capi::types::PyObject;
use crate::capi::{refs, tuple};

/// `list`, where the place of a list's items is known; else null. Written before the context is in use, like the others.
static LIST: AtomicPtr<PyObject> = AtomicPtr::new(null_mut());
/// `tuple`, where the place of a tuple's items is known; else null.
static TUPLE: AtomicPtr<PyObject> = AtomicPtr::new(null_mut());
/// `dict`, where `PyDict_Next` is a call without side effects; else null.
static DICT: AtomicPtr<PyObject> = AtomicPtr::new(null_mut());
/// Bytes from the start of a list or tuple to its length. A list has the pointer to its items behind the length.
static LENGTH: AtomicUsize = AtomicUsize::new(0);
/// `PyCriticalSection_Begin` and `PyCriticalSection_End` where lists and dicts are to be locked; else null.
static LOCK: [AtomicPtr<c_void>; 2] = [const { AtomicPtr::new(null_mut()) }; 2];

/// Memory of a `PyCriticalSection`, which has two words.
type Section = [usize; 4];
type Begin = unsafe extern "C-unwind" fn(*mut Section, *mut PyObject);
type End = unsafe extern "C" fn(*mut Section);

/// Ends the critical section.
struct Locked(*mut Section, End);

impl Drop for Locked {
    fn drop(&mut self) {
        // SAFETY: this thread began the section, and it is where it was.
        unsafe { (self.1)(self.0) }
    }
}

/// Calls `f` with the lock of an object, where there is no GIL.
///
/// # Safety
///
/// A live object; this thread runs Python. `f` runs no Python code and takes no other lock of Python's.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn locked<R>(object: *mut PyObject, f: impl FnOnce() -> R) -> R {
    let [begin, end] = &LOCK;
    let begin = begin.load(Ordering::Relaxed);
    if begin.is_null() {
        return f();
    }
    let mut section: Section = [0; 4];
    // SAFETY: the caller's word: the section stays where it is until it ends. The functions have these types.
    unsafe {
        let begin: Begin = core::mem::transmute(begin);
        let end: End = core::mem::transmute(end.load(Ordering::Relaxed));
        call_or_park(|| begin(&raw mut section, object));
        let _locked = Locked(&raw mut section, end);
        f()
    }
}

/// The items of an exact list or tuple of known layout. The slice is valid until Python code runs, or the lock of the list is
/// released.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn slice<'a>(object: *mut PyObject) -> &'a [*mut PyObject] {
    // SAFETY: the caller's word: a list or tuple, whose layout was proven by `probe`.
    unsafe {
        let length = LENGTH.load(Ordering::Relaxed);
        let start: *const *mut PyObject = if type_of(object) == Some(LIST.load(Ordering::Relaxed)) {
            *object.byte_add(length + size_of::<usize>()).cast()
        } else {
            object.byte_add(tuple::items_offset()).cast()
        };
        let len = count(*object.byte_add(length).cast::<isize>());
        if len == 0 { &[] } else { core::slice::from_raw_parts(start, len) }
    }
}

/// Calls `f` with the items of an exact list or tuple, borrowed; returns `None` for any other object, and where the layout is not
/// known. An item that was never set is null.
///
/// # Safety
///
/// A live object; this thread runs Python. `f` runs no Python code and takes no lock of Python's.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn with<R>(object: *mut PyObject, f: impl FnOnce(&[*mut PyObject]) -> R) -> Option<R> {
    // SAFETY: the caller's word; a tuple never changes, and a list only by those who have its lock.
    unsafe {
        let ty = type_of(object)?;
        if ty == LIST.load(Ordering::Relaxed) {
            Some(locked(object, || f(slice(object))))
        } else if ty == TUPLE.load(Ordering::Relaxed) {
            Some(f(slice(object)))
        } else {
            None
        }
    }
}

/// A new reference to an item of an exact list or tuple, null beyond its end; `None` as for [`with`].
///
/// # Safety
///
/// A live object; this thread runs Python.
#[inline(never)]
pub unsafe fn get(object: *mut PyObject, index: usize) -> Option<*mut PyObject> {
    // SAFETY: the caller's word; the list has a reference to the item.
    unsafe {
        with(object, |items| {
            let item = items.get(index).copied().unwrap_or(null_mut());
            if !item.is_null() {
                refs::incref(item);
            }
            item
        })
    }
}

/// Returns whether the layout of lists is known.
pub fn are_known() -> bool {
    !LIST.load(Ordering::Relaxed).is_null()
}

/// A new list that takes over the references of `items`. On failure it is null with an exception, and the references stay the
/// caller's.
///
/// # Safety
///
/// References that the caller owns; [`are_known`]; this thread runs Python.
pub unsafe fn new_list(items: &[*mut PyObject]) -> *mut PyObject {
    // SAFETY: the caller's word; a new list has as many empty places, at the place that `probe` found, and no Python code runs
    // before they are filled.
    unsafe {
        let list = (api().PyList_New)(extent(items.len()));
        if !list.is_null() && !items.is_empty() {
            let offset = LENGTH.load(Ordering::Relaxed) + size_of::<usize>();
            let start: *mut *mut PyObject = *list.byte_add(offset).cast();
            core::ptr::copy_nonoverlapping(items.as_ptr(), start, items.len());
        }
        list
    }
}

/// `PySet_Add`; `RecursionError` if the stack is nearly used up, as it runs `__hash__` and `__eq__`.
///
/// # Safety
///
/// As there.
pub unsafe fn add_to_set(set: *mut PyObject, item: *mut PyObject) -> c_int {
    if stack::is_low() {
        return stack::refuse();
    }
    // SAFETY: the caller's word.
    unsafe { (api().PySet_Add)(set, item) }
}

/// `PyDict_SetItem`; `RecursionError` as for [`add_to_set`].
///
/// # Safety
///
/// As there.
pub unsafe fn put_into_dict(dict: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int {
    if stack::is_low() {
        return stack::refuse();
    }
    // SAFETY: the caller's word.
    unsafe { (api().PyDict_SetItem)(dict, key, value) }
}

/// Iteration over an exact dict.
#[derive(Debug)]
pub struct DictItems {
    position: isize,
    /// The dict's length at the start.
    len: isize,
    /// How many items were not seen yet.
    left: isize,
}

/// A step of [`DictItems`].
#[derive(Debug)]
pub enum DictStep {
    /// New references to a key and its value.
    Item(*mut PyObject, *mut PyObject),
    /// There are no more items.
    End,
    /// The dict has another length than at the start.
    ChangedSize,
    /// The dict has as many items as at the start, but others.
    ChangedKeys,
}

impl DictItems {
    /// Starts; `None` for any other object than an exact dict, and where dicts can't be read in this way.
    ///
    /// # Safety
    ///
    /// A live object; this thread runs Python.
    pub unsafe fn new(dict: *mut PyObject) -> Option<Self> {
        // SAFETY: the caller's word.
        unsafe {
            if type_of(dict)? != DICT.load(Ordering::Relaxed) {
                return None;
            }
            let len = (api().PyDict_Size)(dict);
            Some(DictItems { position: 0, len, left: len })
        }
    }

    /// The next item, in the dict's order.
    ///
    /// # Safety
    ///
    /// The dict that the iteration was started with, alive; this thread runs Python.
    pub unsafe fn next(&mut self, dict: *mut PyObject) -> DictStep {
        // SAFETY: the caller's word: an exact dict. The references are borrowed from it, and it does not change before they are
        // counted. `PyDict_Next` compares the position with the entries that there are.
        unsafe {
            locked(dict, || {
                if (api().PyDict_Size)(dict) != self.len {
                    return DictStep::ChangedSize;
                }
                let (mut key, mut value) = (null_mut(), null_mut());
                if (api().PyDict_Next)(dict, &mut self.position, &mut key, &mut value) == 0 {
                    return DictStep::End;
                }
                if self.left == 0 {
                    return DictStep::ChangedKeys;
                }
                self.left -= 1;
                refs::incref(key);
                refs::incref(value);
                DictStep::Item(key, value)
            })
        }
    }
}

/// Looks at a list, a tuple and a dict of this interpreter.
///
/// # Safety
///
/// The table of the C API is filled, the layout of tuples was looked for, and this thread runs Python.
pub(crate) unsafe fn probe(interpreter: &Interpreter) {
    if interpreter.implementation != Implementation::CPython {
        return;
    }
    if interpreter.free_threaded {
        let functions = [symbol(c"PyCriticalSection_Begin"), symbol(c"PyCriticalSection_End")];
        if functions.iter().any(|function| function.is_null()) {
            return;
        }
        for (known, function) in LOCK.iter().zip(functions) {
            known.store(function, Ordering::Relaxed);
        }
    }
    // SAFETY: the caller's word. A list of CPython has a length, a pointer to the items and the room for them behind its header.
    unsafe {
        let (Ok(list), Ok(dict), Ok(pair), Ok(first), Ok(second)) = (
            Owned::new((api().PyList_New)(2)),
            Owned::new((api().PyDict_New)()),
            Owned::new((api().PyTuple_New)(2)),
            Owned::new((api().PyDict_New)()),
            Owned::new((api().PyDict_New)()),
        ) else {
            return;
        };
        for (index, item) in [(0, &first), (1, &second)] {
            (api().Py_IncRef)(item.0);
            (api().PyList_SetItem)(list.0, index, item.0);
            (api().Py_IncRef)(item.0);
            (api().PyTuple_SetItem)(pair.0, index, item.0);
        }
        if let Some(ty) = type_of(dict.0) {
            DICT.store(ty, Ordering::Relaxed);
        }
        let header = interpreter.header;
        let word =
            |object: &Owned, at: usize| *object.0.byte_add(header + at * size_of::<usize>()).cast::<usize>();
        if word(&pair, 0) != 2 || word(&list, 0) != 2 || !(2..64).contains(&word(&list, 2)) {
            return;
        }
        let items: *const *mut PyObject = *list.0.byte_add(header + size_of::<usize>()).cast();
        if *items != first.0 || *items.add(1) != second.0 {
            return;
        }
        LENGTH.store(header, Ordering::Relaxed);
        if let Some(ty) = type_of(list.0) {
            LIST.store(ty, Ordering::Relaxed);
        }
        if let Some(ty) = type_of(pair.0).filter(|_| tuple::items_offset() != 0) {
            TUPLE.store(ty, Ordering::Relaxed);
        }
    }
}
