//! The functions of the debug context that are not generated.

use core::ffi::{CStr, c_char, c_int, c_void};
use std::ffi::CString;

use hpy_sys::cast::count;
use hpy_sys::*;

pub(crate) use super::builders::*;
use super::call::Call;
use super::instance::Use;
pub(crate) use super::real_call::ctx_CallRealFunctionFromTrampoline;

pub(crate) unsafe extern "C" fn ctx_Close(ctx: *mut HPyContext, h: HPy) {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe { Call::enter(ctx, "HPy_Close").close(h) }
}

pub(crate) unsafe extern "C" fn ctx_FatalError(ctx: *mut HPyContext, message: *const c_char) -> ! {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter(ctx, "HPy_FatalError");
        ((*call.plain).ctx_FatalError)(call.plain, message)
    }
}

pub(crate) unsafe extern "C" fn ctx_LeavePythonExecution(ctx: *mut HPyContext) -> HPyThreadState {
    // SAFETY: HPy's rules, of which this checks what it can. Afterwards another thread may run Python.
    unsafe {
        let call = Call::enter(ctx, "HPy_LeavePythonExecution");
        call.allow(Use::Reenter);
        ((*call.plain).ctx_LeavePythonExecution)(call.plain)
    }
}

pub(crate) unsafe extern "C" fn ctx_ReenterPythonExecution(ctx: *mut HPyContext, state: HPyThreadState) {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter_if(ctx, Use::Reenter, "HPy_ReenterPythonExecution");
        ((*call.plain).ctx_ReenterPythonExecution)(call.plain, state);
        call.allow(Use::Any);
    }
}

pub(crate) unsafe extern "C" fn ctx_Unicode_AsUTF8AndSize(
    ctx: *mut HPyContext,
    h: HPy,
    size: *mut isize,
) -> *const c_char {
    // SAFETY: HPy's rules, of which this checks what it can; the text ends with a NUL that its size does not count.
    unsafe {
        let call = Call::enter(ctx, "HPyUnicode_AsUTF8AndSize");
        let plain_h = call.unwrap(h);
        let mut length = 0;
        let text = call.plain(|plain| ((*plain).ctx_Unicode_AsUTF8AndSize)(plain, plain_h, &mut length));
        if !size.is_null() {
            *size = length;
        }
        if text.is_null() {
            return text;
        }
        call.hand_out(h, text, count(length) + 1)
    }
}

pub(crate) unsafe extern "C" fn ctx_Bytes_AsString(ctx: *mut HPyContext, h: HPy) -> *const c_char {
    // SAFETY: HPy's rules, of which this checks what it can; the bytes end with a NUL that their size does not count.
    unsafe {
        let call = Call::enter(ctx, "HPyBytes_AsString");
        let plain_h = call.unwrap(h);
        let bytes = call.plain(|plain| ((*plain).ctx_Bytes_AsString)(plain, plain_h));
        if bytes.is_null() {
            return bytes;
        }
        let size = call.plain(|plain| ((*plain).ctx_Bytes_Size)(plain, plain_h));
        call.hand_out(h, bytes, count(size) + 1)
    }
}

pub(crate) unsafe extern "C" fn ctx_Bytes_AS_STRING(ctx: *mut HPyContext, h: HPy) -> *const c_char {
    // SAFETY: HPy's rules, of which this checks what it can; the bytes end with a NUL that their size does not count.
    unsafe {
        let call = Call::enter(ctx, "HPyBytes_AS_STRING");
        let plain_h = call.unwrap(h);
        let bytes = call.plain(|plain| ((*plain).ctx_Bytes_AS_STRING)(plain, plain_h));
        if bytes.is_null() {
            return bytes;
        }
        let size = call.plain(|plain| ((*plain).ctx_Bytes_GET_SIZE)(plain, plain_h));
        call.hand_out(h, bytes, count(size) + 1)
    }
}

pub(crate) unsafe extern "C" fn ctx_Type_GetName(ctx: *mut HPyContext, ty: HPy) -> *const c_char {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter(ctx, "HPyType_GetName");
        let plain_ty = call.unwrap(ty);
        call.is(plain_ty, |ctx| ctx.h_TypeType, c"HPyType_GetName arg must be a type");
        let name = call.plain(|plain| ((*plain).ctx_Type_GetName)(plain, plain_ty));
        if name.is_null() {
            return name;
        }
        call.hand_out(ty, name, CStr::from_ptr(name).count_bytes() + 1)
    }
}

pub(crate) unsafe extern "C" fn ctx_Type_IsSubtype(ctx: *mut HPyContext, sub: HPy, ty: HPy) -> c_int {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter(ctx, "HPyType_IsSubtype");
        let sub = call.unwrap(sub);
        call.is(sub, |ctx| ctx.h_TypeType, c"HPyType_IsSubtype arg 1 must be a type");
        let ty = call.unwrap(ty);
        call.is(ty, |ctx| ctx.h_TypeType, c"HPyType_IsSubtype arg 2 must be a type");
        call.plain(|plain| ((*plain).ctx_Type_IsSubtype)(plain, sub, ty))
    }
}

pub(crate) unsafe extern "C" fn ctx_TypeCheck(ctx: *mut HPyContext, object: HPy, ty: HPy) -> c_int {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter(ctx, "HPy_TypeCheck");
        let object = call.unwrap(object);
        let ty = call.unwrap(ty);
        call.is(ty, |ctx| ctx.h_TypeType, c"HPy_TypeCheck arg 2 must be a type");
        call.plain(|plain| ((*plain).ctx_TypeCheck)(plain, object, ty))
    }
}

pub(crate) unsafe extern "C" fn ctx_Unicode_Substring(
    ctx: *mut HPyContext,
    text: HPy,
    start: isize,
    end: isize,
) -> HPy {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter(ctx, "HPyUnicode_Substring");
        let text = call.unwrap(text);
        call.is(text, |ctx| ctx.h_UnicodeType, c"HPyUnicode_Substring arg 1 must be a Unicode object");
        let result = call.plain(|plain| ((*plain).ctx_Unicode_Substring)(plain, text, start, end));
        call.open(result)
    }
}

pub(crate) unsafe extern "C" fn ctx_Tuple_FromArray(ctx: *mut HPyContext, items: *mut HPy, n: isize) -> HPy {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter(ctx, "HPyTuple_FromArray");
        let mut items = call.unwrap_all(items, count(n));
        let result = call.plain(|plain| ((*plain).ctx_Tuple_FromArray)(plain, items.as_mut_ptr(), n));
        call.open(result)
    }
}

pub(crate) unsafe extern "C" fn ctx_ContextVar_Get(
    ctx: *mut HPyContext,
    variable: HPy,
    default: HPy,
    result: *mut HPy,
) -> i32 {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter(ctx, "HPyContextVar_Get");
        let (variable, default) = (call.unwrap(variable), call.unwrap(default));
        let mut value = HPy::NULL;
        let status = call.plain(|plain| ((*plain).ctx_ContextVar_Get)(plain, variable, default, &mut value));
        *result = if status < 0 { HPy::NULL } else { call.open(value) };
        status
    }
}

pub(crate) unsafe extern "C" fn ctx_Type_GenericNew(
    ctx: *mut HPyContext,
    ty: HPy,
    args: *const HPy,
    n: isize,
    kw: HPy,
) -> HPy {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter(ctx, "HPyType_GenericNew");
        let (ty, kw) = (call.unwrap(ty), call.unwrap(kw));
        let args = call.unwrap_all(args, count(n));
        let result = call.plain(|plain| ((*plain).ctx_Type_GenericNew)(plain, ty, args.as_ptr(), n, kw));
        call.open(result)
    }
}

/// The number of values that a call has for names.
unsafe fn named(call: &Call, kwnames: HPy) -> Option<usize> {
    if kwnames.is_null() {
        return Some(0);
    }
    // SAFETY: the caller's word: an open handle of the plain context.
    unsafe {
        let plain = call.plain;
        if ((*plain).ctx_Tuple_Check)(plain, kwnames) == 0 {
            call.debug.fatal(format!("{} arg 'kwnames' must be a tuple object or HPy_NULL", call.function))
        }
        usize::try_from(((*plain).ctx_Length)(plain, kwnames)).ok()
    }
}

pub(crate) unsafe extern "C" fn ctx_Call(
    ctx: *mut HPyContext,
    callable: HPy,
    args: *const HPy,
    n: usize,
    kwnames: HPy,
) -> HPy {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter(ctx, "HPy_Call");
        let (callable, kwnames) = (call.unwrap(callable), call.unwrap(kwnames));
        let Some(named) = named(&call, kwnames) else { return HPy::NULL };
        let args = call.unwrap_all(args, n + named);
        let result = call.plain(|plain| ((*plain).ctx_Call)(plain, callable, args.as_ptr(), n, kwnames));
        call.open(result)
    }
}

pub(crate) unsafe extern "C" fn ctx_CallMethod(
    ctx: *mut HPyContext,
    name: HPy,
    args: *const HPy,
    n: usize,
    kwnames: HPy,
) -> HPy {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter(ctx, "HPy_CallMethod");
        let (name, kwnames) = (call.unwrap(name), call.unwrap(kwnames));
        let Some(named) = named(&call, kwnames) else { return HPy::NULL };
        let args = call.unwrap_all(args, n + named);
        let result = call.plain(|plain| ((*plain).ctx_CallMethod)(plain, name, args.as_ptr(), n, kwnames));
        call.open(result)
    }
}

/// A copy of the parameters with plain handles.
///
/// # Safety
///
/// `params` is null or a list that ends with kind 0.
pub(super) unsafe fn unwrap_params(
    call: &Call,
    params: *const HPyType_SpecParam,
) -> Option<Vec<HPyType_SpecParam>> {
    if params.is_null() {
        return None;
    }
    let mut list = Vec::new();
    // SAFETY: the caller's word.
    unsafe {
        let mut next = params;
        while (*next).kind != 0 {
            list.push(HPyType_SpecParam { kind: (*next).kind, object: call.unwrap((*next).object) });
            next = next.add(1);
        }
    }
    list.push(HPyType_SpecParam { kind: 0, object: HPy::NULL });
    Some(list)
}

pub(crate) unsafe extern "C" fn ctx_Type_FromSpec(
    ctx: *mut HPyContext,
    spec: *mut HPyType_Spec,
    params: *mut HPyType_SpecParam,
) -> HPy {
    // SAFETY: HPy's rules, of which this checks what it can.
    unsafe {
        let call = Call::enter(ctx, "HPyType_FromSpec");
        let mut params = unwrap_params(&call, params);
        let params = params.as_mut().map_or(core::ptr::null_mut(), Vec::as_mut_ptr);
        let result = call.plain(|plain| ((*plain).ctx_Type_FromSpec)(plain, spec, params));
        call.open(result)
    }
}

/// The name of a shape.
fn shape_name(shape: HPyType_BuiltinShape) -> &'static str {
    match shape {
        HPyType_BuiltinShape_Legacy => "HPyType_BuiltinShape_Legacy",
        HPyType_BuiltinShape_Object => "HPyType_BuiltinShape_Object",
        HPyType_BuiltinShape_Type => "HPyType_BuiltinShape_Type",
        HPyType_BuiltinShape_Long => "HPyType_BuiltinShape_Long",
        HPyType_BuiltinShape_Float => "HPyType_BuiltinShape_Float",
        HPyType_BuiltinShape_Unicode => "HPyType_BuiltinShape_Unicode",
        HPyType_BuiltinShape_Tuple => "HPyType_BuiltinShape_Tuple",
        HPyType_BuiltinShape_List => "HPyType_BuiltinShape_List",
        HPyType_BuiltinShape_Dict => "HPyType_BuiltinShape_Dict",
        _ => "<unknown shape>",
    }
}

macro_rules! as_struct {
    ($($name:ident = $function:literal, $shape:ident;)*) => {$(
        pub(crate) unsafe extern "C" fn $name(ctx: *mut HPyContext, h: HPy) -> *mut c_void {
            // SAFETY: HPy's rules, of which this checks what it can.
            unsafe {
                let call = Call::enter(ctx, $function);
                let h = call.unwrap(h);
                let plain = call.plain;
                let ty = ((*plain).ctx_Type)(plain, h);
                let shape = ((*plain).ctx_Type_GetBuiltinShape)(plain, ty);
                ((*plain).ctx_Close)(plain, ty);
                if shape != $shape {
                    let (expected, got) = (stringify!($shape), shape_name(shape));
                    let text =
                        format!("Invalid usage of {}. Expected shape {expected} but got {got}", $function);
                    let text = CString::new(text).unwrap_or_default();
                    ((*plain).ctx_FatalError)(plain, text.as_ptr())
                }
                call.plain(|plain| ((*plain).$name)(plain, h))
            }
        }
    )*};
}

as_struct! {
    ctx_AsStruct_Legacy = "_HPy_AsStruct_Legacy", HPyType_BuiltinShape_Legacy;
    ctx_AsStruct_Object = "_HPy_AsStruct_Object", HPyType_BuiltinShape_Object;
    ctx_AsStruct_Type = "_HPy_AsStruct_Type", HPyType_BuiltinShape_Type;
    ctx_AsStruct_Long = "_HPy_AsStruct_Long", HPyType_BuiltinShape_Long;
    ctx_AsStruct_Float = "_HPy_AsStruct_Float", HPyType_BuiltinShape_Float;
    ctx_AsStruct_Unicode = "_HPy_AsStruct_Unicode", HPyType_BuiltinShape_Unicode;
    ctx_AsStruct_Tuple = "_HPy_AsStruct_Tuple", HPyType_BuiltinShape_Tuple;
    ctx_AsStruct_List = "_HPy_AsStruct_List", HPyType_BuiltinShape_List;
    ctx_AsStruct_Dict = "_HPy_AsStruct_Dict", HPyType_BuiltinShape_Dict;
}
