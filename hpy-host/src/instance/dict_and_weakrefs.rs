//! `__dict__` and weak references of instances. Each takes a word after the payload, whose offset the interpreter is told. On
//! PyPy every instance has both anyway.

use core::ffi::{CStr, c_int, c_void};

use hpy_sys::cpy_visitproc;

use crate::api;
use crate::capi::refs;
use crate::capi::types::{PyGetSetDef, PyObject, PyTypeObject};
use crate::interp::{Implementation, Interpreter};
use crate::layout::type_extras::{HAS_DICT, HAS_WEAKREFS};
use crate::layout::type_info::DictOffsets;
use crate::layout::type_layout;

impl DictOffsets {
    /// Places the words that `flags` ask for after `size` bytes.
    pub(crate) fn place(interpreter: &Interpreter, flags: u32, size: &mut usize) -> Self {
        let mut offsets = DictOffsets::default();
        if interpreter.implementation == Implementation::PyPy {
            return offsets;
        }
        let mut word = || {
            let at = size.next_multiple_of(size_of::<usize>());
            *size = at + size_of::<usize>();
            at
        };
        if flags & HAS_DICT != 0 {
            offsets.dict = word();
        }
        if flags & HAS_WEAKREFS != 0 {
            offsets.weak_references = word();
        }
        offsets
    }

    /// The attribute `__dict__`, if there is one.
    pub(crate) fn getset(self) -> Option<PyGetSetDef> {
        (self.dict != 0).then_some(PyGetSetDef {
            name: c"__dict__".as_ptr(),
            get: dict as *const c_void,
            set: set_dict as *const c_void,
            doc: core::ptr::null(),
            closure: core::ptr::null_mut(),
        })
    }

    /// The members by which the interpreter learns the offsets, where it learns them so.
    pub(crate) fn members(self, interpreter: &Interpreter) -> impl Iterator<Item = (&'static CStr, usize)> {
        let told = told_by_members(interpreter);
        [(c"__dictoffset__", self.dict), (c"__weaklistoffset__", self.weak_references)]
            .into_iter()
            .filter(move |(_, offset)| told && *offset != 0)
    }

    /// Sets the offsets in a finished type of CPython 3.8, which does not know such members.
    ///
    /// # Safety
    ///
    /// A type of ours that was just made.
    pub(crate) unsafe fn set_late(self, interpreter: &Interpreter, ty: *mut PyTypeObject) {
        if !self.is_none() && !told_by_members(interpreter) {
            // SAFETY: the caller's word.
            unsafe { type_layout::set_offsets(ty, self.dict, self.weak_references) };
        }
    }

    /// Returns where the instance has its `__dict__`, which is null before it is first used.
    unsafe fn dict(self, instance: *mut PyObject) -> *mut *mut PyObject {
        // SAFETY: the caller's word: an instance of a type with these words.
        unsafe { instance.byte_add(self.dict).cast() }
    }

    /// Visits the `__dict__`, for the collector.
    ///
    /// # Safety
    ///
    /// A live instance of a type with these words.
    pub(crate) unsafe fn traverse(
        self,
        instance: *mut PyObject,
        visit: cpy_visitproc,
        arg: *mut c_void,
    ) -> c_int {
        // SAFETY: the caller's word.
        unsafe {
            if self.dict == 0 {
                return 0;
            }
            let dict = *self.dict(instance);
            // Another instance may have the same, of which GraalPy's collector must not hear: see `field::referent`.
            if dict.is_null() || !crate::interp::is_cpython() && type_layout::unreadable(dict) {
                return 0;
            }
            visit(dict, arg)
        }
    }

    /// Releases the `__dict__`.
    ///
    /// # Safety
    ///
    /// An instance of a type with these words.
    pub(crate) unsafe fn clear(self, instance: *mut PyObject) {
        // SAFETY: the caller's word; the word owns the reference.
        unsafe {
            if self.dict != 0 {
                let dict = core::ptr::replace(self.dict(instance), core::ptr::null_mut());
                if !dict.is_null() {
                    refs::decref(dict);
                }
            }
        }
    }

    /// Clears the weak references to an instance that is deallocated.
    ///
    /// # Safety
    ///
    /// An instance without references of a type with these words.
    pub(crate) unsafe fn clear_weakrefs(self, instance: *mut PyObject) {
        // SAFETY: the caller's word.
        unsafe {
            if self.weak_references != 0
                && !instance.byte_add(self.weak_references).cast::<*mut PyObject>().read().is_null()
            {
                (api().PyObject_ClearWeakRefs)(instance);
            }
        }
    }
}

/// Returns whether the interpreter learns the offsets from members with special names.
fn told_by_members(interpreter: &Interpreter) -> bool {
    interpreter.implementation != Implementation::CPython || interpreter.version >= (3, 9)
}

unsafe extern "C" fn dict(instance: *mut PyObject, closure: *mut c_void) -> *mut PyObject {
    // SAFETY: the interpreter's word: an instance of a type with a `__dict__`.
    unsafe { (api().PyObject_GenericGetDict)(instance, closure) }
}

unsafe extern "C" fn set_dict(instance: *mut PyObject, value: *mut PyObject, closure: *mut c_void) -> c_int {
    // SAFETY: the interpreter's word: an instance of a type with a `__dict__`.
    unsafe { (api().PyObject_GenericSetDict)(instance, value, closure) }
}
