//! The module `nulls`: calls members of the context with NULL, like C code that ignores a failed call, and creates a type whose
//! attributes have only one function. `tests/py/test_nulls.py` uses it.

use core::ffi::{CStr, c_int, c_void};
use core::ptr::{null, null_mut};
use core::sync::atomic::Ordering::Relaxed;

use hpy_sys::*;

use crate::{CONTEXT, table};

const NULL: HPy = HPy::NULL;

/// Defines one function for each name, and the table of them.
macro_rules! calls {
    ($($name:literal: |$ctx:ident, $h:ident| $call:expr;)*) => {
        const CALLS: &[(&str, unsafe fn(*mut HPyContext, HPy))] = &[$(($name, {
            unsafe fn call($ctx: *mut HPyContext, $h: HPy) {
                let _ = $h;
                // SAFETY: HPy's rules, but for the NULL.
                let _ = unsafe { $call };
            }
            call
        })),*];
    };
}

calls! {
    "Length": |ctx, _h| HPy_Length(ctx, NULL);
    "GetItem": |ctx, h| HPy_GetItem(ctx, NULL, h);
    "GetItem key": |ctx, h| HPy_GetItem(ctx, h, NULL);
    "GetItem_i": |ctx, _h| HPy_GetItem_i(ctx, NULL, 3);
    "GetItem_s": |ctx, _h| HPy_GetItem_s(ctx, NULL, c"key".as_ptr());
    "SetItem": |ctx, h| HPy_SetItem(ctx, NULL, h, h);
    "SetItem key": |ctx, h| HPy_SetItem(ctx, h, NULL, h);
    "SetItem value": |ctx, h| HPy_SetItem(ctx, h, h, NULL);
    "SetItem_i": |ctx, h| HPy_SetItem_i(ctx, NULL, 3, h);
    "SetItem_s": |ctx, h| HPy_SetItem_s(ctx, NULL, c"key".as_ptr(), h);
    "DelItem": |ctx, h| HPy_DelItem(ctx, NULL, h);
    "DelItem_i": |ctx, _h| HPy_DelItem_i(ctx, NULL, 3);
    "DelItem_s": |ctx, _h| HPy_DelItem_s(ctx, NULL, c"key".as_ptr());
    "GetSlice": |ctx, _h| HPy_GetSlice(ctx, NULL, 0, 1);
    "SetSlice": |ctx, h| HPy_SetSlice(ctx, NULL, 0, 1, h);
    "DelSlice": |ctx, _h| HPy_DelSlice(ctx, NULL, 0, 1);
    "+Add": |ctx, h| HPy_Add(ctx, NULL, h);
    "+Add other": |ctx, h| HPy_Add(ctx, h, NULL);
    "+InPlaceAdd": |ctx, h| HPy_InPlaceAdd(ctx, NULL, h);
    "Negative": |ctx, _h| HPy_Negative(ctx, NULL);
    "Index": |ctx, _h| HPy_Index(ctx, NULL);
    "Type": |ctx, _h| HPy_Type(ctx, NULL);
    "RichCompare": |ctx, h| HPy_RichCompare(ctx, NULL, h, HPy_EQ);
    "RichCompareBool": |ctx, h| HPy_RichCompareBool(ctx, h, NULL, HPy_EQ);
    "+List_Append": |ctx, h| HPyList_Append(ctx, NULL, h);
    "List_Append None": |ctx, h| HPyList_Append(ctx, (*ctx).h_None, h);
    "+List_Insert": |ctx, h| HPyList_Insert(ctx, NULL, 0, h);
    "List_Insert None": |ctx, h| HPyList_Insert(ctx, (*ctx).h_None, 0, h);
    "Dict_Keys": |ctx, _h| HPyDict_Keys(ctx, NULL);
    // CPython follows the NULL of these, our host elsewhere does not.
    "+Contains": |ctx, h| HPy_Contains(ctx, NULL, h);
    "+IsTrue": |ctx, _h| HPy_IsTrue(ctx, NULL);
    "+Hash": |ctx, _h| HPy_Hash(ctx, NULL);
    "+GetIter": |ctx, _h| HPy_GetIter(ctx, NULL);
    "+Iter_Next": |ctx, _h| HPyIter_Next(ctx, NULL);
    "+GetAttr": |ctx, h| HPy_GetAttr(ctx, NULL, h);
    "+GetAttr_s": |ctx, _h| HPy_GetAttr_s(ctx, NULL, c"name".as_ptr());
    "+SetAttr_s": |ctx, h| HPy_SetAttr_s(ctx, NULL, c"name".as_ptr(), h);
    "+Call": |ctx, _h| HPy_Call(ctx, NULL, null(), 0, NULL);
    "+CallTupleDict": |ctx, _h| HPy_CallTupleDict(ctx, NULL, NULL, NULL);
    "+Power": |ctx, h| HPy_Power(ctx, NULL, h, (*ctx).h_None);
    "+Bytes_Size": |ctx, _h| HPyBytes_Size(ctx, NULL);
    "+Unicode_AsUTF8String": |ctx, _h| HPyUnicode_AsUTF8String(ctx, NULL);
    "+Unicode_AsUTF8AndSize": |ctx, _h| HPyUnicode_AsUTF8AndSize(ctx, NULL, null_mut());
    "+Unicode_Substring": |ctx, _h| HPyUnicode_Substring(ctx, NULL, 0, 1);
    "+Unicode_ReadChar": |ctx, _h| HPyUnicode_ReadChar(ctx, NULL, 0);
    "+Long_AsInt64_t": |ctx, _h| HPyLong_AsInt64_t(ctx, NULL);
    "+Float_AsDouble": |ctx, _h| HPyFloat_AsDouble(ctx, NULL);
    "+Type_GetName": |ctx, _h| HPyType_GetName(ctx, NULL);
}

/// call(name): NULL with the exception that the call leaves, or None.
unsafe extern "C" fn call(ctx: *mut HPyContext, _: HPy, name: HPy) -> HPy {
    // SAFETY: HPy's rules, but for the NULL.
    unsafe {
        let text = CStr::from_ptr(HPyUnicode_AsUTF8AndSize(ctx, name, null_mut()));
        match CALLS.iter().find(|(known, _)| known.as_bytes() == text.to_bytes()) {
            Some((_, call)) => call(ctx, name),
            None => HPyErr_SetString(ctx, (*ctx).h_KeyError, text.as_ptr()),
        }
        if HPyErr_Occurred(ctx) != 0 { NULL } else { HPy_Dup(ctx, (*ctx).h_None) }
    }
}

/// The names, in one text.
unsafe extern "C" fn names(ctx: *mut HPyContext, _: HPy, _: HPy) -> HPy {
    let names: Vec<&str> = CALLS.iter().map(|(name, _)| *name).collect();
    let names = std::ffi::CString::new(names.join(",")).unwrap_or_default();
    // SAFETY: HPy's rules.
    unsafe { HPyUnicode_FromString(ctx, names.as_ptr()) }
}

unsafe extern "C" fn get(ctx: *mut HPyContext, _: HPy, _: *mut c_void) -> HPy {
    // SAFETY: HPy's rules.
    unsafe { HPyLong_FromInt64_t(ctx, 42) }
}

unsafe extern "C" fn set(_: *mut HPyContext, _: HPy, _: HPy, _: *mut c_void) -> c_int {
    0
}

unsafe fn through(signature: HPyFunc_Signature, function: *const c_void, args: *mut c_void) {
    // SAFETY: the caller's word: the struct and the function of this signature.
    unsafe { _HPy_CallRealFunctionFromTrampoline(CONTEXT.load(Relaxed), signature, function, args) }
}

unsafe extern "C" fn cpy_get(this: *mut cpy_PyObject, closure: *mut c_void) -> *mut cpy_PyObject {
    let mut args = _HPyFunc_args_GETTER { arg0: this, arg1: closure, result: null_mut() };
    // SAFETY: the struct and the function of this signature.
    unsafe { through(HPyFunc_GETTER, get as *const c_void, (&raw mut args).cast()) };
    args.result
}

unsafe extern "C" fn cpy_set(
    this: *mut cpy_PyObject,
    value: *mut cpy_PyObject,
    closure: *mut c_void,
) -> c_int {
    let mut args = _HPyFunc_args_SETTER { arg0: this, arg1: value, arg2: closure, result: 0 };
    // SAFETY: the struct and the function of this signature.
    unsafe { through(HPyFunc_SETTER, set as *const c_void, (&raw mut args).cast()) };
    args.result
}

fn attribute(name: &'static CStr, reads: bool, writes: bool) -> HPyDef {
    let pick = |it: bool, function: *const c_void| if it { function } else { null() };
    let getset = HPyGetSet {
        name: name.as_ptr(),
        getter_impl: pick(reads, get as *const c_void),
        setter_impl: pick(writes, set as *const c_void),
        getter_cpy_trampoline: pick(reads, cpy_get as *const c_void),
        setter_cpy_trampoline: pick(writes, cpy_set as *const c_void),
        doc: null(),
        closure: null_mut(),
    };
    HPyDef { kind: HPyDef_Kind_GetSet, value: HPyDef_Value { getset } }
}

/// make(): a type with attributes that have none, one, or both functions, and no documentation at all.
unsafe extern "C" fn make(ctx: *mut HPyContext, _: HPy, _: HPy) -> HPy {
    let mut method =
        HPyDef::meth(c"method", names as *const c_void, cpy_names as *const c_void, HPyFunc_O, c"");
    method.value.meth.doc = null();
    let defines = table(vec![
        attribute(c"both", true, true),
        attribute(c"read", true, false),
        attribute(c"written", false, true),
        attribute(c"neither", false, false),
        method,
    ]);
    let spec = Box::leak(Box::new(HPyType_Spec {
        name: c"nulls.Attributes".as_ptr(),
        basicsize: 8,
        itemsize: 0,
        flags: HPy_TPFLAGS_DEFAULT,
        builtin_shape: HPyType_BuiltinShape_Object,
        legacy_slots: null_mut(),
        defines: defines.defines,
        doc: null(),
    }));
    // SAFETY: HPy's rules; the definitions live for ever.
    unsafe { HPyType_FromSpec(ctx, spec, null_mut()) }
}

macro_rules! trampoline {
    ($cpy:ident = $function:ident) => {
        unsafe extern "C" fn $cpy(this: *mut cpy_PyObject, arg: *mut cpy_PyObject) -> *mut cpy_PyObject {
            let mut args = _HPyFunc_args_O { self_: this, arg, result: null_mut() };
            // SAFETY: the struct and the function of this signature.
            unsafe { through(HPyFunc_O, $function as *const c_void, (&raw mut args).cast()) };
            args.result
        }
    };
}

trampoline!(cpy_call = call);
trampoline!(cpy_names = names);
trampoline!(cpy_make = make);

fn function(name: &'static CStr, hpy: *const c_void, cpy: *const c_void) -> HPyDef {
    HPyDef::meth(name, hpy, cpy, HPyFunc_O, c"")
}

module!(
    nulls,
    table(vec![
        function(c"call", call as *const c_void, cpy_call as *const c_void),
        function(c"names", names as *const c_void, cpy_names as *const c_void),
        function(c"make", make as *const c_void, cpy_make as *const c_void),
    ])
);
