//! Offsets of the slots of a type object.
//!
//! No layout is assumed: a type is made with distinctive values, and its memory is searched for them.

use core::ffi::{CStr, c_char, c_int, c_uint, c_ulong, c_void};
use core::ptr::null_mut;
use std::sync::{Mutex, PoisonError};

use hpy_sys::cpy_visitproc;

use crate::api;
use crate::capi::handle::object;
use crate::capi::import_error::ImportError;
use crate::capi::types::{
    Py_TPFLAGS_BASETYPE, Py_TPFLAGS_BYTES_SUBCLASS, Py_TPFLAGS_DEFAULT, Py_TPFLAGS_HAVE_GC,
    Py_TPFLAGS_HEAPTYPE, Py_TPFLAGS_TUPLE_SUBCLASS, Py_tp_clear, Py_tp_dealloc, Py_tp_free, Py_tp_methods,
    Py_tp_traverse, PyMethodDef, PyObject, PyType_Slot, PyType_Spec, PyTypeObject,
};
use crate::interp::{Implementation, Owned, interpreter};

/// Offsets of the slots in a type object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// In an instance: its type.
    type_of: usize,
    dealloc: usize,
    methods: usize,
    base: usize,
    basic_size: usize,
    free: usize,
    flags: usize,
    traverse: usize,
    clear: usize,
    /// `tp_dealloc` of a class that Python code made.
    of_python: usize,
    /// See the functions of these names; none on CPython.
    has_data_of: Option<unsafe fn(*mut PyObject, *mut PyTypeObject) -> bool>,
    fits: Option<unsafe fn(*mut PyTypeObject, *mut PyTypeObject) -> bool>,
}

/// What [`has_data_of`] and [`fits`] call where the interpreter does not see to it: they are handed in, so that code without
/// types has nothing of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Checks {
    pub(crate) has_data_of: unsafe fn(*mut PyObject, *mut PyTypeObject) -> bool,
    pub(crate) fits: unsafe fn(*mut PyTypeObject, *mut PyTypeObject) -> bool,
}

/// Written once, by [`find`], before the first type of ours exists.
static mut LAYOUT: Layout = Layout {
    type_of: 0,
    dealloc: 0,
    methods: 0,
    base: 0,
    basic_size: 0,
    free: 0,
    flags: 0,
    traverse: 0,
    clear: 0,
    of_python: 0,
    has_data_of: None,
    fits: None,
};

/// Finds the layout; an error says why that can't be. Asked for before the first type is made.
///
/// # Safety
///
/// This thread runs Python.
pub(crate) unsafe fn find(checks: Checks) -> Result<(), ImportError> {
    static KNOWN: Mutex<bool> = Mutex::new(false);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if !*known {
        // SAFETY: the caller's word; nobody reads the layout while there is no type of ours.
        unsafe { LAYOUT = look(checks)? };
        *known = true;
    }
    Ok(())
}

/// Returns whether the layout was found.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn is_known() -> bool {
    layout().dealloc != 0
}

/// The layout, where a type of ours exists already.
#[cfg_attr(not(debug_assertions), inline(always))]
fn layout() -> &'static Layout {
    let layout = &raw const LAYOUT;
    // SAFETY: written before the first type of ours exists.
    unsafe { &*layout }
}

/// Reads a part of an object.
///
/// # Safety
///
/// The object's memory may be read there.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn word(of: *mut PyObject, offset: usize) -> *mut c_void {
    // SAFETY: the caller's word; parts are words, and aligned.
    unsafe { *of.byte_add(offset).cast() }
}

/// The type of an instance of one of our types, borrowed; also of one that is about to end.
///
/// # Safety
///
/// An instance of a type of ours, or of a subclass: its memory may be read.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn type_of(instance: *mut PyObject) -> *mut PyTypeObject {
    // SAFETY: the caller's word.
    unsafe { word(instance, layout().type_of).cast() }
}

/// `tp_dealloc`.
///
/// # Safety
///
/// A live type. On GraalPy: one of ours, a base or a subclass of one.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn dealloc(ty: *mut PyTypeObject) -> *mut c_void {
    // SAFETY: the caller's word.
    unsafe { word(ty, layout().dealloc) }
}

/// `tp_methods`: the array that the type was made with.
///
/// # Safety
///
/// As for [`dealloc`].
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn methods(ty: *mut PyTypeObject) -> *mut PyMethodDef {
    // SAFETY: the caller's word.
    unsafe { word(ty, layout().methods).cast() }
}

/// `tp_base`.
///
/// # Safety
///
/// As for [`dealloc`].
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn base(ty: *mut PyTypeObject) -> *mut PyTypeObject {
    // SAFETY: the caller's word.
    unsafe { word(ty, layout().base).cast() }
}

/// Returns whether the object has the payload of `ty`, if that is a type of ours. True where the interpreter sees to that.
///
/// A library without types contains nothing of them because of this call.
///
/// # Safety
///
/// A live object and a live type, of which Python says that it is an instance.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn has_data_of(object: *mut PyObject, ty: *mut PyTypeObject) -> bool {
    // SAFETY: the caller's word; there is such a function once a type of ours exists.
    unsafe { layout().has_data_of.is_none_or(|has_data_of| has_data_of(object, ty)) }
}

/// Returns whether instances of `sub`, a subclass of `ty`, have the payload of `ty`, if that is one of ours. PyPy before 8
/// makes classes of bases whose instances differ.
///
/// A library without types contains nothing of them because of this call.
///
/// # Safety
///
/// Live types.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn fits(sub: *mut PyTypeObject, ty: *mut PyTypeObject) -> bool {
    // SAFETY: the caller's word; there is such a function once a type of ours exists.
    unsafe { layout().fits.is_none_or(|fits| fits(sub, ty)) }
}

/// `tp_basicsize`, of a type that can be read.
///
/// # Safety
///
/// As for [`dealloc`].
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn instance_size(ty: *mut PyTypeObject) -> usize {
    // SAFETY: the caller's word.
    unsafe { word(ty, layout().basic_size) }.addr()
}

/// `tp_free`.
///
/// # Safety
///
/// As for [`dealloc`].
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn free(ty: *mut PyTypeObject) -> unsafe extern "C" fn(*mut c_void) {
    // SAFETY: the caller's word; every type that is ready has one.
    unsafe { core::mem::transmute(word(ty, layout().free)) }
}

/// `tp_descr_set`, where there is one and it stands where it has stood in all versions: three words after `tp_base`, as
/// many after `tp_methods`.
///
/// # Safety
///
/// A live type, which can be read.
pub(crate) unsafe fn descr_set(ty: *mut PyTypeObject) -> Option<DescrSet> {
    let layout = layout();
    let words = 3 * size_of::<usize>();
    if layout.methods + words != layout.base {
        return None;
    }
    // SAFETY: the caller's word; where the part is a function, it is one of that type.
    unsafe { core::mem::transmute::<*mut c_void, Option<DescrSet>>(word(ty, layout.base + words)) }
}

/// `tp_traverse`, where there is one that can be read.
///
/// # Safety
///
/// A live type.
pub(crate) unsafe fn traverse(ty: *mut PyTypeObject) -> Option<Traverse> {
    // SAFETY: the caller's word; where the part is a function, it is one of that type.
    unsafe {
        if unreadable(ty) {
            None
        } else {
            core::mem::transmute::<*mut c_void, Option<Traverse>>(word(ty, layout().traverse))
        }
    }
}

/// `tp_clear`, where there is one that can be read.
///
/// # Safety
///
/// A live type.
pub(crate) unsafe fn clear(ty: *mut PyTypeObject) -> Option<Clear> {
    // SAFETY: the caller's word; where the part is a function, it is one of that type.
    unsafe {
        if unreadable(ty) {
            None
        } else {
            core::mem::transmute::<*mut c_void, Option<Clear>>(word(ty, layout().clear))
        }
    }
}

/// `tp_flags`.
///
/// # Safety
///
/// As for [`dealloc`].
#[cfg_attr(not(debug_assertions), inline(always))]
#[expect(clippy::cast_possible_truncation, reason = "the lower half has all flags that the host knows")]
pub(crate) unsafe fn flags(ty: *mut PyTypeObject) -> c_uint {
    // SAFETY: the caller's word; an `unsigned long`, which is half a word on Windows.
    unsafe { word(ty, layout().flags).addr() as c_uint }
}

/// Clears a flag of a type.
///
/// # Safety
///
/// A type that was just made.
pub(crate) unsafe fn clear_flag(ty: *mut PyTypeObject, flag: c_uint) {
    // SAFETY: the caller's word.
    unsafe { *ty.byte_add(layout().flags).cast::<c_ulong>() &= !c_ulong::from(flag) }
}

/// Sets `tp_as_buffer` of a type of CPython 3.8, where it is fourteen words after `tp_dealloc`.
///
/// # Safety
///
/// A type of ours that was just made, on CPython 3.8.
pub(crate) unsafe fn set_as_buffer(ty: *mut PyTypeObject, to: *mut c_void) {
    // SAFETY: the caller's word.
    unsafe { ty.byte_add(layout().dealloc + 14 * size_of::<usize>()).cast::<*mut c_void>().write(to) }
}

/// Sets `tp_doc` of a type of CPython before 3.10, where `PyType_FromSpec` cuts off the signature that `__text_signature__` is
/// made of. `tp_doc` is sixteen words after `tp_dealloc`; the type owns it and frees it with `PyObject_Free`.
///
/// False stands for an exception.
///
/// # Safety
///
/// A type of ours that was just made, on CPython before 3.10; `doc` is a C string.
pub(crate) unsafe fn set_doc(ty: *mut PyTypeObject, doc: *const c_char) -> bool {
    // SAFETY: the caller's word; the memory is as long as the string with its NUL.
    unsafe {
        let len = CStr::from_ptr(doc).to_bytes_with_nul().len();
        let copy = (api().PyObject_Malloc)(len).cast::<c_char>();
        if copy.is_null() {
            (api().PyErr_NoMemory)();
            return false;
        }
        copy.copy_from_nonoverlapping(doc, len);
        let place = ty.byte_add(layout().dealloc + 16 * size_of::<usize>()).cast::<*mut c_char>();
        (api().PyObject_Free)(place.replace(copy).cast());
        true
    }
}

/// Sets `tp_dictoffset` and `tp_weaklistoffset` of a type of CPython 3.8, thirty and twenty words after `tp_dealloc`; a 0
/// leaves what the base has.
///
/// # Safety
///
/// A type of ours that was just made, on CPython 3.8.
pub(crate) unsafe fn set_offsets(ty: *mut PyTypeObject, dict: usize, weak_references: usize) {
    for (at, offset) in [(30, dict), (20, weak_references)] {
        if offset != 0 {
            // SAFETY: the caller's word.
            unsafe { ty.byte_add(layout().dealloc + at * size_of::<usize>()).cast::<usize>().write(offset) }
        }
    }
}

/// `tp_basicsize`.
///
/// # Safety
///
/// A live type.
pub(crate) unsafe fn basic_size(ty: *mut PyTypeObject) -> Result<usize, ImportError> {
    // SAFETY: the caller's word: GraalPy's builtin types can't be read, but have the attribute.
    unsafe {
        let attribute = Owned::share(ty).attribute(c"__basicsize__").and_then(|size| size.size());
        match attribute {
            Ok(size) if size > 0 => Ok(size),
            _ if interpreter().is_some_and(|known| known.type_offset.is_some()) => {
                Ok(word(ty, layout().basic_size).addr())
            }
            _ => Err("the size of a type's instances can't be found".into()),
        }
    }
}

/// Returns whether instances of a type end with items, whose number is not that of the type: a `tuple`, `bytes`, an `int`.
///
/// # Safety
///
/// A live type.
pub(crate) unsafe fn has_items(ty: *mut PyTypeObject) -> bool {
    // SAFETY: the caller's word; `tp_itemsize` follows `tp_basicsize`.
    unsafe {
        match Owned::share(ty).attribute(c"__itemsize__").and_then(|size| size.size()) {
            Ok(size) => size != 0,
            // PyPy has no such attribute, and not all of its types say it in memory either.
            Err(_) if interpreter().is_some_and(|known| known.type_offset.is_some()) => {
                !word(ty, layout().basic_size + size_of::<usize>()).is_null()
                    || flags(ty) & (Py_TPFLAGS_TUPLE_SUBCLASS | Py_TPFLAGS_BYTES_SUBCLASS) != 0
            }
            Err(_) => false,
        }
    }
}

/// `tp_descr_set`.
pub(crate) type DescrSet = unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut PyObject) -> c_int;
/// `tp_clear`.
type Clear = unsafe extern "C" fn(*mut PyObject) -> c_int;
/// `tp_traverse`.
type Traverse = unsafe extern "C" fn(*mut PyObject, cpy_visitproc, *mut c_void) -> c_int;

/// Returns whether the memory of a type can't be read. GraalPy's own types are tagged values.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn unreadable(ty: *mut PyTypeObject) -> bool {
    (ty as isize) <= 0
}

/// What is searched: no interpreter's types are smaller.
const WORDS: usize = 50;

/// Flags that a type has which was made with them.
const FLAGS: c_uint = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HEAPTYPE;

/// A size that no other part of a type has.
const BASIC_SIZE: c_int = 0x1230;

unsafe extern "C" fn never_dealloc(_: *mut PyObject) {}
unsafe extern "C" fn never_free(_: *mut c_void) {
    core::hint::black_box(1);
}
unsafe extern "C" fn never_traverse(_: *mut PyObject, _: cpy_visitproc, _: *mut c_void) -> c_int {
    core::hint::black_box(2)
}
unsafe extern "C" fn never_clear(_: *mut PyObject) -> c_int {
    core::hint::black_box(3)
}

/// Makes a type, and looks for what it was made with.
unsafe fn look(checks: Checks) -> Result<Layout, ImportError> {
    // SAFETY: the caller's word. The type is never used, and lives for ever with what it was made of.
    unsafe {
        let methods: &'static mut [PyMethodDef] = Box::leak(Box::new([PyMethodDef::END]));
        let slots: &'static mut [PyType_Slot] = Box::leak(Box::new([
            PyType_Slot { slot: Py_tp_dealloc, pfunc: never_dealloc as *mut c_void },
            PyType_Slot { slot: Py_tp_free, pfunc: never_free as *mut c_void },
            PyType_Slot { slot: Py_tp_traverse, pfunc: never_traverse as *mut c_void },
            PyType_Slot { slot: Py_tp_clear, pfunc: never_clear as *mut c_void },
            PyType_Slot { slot: Py_tp_methods, pfunc: methods.as_mut_ptr().cast() },
            PyType_Slot { slot: 0, pfunc: null_mut() },
        ]));
        let spec: &'static mut PyType_Spec = Box::leak(Box::new(PyType_Spec {
            name: c"hpy_host.Layout".as_ptr(),
            basicsize: BASIC_SIZE,
            itemsize: 0,
            flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
            slots: slots.as_mut_ptr(),
        }));
        let ty = core::mem::ManuallyDrop::new(Owned::new((api().PyType_FromSpec)(spec))?).0;
        let base = object((*crate::capi::embedded_context::address()).h_BaseObjectType);
        let find = |what: &str, value: usize| {
            let offset = |i: usize| i * size_of::<usize>();
            (1..WORDS)
                .map(offset)
                .find(|at| word(ty, *at).addr() == value)
                .ok_or_else(|| ImportError::from(format!("a type's {what} can't be found in memory")))
        };
        if (ty as isize) < 0 {
            return Err("types made by its C API can't be read".into());
        }
        let dealloc = find("tp_dealloc", never_dealloc as *const c_void as usize)?;
        // It has no value of its own, but its place after `tp_dealloc` has been the same in all versions.
        let flags = dealloc + 15 * size_of::<usize>();
        let set = word(ty, flags).addr();
        if set & FLAGS as usize != FLAGS as usize || set > u32::MAX as usize {
            return Err("a type's tp_flags can't be found in memory".into());
        }
        let mut layout = Layout {
            type_of: 0,
            of_python: 0,
            has_data_of: None,
            fits: None,
            dealloc,
            flags,
            traverse: find("tp_traverse", never_traverse as *const c_void as usize)?,
            clear: find("tp_clear", never_clear as *const c_void as usize)?,
            methods: find("tp_methods", methods.as_ptr().addr())?,
            base: find("tp_base", base.addr())?,
            basic_size: find("tp_basicsize", hpy_sys::cast::key(BASIC_SIZE))?,
            free: find("tp_free", never_free as *const c_void as usize)?,
        };
        layout.type_of = type_offset()?;
        if known_to_be_cpython() {
            layout.of_python = word(probe_type()?.0, dealloc).addr();
        } else {
            layout.has_data_of = Some(checks.has_data_of);
            layout.fits = Some(checks.fits);
        }
        Ok(layout)
    }
}

fn known_to_be_cpython() -> bool {
    interpreter().is_some_and(|known| known.implementation == Implementation::CPython)
}

/// A type without a `tp_dealloc` of its own, like one that Python code makes.
unsafe fn probe_type() -> Result<Owned, ImportError> {
    let mut slots = [PyType_Slot { slot: 0, pfunc: null_mut() }];
    let mut spec = PyType_Spec {
        name: c"hpy_host.Probe".as_ptr(),
        basicsize: 0x80,
        itemsize: 0,
        flags: Py_TPFLAGS_DEFAULT,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: the caller's word: this thread runs Python. The interpreter copies the spec.
    unsafe { Owned::new((api().PyType_FromSpec)(&mut spec)) }
}

/// Returns whether a type was made by Python code, or in the same way. False outside of CPython, where instances of such
/// types are deallocated in other ways.
///
/// # Safety
///
/// A live type.
pub(crate) unsafe fn is_of_python(ty: *mut PyTypeObject) -> bool {
    // SAFETY: the caller's word.
    layout().of_python != 0 && unsafe { dealloc(ty) }.addr() == layout().of_python
}

/// Looks for the type in a fresh instance.
unsafe fn type_offset() -> Result<usize, ImportError> {
    // SAFETY: the caller's word; an instance has at least two words.
    unsafe {
        let ty = probe_type()?;
        let instance = Owned::new((api().PyType_GenericAlloc)(ty.0, 0))?;
        if (instance.0 as isize) < 0 {
            return Err("instances of its C API's types can't be read".into());
        }
        (0..5)
            .map(|i| i * size_of::<usize>())
            .find(|at| word(instance.0, *at) == ty.0.cast())
            .ok_or_else(|| "the type of an instance can't be found in memory".into())
    }
}
