//! Getters and setters for members that the interpreter can't access itself, because the payload has no fixed offset or a
//! field is not just an object pointer.

use core::ffi::{
    CStr, c_char, c_double, c_float, c_int, c_long, c_longlong, c_short, c_uchar, c_uint, c_ulong,
    c_ulonglong, c_ushort, c_void,
};

use hpy_sys::*;

use crate::api;
use crate::capi::embedded_context::{address, none};
use crate::capi::handle::{handle, object};
use crate::capi::interned;
use crate::capi::types::{PyGetSetDef, PyObject};
use crate::instance::creation;
use crate::instance::fields;
use crate::interp::{Implementation, interpreter};

/// What the functions are given: a member of a type, alive for ever.
type Closure = HPyMember;

/// Returns whether the interpreter accesses members of that kind correctly.
pub(crate) fn is_of_interpreter(kind: HPyMember_FieldType) -> bool {
    if interpreter().is_some_and(|known| known.implementation == Implementation::GraalPy) {
        return false; // its errors differ
    }
    match kind {
        HPyMember_OBJECT | HPyMember_OBJECT_EX => fields::is_object(),
        // PyPy does not know them.
        HPyMember_NONE | HPyMember_STRING_INPLACE | HPyMember_BOOL => fields::are_traversed(),
        _ => true,
    }
}

/// Returns whether that is a kind of member.
pub(crate) fn is_known(kind: HPyMember_FieldType) -> bool {
    (HPyMember_SHORT..=HPyMember_NONE).contains(&kind) && kind != 15
}

/// An attribute for a member of a known kind.
pub(crate) fn attribute(def: &HPyMember) -> PyGetSetDef {
    let closure: *mut Closure = interned::list(vec![*def]);
    PyGetSetDef {
        name: def.name,
        get: get as *const c_void,
        set: if def.readonly != 0 { core::ptr::null() } else { set as *const c_void },
        doc: def.doc,
        closure: closure.cast(),
    }
}

unsafe extern "C" fn get(this: *mut PyObject, closure: *mut c_void) -> *mut PyObject {
    // SAFETY: the interpreter's word: an instance of the type with this member, so its data is there.
    unsafe {
        let member = &*closure.cast::<Closure>();
        let at = creation::data(this).byte_offset(member.offset);
        let api = api();
        match member.type_ {
            HPyMember_SHORT => (api.PyLong_FromLong)(at.cast::<c_short>().read().into()),
            HPyMember_INT => (api.PyLong_FromLong)(at.cast::<c_int>().read().into()),
            HPyMember_LONG => (api.PyLong_FromLong)(at.cast::<c_long>().read()),
            HPyMember_FLOAT => (api.PyFloat_FromDouble)(at.cast::<c_float>().read().into()),
            HPyMember_DOUBLE => (api.PyFloat_FromDouble)(at.cast::<c_double>().read()),
            HPyMember_CHAR => (api.PyUnicode_FromStringAndSize)(at.cast(), 1),
            HPyMember_BYTE => (api.PyLong_FromLong)(at.cast::<i8>().read().into()),
            HPyMember_UBYTE => (api.PyLong_FromLong)(at.cast::<c_uchar>().read().into()),
            HPyMember_USHORT => (api.PyLong_FromLong)(at.cast::<c_ushort>().read().into()),
            HPyMember_UINT => (api.PyLong_FromUnsignedLong)(at.cast::<c_uint>().read().into()),
            HPyMember_ULONG => (api.PyLong_FromUnsignedLong)(at.cast::<c_ulong>().read()),
            HPyMember_LONGLONG => (api.PyLong_FromLongLong)(at.cast::<c_longlong>().read()),
            HPyMember_ULONGLONG => (api.PyLong_FromUnsignedLongLong)(at.cast::<c_ulonglong>().read()),
            HPyMember_HPYSSIZET => (api.PyLong_FromSsize_t)(at.cast::<isize>().read()),
            HPyMember_BOOL => (api.PyBool_FromLong)(at.cast::<c_char>().read().into()),
            HPyMember_STRING_INPLACE => (api.PyUnicode_FromString)(at.cast()),
            HPyMember_STRING if !at.cast::<*const c_char>().read().is_null() => {
                (api.PyUnicode_FromString)(at.cast::<*const c_char>().read())
            }
            HPyMember_OBJECT | HPyMember_OBJECT_EX => {
                let ctx = address();
                let value = fields::ctx_Field_Load(ctx, handle(this), at.cast::<HPyField>().read());
                if !value.is_null() || !(api.PyErr_Occurred)().is_null() {
                    return object(value);
                }
                if member.type_ == HPyMember_OBJECT_EX {
                    return no_attribute(member.name);
                }
                none()
            }
            _ => none(),
        }
    }
}

/// Raises `AttributeError`.
unsafe fn no_attribute(name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's word: this thread runs Python.
    unsafe {
        (api().PyErr_SetString)(object((*address()).h_AttributeError), name);
    }
    core::ptr::null_mut()
}

unsafe fn fail(ty: HPy, text: &CStr) -> c_int {
    // SAFETY: the caller's word: this thread runs Python.
    unsafe { (api().PyErr_SetString)(object(ty), text.as_ptr()) };
    -1
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "CPython's members keep the lower bits, too"
)]
unsafe extern "C" fn set(this: *mut PyObject, value: *mut PyObject, closure: *mut c_void) -> c_int {
    // SAFETY: the interpreter's word, as for `get`; a null value deletes.
    unsafe {
        let context = address();
        let member = &*closure.cast::<Closure>();
        let at = creation::data(this).byte_offset(member.offset);
        let api = api();
        if matches!(member.type_, HPyMember_OBJECT | HPyMember_OBJECT_EX) {
            let to: *mut HPyField = at.cast();
            if value.is_null() && member.type_ == HPyMember_OBJECT_EX && (*to).is_null() {
                no_attribute(member.name);
                return -1;
            }
            fields::ctx_Field_Store(context, handle(this), to, handle(value));
            return 0;
        }
        if matches!(member.type_, HPyMember_STRING | HPyMember_STRING_INPLACE | HPyMember_NONE) {
            return fail((*context).h_TypeError, c"readonly attribute");
        }
        if value.is_null() {
            return fail((*context).h_TypeError, c"can't delete numeric/char attribute");
        }
        macro_rules! number {
            ($ty:ty, $read:ident) => {{
                let number = (api.$read)(value);
                if !(api.PyErr_Occurred)().is_null() {
                    return -1;
                }
                at.cast::<$ty>().write(number as $ty);
            }};
        }
        // As on CPython: what does not fit raises, unless it is negative.
        macro_rules! unsigned {
            ($ty:ty, $read:ident, $read_signed:ident) => {{
                let mut number = (api.$read)(value) as $ty;
                if !(api.PyErr_Occurred)().is_null() {
                    (api.PyErr_Clear)();
                    number = (api.$read_signed)(value) as $ty;
                    if !(api.PyErr_Occurred)().is_null() {
                        return -1;
                    }
                }
                at.cast::<$ty>().write(number);
            }};
        }
        match member.type_ {
            HPyMember_SHORT => number!(c_short, PyLong_AsLong),
            HPyMember_INT => number!(c_int, PyLong_AsLong),
            HPyMember_LONG => number!(c_long, PyLong_AsLong),
            HPyMember_FLOAT => number!(c_float, PyFloat_AsDouble),
            HPyMember_DOUBLE => number!(c_double, PyFloat_AsDouble),
            HPyMember_BYTE => number!(i8, PyLong_AsLong),
            HPyMember_UBYTE => number!(c_uchar, PyLong_AsLong),
            HPyMember_USHORT => number!(c_ushort, PyLong_AsLong),
            HPyMember_UINT => unsigned!(c_uint, PyLong_AsUnsignedLong, PyLong_AsLong),
            HPyMember_ULONG => unsigned!(c_ulong, PyLong_AsUnsignedLong, PyLong_AsLong),
            HPyMember_LONGLONG => number!(c_longlong, PyLong_AsLongLong),
            HPyMember_ULONGLONG => unsigned!(c_ulonglong, PyLong_AsUnsignedLongLong, PyLong_AsLongLong),
            HPyMember_HPYSSIZET => number!(isize, PyLong_AsSsize_t),
            HPyMember_BOOL => {
                if value != object((*context).h_True) && value != object((*context).h_False) {
                    return fail((*context).h_TypeError, c"attribute value type must be bool");
                }
                at.cast::<c_char>().write((value == object((*context).h_True)).into());
            }
            HPyMember_CHAR => {
                let mut size = 0;
                let text = (api.PyUnicode_AsUTF8AndSize)(value, &mut size);
                if text.is_null() {
                    return -1;
                }
                if size != 1 {
                    return fail((*context).h_TypeError, c"attribute value must be one ASCII character");
                }
                at.cast::<c_char>().write(*text);
            }
            _ => return fail((*context).h_TypeError, c"readonly attribute"),
        }
    }
    0
}
