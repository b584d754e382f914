//! Tests sizes and offsets of the ABI on 64-bit machines, without a C compiler.

#![cfg(target_pointer_width = "64")]

use std::ffi::{CStr, c_int};
use std::mem::{MaybeUninit, align_of, offset_of, size_of};

use hpy_sys::*;

macro_rules! layout {
    ($($name:ident: $size:literal, $align:literal $(, $($field:ident).+ @ $offset:literal)*;)*) => {$(
        assert_eq!((size_of::<$name>(), align_of::<$name>()), ($size, $align), stringify!($name));
        $(assert_eq!(offset_of!($name, $($field).+), $offset, stringify!($name.$($field).+));)*
    )*};
}

#[test]
fn definitions() {
    layout! {
        HPyDef: 64, 8, kind @ 0,
            value.slot.slot @ 8, value.slot.impl_ @ 16, value.slot.cpy_trampoline @ 24,
            value.meth.name @ 8, value.meth.impl_ @ 16, value.meth.cpy_trampoline @ 24, value.meth.signature @ 32,
            value.meth.doc @ 40,
            value.member.name @ 8, value.member.type_ @ 16, value.member.offset @ 24, value.member.readonly @ 32,
            value.member.doc @ 40,
            value.getset.name @ 8, value.getset.getter_impl @ 16, value.getset.setter_impl @ 24,
            value.getset.getter_cpy_trampoline @ 32, value.getset.setter_cpy_trampoline @ 40,
            value.getset.doc @ 48, value.getset.closure @ 56;
        HPySlot: 24, 8, slot @ 0, impl_ @ 8, cpy_trampoline @ 16;
        HPyMeth: 40, 8, name @ 0, impl_ @ 8, cpy_trampoline @ 16, signature @ 24, doc @ 32;
        HPyMember: 40, 8, name @ 0, type_ @ 8, offset @ 16, readonly @ 24, doc @ 32;
        HPyGetSet: 56, 8, name @ 0, getter_impl @ 8, setter_impl @ 16, getter_cpy_trampoline @ 24,
            setter_cpy_trampoline @ 32, doc @ 40, closure @ 48;
        HPyType_SpecParam: 16, 8, kind @ 0, object @ 8;
        HPyModuleDef: 40, 8, doc @ 0, size @ 8, legacy_methods @ 16, defines @ 24, globals @ 32;
        HPyCallFunction: 16, 8, cpy_trampoline @ 0, impl_ @ 8;
        HPyCapsule_Destructor: 16, 8, cpy_trampoline @ 0, impl_ @ 8;
        HPyStructSequence_Desc: 24, 8, name @ 0, doc @ 8, fields @ 16;
        HPyStructSequence_Field: 16, 8, name @ 0, doc @ 8;
        HPy_buffer: 80, 8, buf @ 0, obj @ 8, len @ 16, itemsize @ 24, readonly @ 32, ndim @ 36, format @ 40,
            shape @ 48, strides @ 56, suboffsets @ 64, internal @ 72;
    }
}

/// Its flags are an `unsigned long`.
#[test]
fn specs_of_types() {
    #[cfg(not(windows))]
    layout! {
        HPyType_Spec: 56, 8, name @ 0, basicsize @ 8, itemsize @ 12, flags @ 16, builtin_shape @ 24,
            legacy_slots @ 32, defines @ 40, doc @ 48;
    }
    #[cfg(windows)]
    layout! {
        HPyType_Spec: 48, 8, name @ 0, basicsize @ 8, itemsize @ 12, flags @ 16, builtin_shape @ 20,
            legacy_slots @ 24, defines @ 32, doc @ 40;
    }
}

#[test]
fn arguments() {
    layout! {
        _HPyFunc_args_NOARGS: 16, 8, self_ @ 0, result @ 8;
        _HPyFunc_args_O: 24, 8, self_ @ 0, arg @ 8, result @ 16;
        _HPyFunc_args_VARARGS: 32, 8, self_ @ 0, args @ 8, nargs @ 16, result @ 24;
        _HPyFunc_args_KEYWORDS: 40, 8, self_ @ 0, args @ 8, nargsf @ 16, kwnames @ 24, result @ 32;
        _HPyFunc_args_TRAVERSEPROC: 32, 8, self_ @ 0, visit @ 8, arg @ 16, result @ 24;
        _HPyFunc_args_GETBUFFERPROC: 24, 8, self_ @ 0, view @ 8, flags @ 16, result @ 20;
        _HPyFunc_args_INITPROC: 32, 8, self_ @ 0, args @ 8, kw @ 16, result @ 24;
        _HPyFunc_args_NEWFUNC: 32, 8, self_ @ 0, args @ 8, kw @ 16, result @ 24;
    }
}

#[test]
fn values() {
    layout! {
        HPy: 8, 8; HPyField: 8, 8; HPyGlobal: 8, 8; HPyTracker: 8, 8; HPyListBuilder: 8, 8; HPyTupleBuilder: 8, 8;
        HPyThreadState: 8, 8; HPyFunc_Signature: 4, 4; HPySlot_Slot: 4, 4; HPyType_BuiltinShape: 4, 4;
        HPy_UCS4: 4, 4; HPy_SourceKind: 4, 4;
    }
    assert_eq!(HPy_TPFLAGS_DEFAULT, 0x40200);
    assert_eq!(HPy_TPFLAGS_BASETYPE, 0x400);
    assert_eq!(HPy_TPFLAGS_HAVE_GC, 0x4000);
    assert_eq!(HPy_TPFLAGS_HAVE_VECTORCALL, 0x800);
    assert_eq!(HPyType_BuiltinShape_Legacy, -1);
    assert_eq!(HPyType_BuiltinShape_Dict, 7);
    assert_eq!(HPyFunc_VARARGS, 1);
    assert_eq!(HPyFunc_MOD_CREATE, 39);
}

/// The numbers of the slots, and their signatures.
#[test]
fn slots() {
    let numbers = [
        (HPy_bf_getbuffer, 1),
        (HPy_bf_releasebuffer, 2),
        (HPy_mp_ass_subscript, 3),
        (HPy_nb_add, 7),
        (HPy_nb_xor, 38),
        (HPy_sq_ass_item, 39),
        (HPy_sq_repeat, 46),
        (HPy_tp_call, 50),
        (HPy_tp_descr_get, 54),
        (HPy_tp_hash, 59),
        (HPy_tp_init, 60),
        (HPy_tp_new, 65),
        (HPy_tp_repr, 66),
        (HPy_tp_richcompare, 67),
        (HPy_tp_str, 70),
        (HPy_tp_traverse, 71),
        (HPy_nb_matrix_multiply, 75),
        (HPy_nb_inplace_matrix_multiply, 76),
        (HPy_tp_finalize, 80),
        (HPy_tp_destroy, 1000),
        (HPy_mod_create, 2000),
        (HPy_mod_exec, 2001),
    ];
    for (slot, number) in numbers {
        assert_eq!(slot, number);
        assert!(slot_signature(slot).is_some(), "{slot}");
    }
    assert_eq!((1..=2001).filter(|slot| slot_signature(*slot).is_some()).count(), 61);
    assert_eq!(slot_signature(HPy_tp_new), Some(HPyFunc_NEWFUNC));
    assert_eq!(slot_signature(47), None);
}

/// HPy 0.9.0's members, the later ones behind them, and where PyPy 7.3.1x has them instead.
#[test]
fn contexts() {
    let old_size = offset_of!(HPyContext, h_DictType);
    assert_eq!(old_size, 2128);
    assert_eq!(size_of::<HPyContext>(), 2208);
    assert_eq!(size_of::<HPyContext_PyPy>(), 2208);
    layout! {
        HPyContext: 2208, 8, name @ 0, _private @ 8, abi_version @ 16, h_None @ 24, h_Builtins @ 1968,
            ctx_Capsule_New @ 1976, ctx_Slice_Unpack @ 2096, ctx_CallMethod @ 2120, ctx_Slice_New @ 2200;
        HPyContext_PyPy: 2208, 8, name @ 0, _private @ 8, abi_version @ 16, h_None @ 24, h_Builtins @ 1968,
            h_DictType @ 1976, ctx_Capsule_New @ 1984, ctx_CallMethod @ 2128, ctx_AsStruct_Dict @ 2136,
            ctx_Slice_New @ 2200;
    }
}

unsafe extern "C" fn of_hpy(_: *mut HPyContext, _: HPy, _: HPy) -> c_int {
    1
}

unsafe extern "C" fn of_pypy(_: *mut HPyContext, _: HPy, _: HPy) -> c_int {
    2
}

/// A function that stands elsewhere on PyPy, called in a context that has it at one of the two places.
fn called(name: &CStr) -> c_int {
    let mut memory = MaybeUninit::<HPyContext>::zeroed();
    let ctx = memory.as_mut_ptr();
    // SAFETY: the context lives, and has all that is used of it: its name and one function at either place.
    unsafe {
        (&raw mut (*ctx).name).write(name.as_ptr());
        (&raw mut (*ctx).ctx_Type_IsSubtype).write(of_hpy);
        (&raw mut (*ctx.cast::<HPyContext_PyPy>()).ctx_Type_IsSubtype).write(of_pypy);
        view::select(ctx);
        HPyType_IsSubtype(ctx, HPy::NULL, HPy::NULL)
    }
}

/// The view is chosen by the context's name, in every mode of a host.
#[test]
fn views() {
    assert_eq!(called(c"HPy Universal ABI (CPython backend)"), 1);
    assert_eq!(called(c"HPy Universal ABI (PyPy backend)"), 2);
    assert_eq!(called(c"HPy Universal ABI (GraalVM backend, JNI)"), 1);
    assert_eq!(called(c"HPy Debug Mode ABI (PyPy backend)"), 2);
    assert_eq!(called(c"HPy Trace Mode ABI (PyPy backend)"), 2);
    assert_eq!(called(c"HPy Debug Mode ABI"), 1);
}
