//! Builders of lists and tuples. A builder is the list or tuple itself, which nobody else sees until it is complete.

use hpy_sys::{HPy, HPyContext, HPyListBuilder, HPyTupleBuilder};

use super::{handle, object};
use crate::api;
use crate::capi::types::PyObject;

macro_rules! builder {
    ($builder:ident { $field:ident }, $new:ident = $py_new:ident, $set:ident = $py_set:path, $build:ident, $cancel:ident) => {
        /// Without memory it gives NULL, with no exception: `Build` raises it then.
        pub(crate) unsafe extern "C" fn $new(ctx: *mut HPyContext, size: isize) -> $builder {
            // SAFETY: HPy's rules.
            let object = unsafe {
                if super::is_too_long(ctx, size) { core::ptr::null_mut() } else { (api().$py_new)(size) }
            };
            if object.is_null() {
                // SAFETY: HPy's rules.
                unsafe { (api().PyErr_Clear)() };
            }
            $builder { $field: handle(object)._i }
        }

        pub(crate) unsafe extern "C" fn $set(_: *mut HPyContext, builder: $builder, index: isize, h: HPy) {
            if builder.is_null() {
                return;
            }
            // SAFETY: HPy's rules: a new object of enough items, each set once; it takes a reference.
            unsafe {
                crate::capi::refs::incref(object(h));
                $py_set(object(HPy { _i: builder.$field }), index, object(h));
            }
        }

        pub(crate) unsafe extern "C" fn $build(_: *mut HPyContext, builder: $builder) -> HPy {
            if builder.is_null() {
                // SAFETY: HPy's rules.
                unsafe { (api().PyErr_NoMemory)() };
            }
            HPy { _i: builder.$field }
        }

        pub(crate) unsafe extern "C" fn $cancel(_: *mut HPyContext, builder: $builder) {
            // SAFETY: HPy's rules: the builder is not used again.
            unsafe { (api().Py_DecRef)(object(HPy { _i: builder.$field })) }
        }
    };
}

unsafe fn set_in_list(list: *mut PyObject, index: isize, item: *mut PyObject) {
    // SAFETY: the caller's word: it takes the reference.
    unsafe { (api().PyList_SetItem)(list, index, item) };
}

builder!(
    HPyListBuilder { _lst },
    ctx_ListBuilder_New = PyList_New,
    ctx_ListBuilder_Set = set_in_list,
    ctx_ListBuilder_Build,
    ctx_ListBuilder_Cancel
);
builder!(
    HPyTupleBuilder { _tup },
    ctx_TupleBuilder_New = PyTuple_New,
    ctx_TupleBuilder_Set = crate::capi::tuple::set,
    ctx_TupleBuilder_Build,
    ctx_TupleBuilder_Cancel
);
