//! Members that this host does not have yet: each raises `SystemError` and says so.

use core::ffi::{c_int, c_void};

use hpy_sys::{
    HPy, HPyCallFunction, HPyContext, HPyField, HPyType_BuiltinShape, HPyType_Spec, HPyType_SpecParam,
};

macro_rules! absent {
    ($($name:ident($($ty:ty),*) $(-> $ret:ty = $value:expr)?;)*) => {$(
        pub(crate) unsafe extern "C" fn $name(_: *mut HPyContext $(, _: $ty)*) $(-> $ret)? {
            crate::missing::raise_member(stringify!($name));
            $($value)?
        }
    )*};
}

absent! {
    ctx_Type_FromSpec(*mut HPyType_Spec, *mut HPyType_SpecParam) -> HPy = HPy::NULL;
    ctx_Type_GenericNew(HPy, *const HPy, isize, HPy) -> HPy = HPy::NULL;
    ctx_New(HPy, *mut *mut c_void) -> HPy = HPy::NULL;
    ctx_AsStruct_Object(HPy) -> *mut c_void = core::ptr::null_mut();
    ctx_AsStruct_Legacy(HPy) -> *mut c_void = core::ptr::null_mut();
    ctx_AsStruct_Type(HPy) -> *mut c_void = core::ptr::null_mut();
    ctx_AsStruct_Long(HPy) -> *mut c_void = core::ptr::null_mut();
    ctx_AsStruct_Float(HPy) -> *mut c_void = core::ptr::null_mut();
    ctx_AsStruct_Unicode(HPy) -> *mut c_void = core::ptr::null_mut();
    ctx_AsStruct_Tuple(HPy) -> *mut c_void = core::ptr::null_mut();
    ctx_AsStruct_List(HPy) -> *mut c_void = core::ptr::null_mut();
    ctx_AsStruct_Dict(HPy) -> *mut c_void = core::ptr::null_mut();
    ctx_Type_GetBuiltinShape(HPy) -> HPyType_BuiltinShape = hpy_sys::HPyType_BuiltinShape_Legacy;
    ctx_Field_Store(HPy, *mut HPyField, HPy);
    ctx_Field_Load(HPy, HPyField) -> HPy = HPy::NULL;
    ctx_SetCallFunction(HPy, *mut HPyCallFunction) -> c_int = -1;
}

/// `HPyType_FromSpec` with what HPy can't say.
pub(crate) unsafe extern "C" fn type_from_spec_with_extras(
    ctx: *mut HPyContext,
    spec: *mut HPyType_Spec,
    params: *mut HPyType_SpecParam,
    _: *const crate::ext::TypeExtras,
) -> HPy {
    // SAFETY: HPy's rules.
    unsafe { ctx_Type_FromSpec(ctx, spec, params) }
}
