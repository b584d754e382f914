//! The module `slots`: a class with slots that interpreters wrap, and members of every C integer type.
//! `tests/py/test_slots.py` uses it.

use core::ffi::{CStr, c_int, c_longlong, c_short, c_uint, c_ulonglong, c_ushort, c_void};
use core::mem::offset_of;
use core::ptr::{null, null_mut};
use core::sync::atomic::AtomicIsize;
use core::sync::atomic::Ordering::Relaxed;

use hpy_sys::*;

use crate::{CONTEXT, table};

#[repr(C)]
struct Data {
    byte: i8,
    unsigned_byte: u8,
    short: c_short,
    unsigned_short: c_ushort,
    int: c_int,
    unsigned_int: c_uint,
    long: core::ffi::c_long,
    unsigned_long: core::ffi::c_ulong,
    long_long: c_longlong,
    unsigned_long_long: c_ulonglong,
    size: isize,
}

/// The index of the last assignment; of a deletion, its complement.
static LAST: AtomicIsize = AtomicIsize::new(0);

unsafe fn call(signature: HPyFunc_Signature, function: *const c_void, args: *mut c_void) {
    // SAFETY: the caller's word: the struct and the function of this signature.
    unsafe { _HPy_CallRealFunctionFromTrampoline(CONTEXT.load(Relaxed), signature, function, args) }
}

unsafe extern "C" fn length(_: *mut HPyContext, _: HPy) -> isize {
    10
}

unsafe extern "C" fn cpy_length(this: *mut cpy_PyObject) -> isize {
    let mut args = _HPyFunc_args_LENFUNC { arg0: this, result: 0 };
    // SAFETY: the struct and the function of this signature.
    unsafe { call(HPyFunc_LENFUNC, length as *const c_void, (&raw mut args).cast()) };
    args.result
}

unsafe extern "C" fn item(ctx: *mut HPyContext, _: HPy, index: isize) -> HPy {
    // SAFETY: HPy's rules.
    unsafe { HPyLong_FromSsize_t(ctx, index) }
}

unsafe extern "C" fn cpy_item(this: *mut cpy_PyObject, index: isize) -> *mut cpy_PyObject {
    let mut args = _HPyFunc_args_SSIZEARGFUNC { arg0: this, arg1: index, result: null_mut() };
    // SAFETY: the struct and the function of this signature.
    unsafe { call(HPyFunc_SSIZEARGFUNC, item as *const c_void, (&raw mut args).cast()) };
    args.result
}

unsafe extern "C" fn ass_item(_: *mut HPyContext, _: HPy, index: isize, value: HPy) -> c_int {
    LAST.store(if value.is_null() { !index } else { index }, Relaxed);
    0
}

unsafe extern "C" fn cpy_ass_item(this: *mut cpy_PyObject, index: isize, value: *mut cpy_PyObject) -> c_int {
    let mut args = _HPyFunc_args_SSIZEOBJARGPROC { arg0: this, arg1: index, arg2: value, result: 0 };
    // SAFETY: the struct and the function of this signature.
    unsafe { call(HPyFunc_SSIZEOBJARGPROC, ass_item as *const c_void, (&raw mut args).cast()) };
    args.result
}

unsafe extern "C" fn hash(ctx: *mut HPyContext, this: HPy) -> isize {
    // SAFETY: HPy's rules: an instance of the class.
    unsafe {
        let hash = (*_HPy_AsStruct_Object(ctx, this).cast::<Data>()).size;
        if hash == -2 {
            HPyErr_SetString(ctx, (*ctx).h_ValueError, c"no hash".as_ptr());
            return -1;
        }
        hash
    }
}

unsafe extern "C" fn cpy_hash(this: *mut cpy_PyObject) -> isize {
    let mut args = _HPyFunc_args_HASHFUNC { arg0: this, result: 0 };
    // SAFETY: the struct and the function of this signature.
    unsafe { call(HPyFunc_HASHFUNC, hash as *const c_void, (&raw mut args).cast()) };
    args.result
}

unsafe extern "C" fn last(ctx: *mut HPyContext, _: HPy) -> HPy {
    // SAFETY: HPy's rules.
    unsafe { HPyLong_FromSsize_t(ctx, LAST.load(Relaxed)) }
}

unsafe extern "C" fn cpy_last(this: *mut cpy_PyObject, _: *mut cpy_PyObject) -> *mut cpy_PyObject {
    let mut args = _HPyFunc_args_NOARGS { self_: this, result: null_mut() };
    // SAFETY: the struct and the function of this signature.
    unsafe { call(HPyFunc_NOARGS, last as *const c_void, (&raw mut args).cast()) };
    args.result
}

/// item_of(object, index): what `HPy_GetItem_i` gives.
unsafe extern "C" fn item_of(ctx: *mut HPyContext, _: HPy, args: *const HPy, _: usize) -> HPy {
    // SAFETY: HPy's rules.
    unsafe { HPy_GetItem_i(ctx, *args, HPyLong_AsSsize_t(ctx, *args.add(1))) }
}

unsafe extern "C" fn cpy_item_of(
    this: *mut cpy_PyObject,
    args: *const *mut cpy_PyObject,
    nargs: isize,
) -> *mut cpy_PyObject {
    let mut args = _HPyFunc_args_VARARGS { self_: this, args, nargs, result: null_mut() };
    // SAFETY: the struct and the function of this signature.
    unsafe { call(HPyFunc_VARARGS, item_of as *const c_void, (&raw mut args).cast()) };
    args.result
}

/// make(): the class.
unsafe extern "C" fn make(ctx: *mut HPyContext, _: HPy) -> HPy {
    let mut spec = HPyType_Spec {
        name: c"foreign.Slots".as_ptr(),
        basicsize: size_of::<Data>() as c_int,
        itemsize: 0,
        flags: HPy_TPFLAGS_DEFAULT | HPy_TPFLAGS_BASETYPE,
        builtin_shape: HPyType_BuiltinShape_Object,
        legacy_slots: null_mut(),
        defines: table(vec![
            HPyDef::slot(HPy_sq_length, length as *const c_void, cpy_length as *const c_void),
            HPyDef::slot(HPy_sq_item, item as *const c_void, cpy_item as *const c_void),
            HPyDef::slot(HPy_sq_ass_item, ass_item as *const c_void, cpy_ass_item as *const c_void),
            HPyDef::slot(HPy_tp_hash, hash as *const c_void, cpy_hash as *const c_void),
            member(c"BYTE", HPyMember_BYTE, offset_of!(Data, byte)),
            member(c"UBYTE", HPyMember_UBYTE, offset_of!(Data, unsigned_byte)),
            member(c"SHORT", HPyMember_SHORT, offset_of!(Data, short)),
            member(c"USHORT", HPyMember_USHORT, offset_of!(Data, unsigned_short)),
            member(c"INT", HPyMember_INT, offset_of!(Data, int)),
            member(c"UINT", HPyMember_UINT, offset_of!(Data, unsigned_int)),
            member(c"LONG", HPyMember_LONG, offset_of!(Data, long)),
            member(c"ULONG", HPyMember_ULONG, offset_of!(Data, unsigned_long)),
            member(c"LONGLONG", HPyMember_LONGLONG, offset_of!(Data, long_long)),
            member(c"ULONGLONG", HPyMember_ULONGLONG, offset_of!(Data, unsigned_long_long)),
            member(c"HPYSSIZET", HPyMember_HPYSSIZET, offset_of!(Data, size)),
        ])
        .defines,
        doc: null(),
    };
    // SAFETY: HPy's rules; the definitions live for ever.
    unsafe { HPyType_FromSpec(ctx, &mut spec, null_mut()) }
}

unsafe extern "C" fn cpy_make(this: *mut cpy_PyObject, _: *mut cpy_PyObject) -> *mut cpy_PyObject {
    let mut args = _HPyFunc_args_NOARGS { self_: this, result: null_mut() };
    // SAFETY: the struct and the function of this signature.
    unsafe { call(HPyFunc_NOARGS, make as *const c_void, (&raw mut args).cast()) };
    args.result
}

fn member(name: &'static CStr, kind: HPyMember_FieldType, offset: usize) -> HPyDef {
    let member =
        HPyMember { name: name.as_ptr(), type_: kind, offset: offset as isize, readonly: 0, doc: null() };
    HPyDef { kind: HPyDef_Kind_Member, value: HPyDef_Value { member } }
}

module!(
    slots,
    table(vec![
        HPyDef::meth(c"make", make as *const c_void, cpy_make as *const c_void, HPyFunc_NOARGS, c""),
        HPyDef::meth(c"last", last as *const c_void, cpy_last as *const c_void, HPyFunc_NOARGS, c""),
        HPyDef::meth(
            c"item_of",
            item_of as *const c_void,
            cpy_item_of as *const c_void,
            HPyFunc_VARARGS,
            c""
        ),
    ])
);
