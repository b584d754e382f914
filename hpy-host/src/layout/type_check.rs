//! Type checks (`isinstance`) that also make sure that the payload is there, as Python code can change classes on PyPy and
//! GraalPy.

use hpy_sys::HPy;

use crate::api;
use crate::capi::handle;
use crate::capi::types::PyObject;
use crate::interp::type_of;
use crate::layout::type_layout;

/// Returns whether the object is an instance of `ty`, with the payload of `ty`.
pub(crate) unsafe fn is_instance(object: *mut PyObject, ty: HPy) -> bool {
    // SAFETY: HPy's rules; a reference that is made is given back.
    unsafe {
        let ty = handle::object(ty);
        let is = |info| info == ty || (api().PyType_IsSubtype)(info, ty) != 0;
        let is = match type_of(object) {
            Some(info) => is(info),
            None => {
                let info = (api().PyObject_Type)(object);
                let is = is(info);
                (api().Py_DecRef)(info);
                is
            }
        };
        is && type_layout::has_data_of(object, ty)
    }
}
