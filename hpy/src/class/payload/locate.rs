//! Locates the payload of an object, by the builtin shape of its class.

#![allow(non_upper_case_globals)] // the names are HPy's

use core::ffi::c_void;

use hpy_sys::*;

use crate::core::{Context, Handle, ffi};

/// Returns the data of an instance of a class with that shape.
///
/// # Safety
///
/// Such an instance.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) unsafe fn data_of(object: &Handle<'_>, shape: HPyType_BuiltinShape) -> *mut c_void {
    let (ctx, raw) = (object.ctx(), object.as_raw());
    // SAFETY: invariants 2 and 5; the caller's word.
    unsafe {
        match (ctx.is_embedded(), shape) {
            (true, HPyType_BuiltinShape_Object) => hpy_host::interp::payload(ffi::object(raw)),
            (true, _) => hpy_host::context::extensions::payload_or_null(ffi::object(raw), shape),
            (false, HPyType_BuiltinShape_Object) => {
                still_there(hpy_host::calls::_HPy_AsStruct_Object(ctx.raw(), raw))
            }
            (false, _) => still_there(data_of_shape(ctx, raw, shape)),
        }
    }
}

/// PyPy's own host frees the data of an instance before it calls `__del__` of Python objects that are part of the same garbage, and
/// can still use it: the data is then some bytes behind address 0.
#[cfg_attr(not(debug_assertions), inline(always))]
fn still_there(data: *mut c_void) -> *mut c_void {
    if data.addr() < 4096 { core::ptr::null_mut() } else { data }
}

/// [`data_of`] for a host in another file.
#[cold]
unsafe fn data_of_shape(ctx: Context<'_>, raw: HPy, shape: HPyType_BuiltinShape) -> *mut c_void {
    use hpy_host::calls as host;
    // SAFETY: the caller's word.
    unsafe {
        match shape {
            HPyType_BuiltinShape_Type => host::_HPy_AsStruct_Type(ctx.raw(), raw),
            HPyType_BuiltinShape_Long => host::_HPy_AsStruct_Long(ctx.raw(), raw),
            HPyType_BuiltinShape_Float => host::_HPy_AsStruct_Float(ctx.raw(), raw),
            HPyType_BuiltinShape_Unicode => host::_HPy_AsStruct_Unicode(ctx.raw(), raw),
            HPyType_BuiltinShape_Tuple => host::_HPy_AsStruct_Tuple(ctx.raw(), raw),
            HPyType_BuiltinShape_List => host::_HPy_AsStruct_List(ctx.raw(), raw),
            HPyType_BuiltinShape_Dict => host::_HPy_AsStruct_Dict(ctx.raw(), raw),
            _ => host::_HPy_AsStruct_Legacy(ctx.raw(), raw), // exceptions
        }
    }
}
