//! Functions for `str`.

use core::ffi::{c_char, c_int};

use hpy_sys::{HPy, HPyContext, wchar_t};

use super::{direct, handle, is_instance, object};
use crate::api;

direct! {
    ctx_Unicode_FromString(utf8: ptr<c_char>) -> HPy = PyUnicode_FromString;
    ctx_Unicode_AsASCIIString(h: HPy) -> HPy = PyUnicode_AsASCIIString;
    ctx_Unicode_AsLatin1String(h: HPy) -> HPy = PyUnicode_AsLatin1String;
    ctx_Unicode_AsUTF8String(h: HPy) -> HPy = PyUnicode_AsUTF8String;
    ctx_Unicode_DecodeFSDefault(v: ptr<c_char>) -> HPy = PyUnicode_DecodeFSDefault;
    ctx_Unicode_EncodeFSDefault(h: HPy) -> HPy = PyUnicode_EncodeFSDefault;
    ctx_Unicode_ReadChar(h: HPy, index: isize) -> u32 = PyUnicode_ReadChar;
}

/// Functions that make a text of so many units.
macro_rules! sized {
    ($($name:ident($start:ident: $unit:ty $(, $errors:ident)?) = $capi:ident;)*) => {$(
        pub(crate) unsafe extern "C" fn $name(
            ctx: *mut HPyContext,
            $start: *const $unit,
            size: isize
            $(, $errors: *const c_char)?
        ) -> HPy {
            // SAFETY: HPy's rules.
            unsafe {
                if super::is_too_long(ctx, size) {
                    return HPy::NULL;
                }
                handle((api().$capi)($start, size $(, $errors)?))
            }
        }
    )*};
}

sized! {
    ctx_Unicode_FromWideChar(w: wchar_t) = PyUnicode_FromWideChar;
    ctx_Unicode_DecodeFSDefaultAndSize(v: c_char) = PyUnicode_DecodeFSDefaultAndSize;
    ctx_Unicode_DecodeASCII(ascii: c_char, errors) = PyUnicode_DecodeASCII;
    ctx_Unicode_DecodeLatin1(latin1: c_char, errors) = PyUnicode_DecodeLatin1;
}

pub(crate) unsafe extern "C" fn ctx_Unicode_FromEncodedObject(
    ctx: *mut HPyContext,
    h: HPy,
    encoding: *const c_char,
    errors: *const c_char,
) -> HPy {
    // SAFETY: HPy's rules. PyPy's function does not survive NULL.
    unsafe {
        if h.is_null() {
            super::bad_argument(ctx);
            return HPy::NULL;
        }
        handle((api().PyUnicode_FromEncodedObject)(object(h), encoding, errors))
    }
}

pub(crate) unsafe extern "C" fn ctx_Unicode_Substring(
    ctx: *mut HPyContext,
    h: HPy,
    start: isize,
    end: isize,
) -> HPy {
    // SAFETY: HPy's rules. PyPy counts negative positions from the end.
    unsafe {
        if start < 0 || end < 0 {
            (api().PyErr_SetString)(object((*ctx).h_IndexError), c"string index out of range".as_ptr());
            return HPy::NULL;
        }
        handle((api().PyUnicode_Substring)(object(h), start, end))
    }
}

pub(crate) unsafe extern "C" fn ctx_Unicode_Check(ctx: *mut HPyContext, h: HPy) -> c_int {
    // SAFETY: HPy's rules.
    unsafe { is_instance(object(h), (*ctx).h_UnicodeType) }.into()
}
