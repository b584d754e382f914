//! Lengths of `bytes` and `str` that Python code can't influence.
//!
//! On PyPy and GraalPy, some functions of the C API ask a subclass for its `__len__`: `PyBytes_Size` on all of them,
//! `PyUnicode_AsUTF8AndSize` on PyPy 7.3.11. Trusting that number reads beyond the memory. So there the length of an instance
//! of a subclass comes from the method of the builtin type.

use core::ffi::{CStr, c_char};

use hpy_sys::cast::extent;
use hpy_sys::{HPy, HPyContext};

use super::object;
use crate::api;
use crate::capi::types::PyObject;
use crate::interp::{Implementation, interpreter, is_cpython, type_of};

/// Returns whether an object's type is `ty`, and no subclass of it.
unsafe fn is_exactly(o: *mut PyObject, ty: *mut PyObject) -> bool {
    // SAFETY: the caller's word: live objects, on a thread that runs Python.
    unsafe {
        type_of(o).unwrap_or_else(|| {
            let own = (api().PyObject_Type)(o);
            (api().Py_DecRef)(own); // the object keeps it
            own
        }) == ty
    }
}

/// Calls the method of the builtin type itself, whatever the object's class says.
unsafe fn call_builtin(ty: *mut PyObject, method: &CStr, o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's word: live objects, on a thread that runs Python; the new references are given back.
    unsafe {
        let method = (api().PyObject_GetAttrString)(ty, method.as_ptr());
        if method.is_null() {
            return method;
        }
        let args = crate::capi::tuple::pack(&o, 1);
        let result = if args.is_null() {
            core::ptr::null_mut()
        } else {
            let result = (api().PyObject_Call)(method, args, core::ptr::null_mut());
            (api().Py_DecRef)(args);
            result
        };
        (api().Py_DecRef)(method);
        result
    }
}

pub(crate) unsafe extern "C" fn ctx_Bytes_Size(ctx: *mut HPyContext, h: HPy) -> isize {
    // SAFETY: HPy's rules.
    unsafe {
        let (o, ty) = (object(h), object((*ctx).h_BytesType));
        if is_cpython() || h.is_null() || is_exactly(o, ty) || !super::is_instance(o, (*ctx).h_BytesType) {
            return (api().PyBytes_Size)(o);
        }
        let len = call_builtin(ty, c"__len__", o);
        if len.is_null() {
            return -1;
        }
        let size = (api().PyLong_AsSsize_t)(len);
        (api().Py_DecRef)(len);
        if is_pypy() && room(o).is_none_or(|room| room < size) {
            let text = c"the __len__ of this subclass of bytes says less than there is: PyPy has no memory for the rest";
            (api().PyErr_SetString)(object((*ctx).h_ValueError), text.as_ptr());
            return -1;
        }
        size
    }
}

fn is_pypy() -> bool {
    interpreter().is_some_and(|known| known.implementation == Implementation::PyPy)
}

/// How many bytes fit into the memory that PyPy made for native code: as many as `__len__` said at that time. The number
/// follows the type. `None` if it can't be found there.
unsafe fn room(o: *mut PyObject) -> Option<isize> {
    const PROOF: &CStr = c"a text of some length";
    // SAFETY: the caller's word: a live object, on a thread that runs Python; an object with a size has that word.
    unsafe {
        let offset = interpreter()?.type_offset? + size_of::<usize>();
        let size_of = |o: *mut PyObject| *o.byte_add(offset).cast::<isize>();
        let len = extent(PROOF.count_bytes());
        let proof = crate::interp::Owned::new((api().PyBytes_FromStringAndSize)(PROOF.as_ptr(), len)).ok()?;
        (size_of(proof.0) == len).then(|| size_of(o))
    }
}

pub(crate) unsafe extern "C" fn ctx_Bytes_GET_SIZE(ctx: *mut HPyContext, h: HPy) -> isize {
    // SAFETY: HPy's rules.
    unsafe { ctx_Bytes_Size(ctx, h) }
}

pub(crate) unsafe extern "C" fn ctx_Unicode_AsUTF8AndSize(
    ctx: *mut HPyContext,
    h: HPy,
    size: *mut isize,
) -> *const c_char {
    // SAFETY: HPy's rules.
    unsafe {
        let (o, ty) = (object(h), object((*ctx).h_UnicodeType));
        let text = (api().PyUnicode_AsUTF8AndSize)(o, size);
        if is_cpython() || text.is_null() || size.is_null() || !is_pypy() || is_exactly(o, ty) {
            return text;
        }
        // The text is whole; only its length is what `__len__` said, or an exception that that raised.
        if !(api().PyErr_Occurred)().is_null() {
            return core::ptr::null();
        }
        let encoded = call_builtin(ty, c"encode", o);
        if encoded.is_null() {
            return core::ptr::null();
        }
        *size = (api().PyBytes_Size)(encoded);
        (api().Py_DecRef)(encoded);
        text
    }
}
