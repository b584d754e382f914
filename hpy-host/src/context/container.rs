//! Functions for `list`, `tuple`, `dict` and `slice`.

use core::ffi::c_int;

use hpy_sys::cast::count;
use hpy_sys::{HPy, HPyContext};

use super::{direct, guarded, handle, is_instance, object};
use crate::api;

direct! {
    ctx_List_Append(list: HPy, item: HPy) -> c_int = PyList_Append;
    ctx_List_Insert(list: HPy, index: isize, item: HPy) -> c_int = PyList_Insert;
    ctx_Dict_New() -> HPy = PyDict_New;
    ctx_Slice_New(start: HPy, stop: HPy, step: HPy) -> HPy = PySlice_New;
}

guarded! {
    ctx_Slice_Unpack(slice: HPy, start: ptrmut<isize>, stop: ptrmut<isize>, step: ptrmut<isize>) -> c_int = PySlice_Unpack;
}

pub(crate) unsafe extern "C" fn ctx_List_Check(ctx: *mut HPyContext, h: HPy) -> c_int {
    // SAFETY: HPy's rules.
    unsafe { is_instance(object(h), (*ctx).h_ListType) }.into()
}

pub(crate) unsafe extern "C" fn ctx_Dict_Check(ctx: *mut HPyContext, h: HPy) -> c_int {
    // SAFETY: HPy's rules.
    unsafe { is_instance(object(h), (*ctx).h_DictType) }.into()
}

pub(crate) unsafe extern "C" fn ctx_Tuple_Check(ctx: *mut HPyContext, h: HPy) -> c_int {
    // SAFETY: HPy's rules.
    unsafe { is_instance(object(h), (*ctx).h_TupleType) }.into()
}

/// `SystemError` for what is no dict, as CPython raises it; other interpreters, and CPython without a GIL, don't look.
unsafe fn not_a_dict(ctx: *mut HPyContext, h: HPy) -> bool {
    // SAFETY: HPy's rules.
    unsafe {
        if !h.is_null() && ctx_Dict_Check(ctx, h) != 0 {
            return false;
        }
        super::bad_argument(ctx);
        true
    }
}

pub(crate) unsafe extern "C" fn ctx_Dict_Keys(ctx: *mut HPyContext, h: HPy) -> HPy {
    // SAFETY: HPy's rules.
    unsafe { if not_a_dict(ctx, h) { HPy::NULL } else { handle((api().PyDict_Keys)(object(h))) } }
}

pub(crate) unsafe extern "C" fn ctx_Dict_Copy(ctx: *mut HPyContext, h: HPy) -> HPy {
    // SAFETY: HPy's rules.
    unsafe { if not_a_dict(ctx, h) { HPy::NULL } else { handle((api().PyDict_Copy)(object(h))) } }
}

/// Python must never see a list with NULL in it, so the items are `None`.
pub(crate) unsafe extern "C" fn ctx_List_New(ctx: *mut HPyContext, len: isize) -> HPy {
    // SAFETY: HPy's rules; PyList_SetItem takes a reference.
    unsafe {
        if super::is_too_long(ctx, len) {
            return HPy::NULL;
        }
        let list = (api().PyList_New)(len);
        if !list.is_null() {
            let none = object((*ctx).h_None);
            for i in 0..len {
                (api().Py_IncRef)(none);
                (api().PyList_SetItem)(list, i, none);
            }
        }
        handle(list)
    }
}

pub(crate) unsafe extern "C" fn ctx_Tuple_FromArray(ctx: *mut HPyContext, items: *mut HPy, n: isize) -> HPy {
    // SAFETY: HPy's rules.
    if unsafe { super::is_too_long(ctx, n) } {
        return HPy::NULL;
    }
    // SAFETY: HPy's rules; handles are object pointers, so an array of one is an array of the other.
    unsafe { handle(crate::capi::tuple::pack(items.cast_const().cast(), count(n))) }
}
