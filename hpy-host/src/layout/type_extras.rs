//! [`TypeExtras`]: what a type has beyond HPy's spec.

use core::ffi::{c_int, c_void};

use hpy_sys::{HPy, HPyFunc_destroyfunc, HPyType_BuiltinShape};

use crate::capi::types::{PyMethodDef, PyType_Slot};

/// What a type has beyond HPy's spec.
///
/// Functions have CPython's signatures. Those for a host in another file must go through the context that it announced
/// (`ctx_CallRealFunctionFromTrampoline`); those for the embedded host may call the code itself.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TypeExtras {
    /// Slots that HPy lacks, by the C API's numbers (`Py_tp_iter` is 62); slot 0 ends the list. Or null.
    pub slots: *const PyType_Slot,
    /// Methods that HPy has no flag for: `METH_CLASS` and `METH_STATIC`; a null name ends the list. Or null.
    pub methods: *const PyMethodDef,
    /// [`HAS_DICT`], [`HAS_WEAKREFS`], [`HAS_OBJECTS`].
    pub flags: u32,
    /// Where in the payload those parts begin that are not the base's; 0 if the base has none. A host refuses a base
    /// whose instances go on behind that.
    pub own_start: usize,
    /// References to objects that the payload owns, for the garbage collector. Only read with [`HAS_OBJECTS`].
    pub objects: Objects,
}

/// Calls a function for each reference to an object that a payload owns, and stops if it returns a value other than 0. Visits
/// nothing while the payload is changed. Runs no Python code.
pub type VisitObjects = unsafe extern "C" fn(*mut c_void, VisitObject, *mut c_void) -> c_int;

/// What [`VisitObjects`] calls: with a handle of the host that made the type, or NULL, and with the data that it was given.
pub type VisitObject = unsafe extern "C" fn(HPy, *mut c_void) -> c_int;

/// How the collector gets at the objects that a payload owns.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Objects {
    /// For `tp_traverse`.
    pub visit: VisitObjects,
    /// For `tp_clear`: drops the value of the payload, unless it is in use.
    pub clear: HPyFunc_destroyfunc,
}

impl Objects {
    /// Of a type without [`HAS_OBJECTS`].
    pub const NONE: Self = Objects { visit: visit_nothing, clear: clear_nothing };
}

unsafe extern "C" fn visit_nothing(_: *mut c_void, _: VisitObject, _: *mut c_void) -> c_int {
    0
}

unsafe extern "C" fn clear_nothing(_: *mut c_void) {}

/// A shape that HPy lacks: that of exceptions. Only for types with [`TypeExtras`]; instances' payload is what
/// `_HPy_AsStruct_Legacy` gives.
pub const SHAPE_EXCEPTION: HPyType_BuiltinShape = 8;

/// Instances have a `__dict__`.
pub const HAS_DICT: u32 = 1;
/// Weak references to instances can be made.
pub const HAS_WEAKREFS: u32 = 2;
/// Instances own references that the collector visits.
pub const HAS_OBJECTS: u32 = 4;
