//! Functions for types, instances and fields: see [`types`](crate::types) and [`instance`](crate::instance).

use hpy_sys::{HPy, HPyContext, HPyType_Spec, HPyType_SpecParam};

pub(crate) use crate::instance::creation::*;
pub(crate) use crate::instance::fields::*;

pub(crate) unsafe extern "C" fn ctx_Type_FromSpec(
    ctx: *mut HPyContext,
    spec: *mut HPyType_Spec,
    params: *mut HPyType_SpecParam,
) -> HPy {
    // SAFETY: HPy's rules.
    unsafe { crate::types::from_spec(ctx, spec, params, core::ptr::null()) }
}

/// `HPyType_FromSpec` with what HPy can't say.
pub(crate) unsafe extern "C" fn type_from_spec_with_extras(
    ctx: *mut HPyContext,
    spec: *mut HPyType_Spec,
    params: *mut HPyType_SpecParam,
    extras: *const crate::context::extensions::TypeExtras,
) -> HPy {
    // SAFETY: HPy's rules.
    unsafe { crate::types::from_spec(ctx, spec, params, extras) }
}
