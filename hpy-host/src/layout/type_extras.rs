//! [`TypeExtras`]: what a type has beyond HPy's spec.

use hpy_sys::HPyType_BuiltinShape;

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
    /// [`HAS_DICT`], [`HAS_WEAKREFS`].
    pub flags: u32,
    /// Where in the payload those parts begin that are not the base's; 0 if the base has none. A host refuses a base
    /// whose instances go on behind that.
    pub own_start: usize,
}

/// A shape that HPy lacks: that of exceptions. Only for types with [`TypeExtras`]; instances' payload is what
/// `_HPy_AsStruct_Legacy` gives.
pub const SHAPE_EXCEPTION: HPyType_BuiltinShape = 8;

/// Instances have a `__dict__`.
pub const HAS_DICT: u32 = 1;
/// Weak references to instances can be made.
pub const HAS_WEAKREFS: u32 = 2;
