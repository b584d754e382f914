//! Allocation of instances, access to their payload, and their call function.

use core::ffi::{c_int, c_void};

use hpy_sys::*;

use crate::api;
use crate::capi::handle::{handle, object};
use crate::capi::types::{PyObject, PyTypeObject};
use crate::layout::payload_offset;
use crate::layout::type_extras::SHAPE_EXCEPTION;
use crate::layout::type_info::{self, TypeInfo};
use crate::layout::type_layout;
use crate::layout::type_tag;

/// Returns the payload of an instance of a type of ours, or of a subclass.
///
/// # Safety
///
/// Such an instance.
pub(crate) unsafe fn data(instance: *mut PyObject) -> *mut c_void {
    // SAFETY: the caller's word.
    unsafe {
        match type_tag::of(instance) {
            Some(info) => payload_offset::payload_of(instance, info),
            None => crate::interp::payload(instance),
        }
    }
}

/// Raises `TypeError`, and gives NULL.
///
/// # Safety
///
/// The embedded context; this thread runs Python.
pub(crate) unsafe fn type_error(ctx: *mut HPyContext, text: &core::ffi::CStr) -> HPy {
    // SAFETY: HPy's rules.
    unsafe { (api().PyErr_SetString)(object((*ctx).h_TypeError), text.as_ptr()) };
    HPy::NULL
}

/// Returns whether instances of a type are complete once they are [allocated](allocate), with their payload behind the header and
/// without a tag.
///
/// # Safety
///
/// A live type; this thread runs Python.
pub unsafe fn are_simple(ty: *mut PyTypeObject) -> bool {
    // SAFETY: the caller's word.
    crate::interp::is_cpython()
        && unsafe { type_info::any(ty) }
            .is_some_and(|(info, _)| info.shape == HPyType_BuiltinShape_Object && info.call_offset == 0)
}

/// Allocates an instance. NULL and an exception if there is no memory. It is all zero, and the collector knows of it.
///
/// # Safety
///
/// A live type whose instances this host makes; this thread runs Python.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn allocate(ty: *mut PyTypeObject) -> *mut PyObject {
    // SAFETY: the caller's word: a live type.
    unsafe { (api().PyType_GenericAlloc)(ty, 0) }
}

/// Allocates an instance with its type tag. NULL and an exception if there is no memory, or if Python code has given
/// `ty` a base for whose data its instances have no room.
///
/// # Safety
///
/// As for [`allocate`]; `info` stands for the nearest type of ours.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn make(ctx: *mut HPyContext, ty: *mut PyTypeObject, info: &'static TypeInfo) -> *mut PyObject {
    // SAFETY: the caller's word.
    unsafe {
        if !type_tag::has_room(ty, info) {
            let text = c"the class was given a base class for whose data its instances have no room";
            type_error(ctx, text);
            return core::ptr::null_mut();
        }
        let instance = allocate(ty);
        if !instance.is_null() {
            type_tag::put(instance, info);
        }
        instance
    }
}

pub(crate) unsafe extern "C" fn ctx_New(ctx: *mut HPyContext, ty: HPy, to: *mut *mut c_void) -> HPy {
    // SAFETY: HPy's rules: a type of ours or a subclass of one, or an object that is no type.
    unsafe {
        let ty = object(ty);
        if !crate::layout::type_check::is_instance(ty, (*ctx).h_TypeType) {
            return type_error(ctx, c"HPy_New arg 1 must be a type");
        }
        let Some((info, _)) = type_info::any(ty) else {
            return type_error(ctx, c"HPy_New arg 1 must be an HPy type");
        };
        let instance = make(ctx, ty, info);
        if instance.is_null() {
            return HPy::NULL;
        }
        if info.call_offset != 0 {
            instance.byte_add(info.call_offset).cast::<Option<cpy_vectorcallfunc>>().write(info.call);
        }
        to.write(payload_offset::payload_of(instance, info));
        handle(instance)
    }
}

/// See [`made_by_base`](crate::context::extensions::made_by_base).
///
/// # Safety
///
/// As there.
pub(crate) unsafe fn made_by_base(instance: *mut PyObject) -> *mut c_void {
    if type_layout::unreadable(instance) {
        return core::ptr::null_mut();
    }
    // SAFETY: the caller's word.
    unsafe {
        let ty = type_layout::type_of(instance);
        match type_info::any(ty) {
            Some((info, _)) if type_tag::has_room(ty, info) && type_tag::put(instance, info) => {
                payload_offset::payload_of(instance, info)
            }
            _ => core::ptr::null_mut(),
        }
    }
}

pub(crate) unsafe extern "C" fn ctx_Type_GenericNew(
    ctx: *mut HPyContext,
    ty: HPy,
    _: *const HPy,
    _: isize,
    _: HPy,
) -> HPy {
    // SAFETY: HPy's rules.
    unsafe {
        if !crate::layout::type_check::is_instance(object(ty), (*ctx).h_TypeType) {
            return type_error(ctx, c"HPyType_GenericNew arg 1 must be a type");
        }
        handle(match type_info::any(object(ty)) {
            Some((info, _)) => make(ctx, object(ty), info),
            None => allocate(object(ty)),
        })
    }
}

macro_rules! as_struct {
    ($($name:ident = $shape:ident;)*) => {$(
        pub(crate) unsafe extern "C" fn $name(_: *mut HPyContext, h: HPy) -> *mut c_void {
            // SAFETY: HPy's rules: an instance of that shape.
            unsafe { payload_offset::payload(object(h), $shape) }
        }
    )*};
}

as_struct! {
    ctx_AsStruct_Type = HPyType_BuiltinShape_Type;
    ctx_AsStruct_Long = HPyType_BuiltinShape_Long;
    ctx_AsStruct_Float = HPyType_BuiltinShape_Float;
    ctx_AsStruct_Unicode = HPyType_BuiltinShape_Unicode;
    ctx_AsStruct_Tuple = HPyType_BuiltinShape_Tuple;
    ctx_AsStruct_List = HPyType_BuiltinShape_List;
    ctx_AsStruct_Dict = HPyType_BuiltinShape_Dict;
}

pub(crate) unsafe extern "C" fn ctx_AsStruct_Object(_: *mut HPyContext, h: HPy) -> *mut c_void {
    // SAFETY: HPy's rules: an instance of that shape.
    unsafe { crate::interp::payload(object(h)) }
}

/// There are no types of that shape in this host; but exceptions have none that HPy knows.
pub(crate) unsafe extern "C" fn ctx_AsStruct_Legacy(_: *mut HPyContext, h: HPy) -> *mut c_void {
    // SAFETY: HPy's rules; the type is alive as long as its instance.
    unsafe {
        let ty = (api().PyObject_Type)(object(h));
        let info = type_info::any(ty);
        (api().Py_DecRef)(ty);
        info.map_or(object(h).cast(), |(info, _)| payload_offset::payload_or_null(object(h), info.shape))
    }
}

pub(crate) unsafe extern "C" fn ctx_Type_GetBuiltinShape(
    ctx: *mut HPyContext,
    ty: HPy,
) -> HPyType_BuiltinShape {
    // SAFETY: HPy's rules.
    unsafe {
        if !crate::layout::type_check::is_instance(object(ty), (*ctx).h_TypeType) {
            type_error(ctx, c"expected a type");
            return -2;
        }
        match type_info::any(object(ty)) {
            Some((info, _)) if info.shape != SHAPE_EXCEPTION => info.shape,
            _ => HPyType_BuiltinShape_Legacy,
        }
    }
}

/// Returns the record of the instance's type, if its instances have a call function.
unsafe fn callable(instance: *mut PyObject) -> Option<&'static TypeInfo> {
    // SAFETY: the caller's word: a live object; only instances of types of ours are looked at.
    unsafe {
        let ty = (api().PyObject_Type)(instance);
        let is_ours = type_info::any(ty).is_some();
        (api().Py_DecRef)(ty);
        if is_ours { type_tag::of(instance).filter(|info| info.call_offset != 0) } else { None }
    }
}

pub(crate) unsafe extern "C" fn ctx_SetCallFunction(
    ctx: *mut HPyContext,
    h: HPy,
    function: *mut HPyCallFunction,
) -> c_int {
    // SAFETY: HPy's rules.
    unsafe {
        let Some(info) = callable(object(h)) else {
            type_error(ctx, c"the type of the object does not implement the HPy call protocol");
            return -1;
        };
        let at = object(h).byte_add(info.call_offset).cast::<Option<cpy_vectorcallfunc>>();
        at.write((*function).cpy_trampoline);
    }
    0
}

/// `tp_call` of types whose instances have a call function: where the interpreter does not call that itself.
pub(crate) unsafe extern "C" fn call(
    instance: *mut PyObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the interpreter's word: an instance of such a type, a tuple, and a dict or null.
    unsafe {
        let api = api();
        let info = type_tag::of(instance).filter(|info| info.call_offset != 0);
        let function = info.and_then(|info| {
            let at = instance.byte_add(info.call_offset).cast::<Option<cpy_vectorcallfunc>>();
            at.read().or(info.call)
        });
        let Some(function) = function else {
            type_error(crate::capi::embedded_context::address(), c"the object has no call function");
            return core::ptr::null_mut();
        };
        let nargs = (api.PyTuple_Size)(args);
        let mut items: Vec<*mut PyObject> = (0..nargs).map(|i| (api.PyTuple_GetItem)(args, i)).collect();
        let mut names = core::ptr::null_mut();
        if !kwargs.is_null() && (api.PyDict_Size)(kwargs) > 0 {
            let keys = (api.PyDict_Keys)(kwargs);
            names = if keys.is_null() { keys } else { (api.PyList_AsTuple)(keys) };
            (api.Py_DecRef)(keys);
            if names.is_null() {
                return core::ptr::null_mut();
            }
            // Borrowed from the dict, which the caller holds and nobody else sees.
            let values = (0..(api.PyTuple_Size)(names))
                .map(|i| (api.PyDict_GetItem)(kwargs, (api.PyTuple_GetItem)(names, i)));
            items.extend(values);
        }
        let result = function(instance, items.as_ptr(), hpy_sys::cast::count(nargs), names);
        (api.Py_DecRef)(names);
        result
    }
}
