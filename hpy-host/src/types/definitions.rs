//! HPy's tables of definitions: iteration, and conversion of functions to `PyMethodDef`.

use core::ffi::{CStr, c_char};

use hpy_sys::{HPyDef, HPyFunc_KEYWORDS, HPyFunc_NOARGS, HPyFunc_O, HPyFunc_VARARGS};

use crate::capi::import_error::ImportError;
use crate::capi::types::{METH_FASTCALL, METH_KEYWORDS, METH_NOARGS, METH_O, PyMethodDef};
use crate::interp::docstring::docstring;

/// The definitions of a table that ends with null.
///
/// # Safety
///
/// `defines` is null, or points at such a table.
pub(crate) unsafe fn definitions<'a>(defines: *mut *mut HPyDef) -> impl Iterator<Item = &'a HPyDef> {
    let mut next = defines;
    core::iter::from_fn(move || {
        // SAFETY: the caller's word; the end is not passed.
        unsafe {
            if next.is_null() || (*next).is_null() {
                return None;
            }
            let def = &**next;
            next = next.add(1);
            Some(def)
        }
    })
}

/// `PyMethodDef` of a function.
///
/// # Safety
///
/// The texts of the definition are valid, and alive for ever.
pub(crate) unsafe fn method(meth: &hpy_sys::HPyMeth) -> Result<PyMethodDef, ImportError> {
    let flags = match meth.signature {
        HPyFunc_NOARGS => METH_NOARGS,
        HPyFunc_O => METH_O,
        HPyFunc_VARARGS => METH_FASTCALL,
        HPyFunc_KEYWORDS => METH_FASTCALL | METH_KEYWORDS,
        other => return Err(format!("signature {other} is not one of a function").into()),
    };
    // SAFETY: the caller's word: a definition's texts.
    let ml_doc = unsafe { docstring(meth.name, meth.doc) };
    Ok(PyMethodDef { ml_name: meth.name, ml_meth: meth.cpy_trampoline, ml_flags: flags, ml_doc })
}

/// For messages: the name in a spec.
///
/// # Safety
///
/// UTF-8 with a NUL, or null.
pub(crate) unsafe fn name_of(name: *const c_char) -> String {
    if name.is_null() {
        return "(no name)".to_owned();
    }
    // SAFETY: the caller's word.
    unsafe { CStr::from_ptr(name) }.to_string_lossy().into_owned()
}
