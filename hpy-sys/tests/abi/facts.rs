//! Facts about the hand-written types, each with the equivalent C expression.

use std::mem::{align_of, offset_of, size_of};

use hpy_sys::*;

/// Sizes and alignments, and the offsets of all fields.
macro_rules! structs {
    ($facts:ident: $($name:ident { $($($field:ident).+),* $(,)? })*) => {$(
        let c = stringify!($name);
        $facts.push((format!("sizeof({c})"), size_of::<$name>() as i64));
        $facts.push((format!("_Alignof({c})"), align_of::<$name>() as i64));
        $($facts.push((
            format!("offsetof({c}, {})", in_c(&[$(stringify!($field)),+])),
            offset_of!($name, $($field).+) as i64,
        ));)*
    )*};
}

macro_rules! constants {
    ($facts:ident: $($name:ident)*) => {
        $($facts.push((stringify!($name).to_owned(), i64::try_from($name).unwrap()));)*
    };
}

/// The name of a field in C: names that Rust keeps for itself have an underscore, and the union has no name.
fn in_c(path: &[&str]) -> String {
    let names =
        path.iter().filter(|name| **name != "value").map(|name| name.strip_suffix('_').unwrap_or(name));
    names.collect::<Vec<_>>().join(".")
}

pub(crate) fn all() -> Vec<(String, i64)> {
    let mut facts = Vec::new();
    defs(&mut facts);
    arguments(&mut facts);
    constants(&mut facts);
    facts
}

fn defs(facts: &mut Vec<(String, i64)>) {
    structs! { facts:
        HPy { _i }
        HPyField { _i }
        HPyGlobal { _i }
        HPyTracker { _i }
        HPyListBuilder { _lst }
        HPyTupleBuilder { _tup }
        HPyThreadState { _i }
        HPySlot { slot, impl_, cpy_trampoline }
        HPyMeth { name, impl_, cpy_trampoline, signature, doc }
        HPyMember { name, type_, offset, readonly, doc }
        HPyGetSet {
            name, getter_impl, setter_impl, getter_cpy_trampoline, setter_cpy_trampoline, doc, closure,
        }
        HPyDef {
            kind, value.slot, value.slot.impl_, value.meth, value.meth.signature, value.member, value.member.offset,
            value.getset, value.getset.closure,
        }
        HPyType_Spec { name, basicsize, itemsize, flags, builtin_shape, legacy_slots, defines, doc }
        HPyType_SpecParam { kind, object }
        HPyModuleDef { doc, size, legacy_methods, defines, globals }
        HPyCallFunction { cpy_trampoline, impl_ }
        HPyCapsule_Destructor { cpy_trampoline, impl_ }
        HPyStructSequence_Field { name, doc }
        HPyStructSequence_Desc { name, doc, fields }
        HPy_buffer {
            buf, obj, len, itemsize, readonly, ndim, format, shape, strides, suboffsets, internal,
        }
        HPyCFunction {}
        HPyDef_Kind {}
        HPyFunc_Signature {}
        HPyFunc_visitproc {}
        HPyMember_FieldType {}
        HPySlot_Slot {}
        HPyType_BuiltinShape {}
        HPyType_SpecParam_Kind {}
        HPy_RichCmpOp {}
        HPy_SourceKind {}
        HPy_UCS4 {}
        _HPyCapsule_key {}
        wchar_t {}
    }
}

fn arguments(facts: &mut Vec<(String, i64)>) {
    structs! { facts:
        _HPyFunc_args_NOARGS { self_, result }
        _HPyFunc_args_O { self_, arg, result }
        _HPyFunc_args_VARARGS { self_, args, nargs, result }
        _HPyFunc_args_KEYWORDS { self_, args, nargsf, kwnames, result }
        _HPyFunc_args_UNARYFUNC { arg0, result }
        _HPyFunc_args_BINARYFUNC { arg0, arg1, result }
        _HPyFunc_args_TERNARYFUNC { arg0, arg1, arg2, result }
        _HPyFunc_args_INQUIRY { arg0, result }
        _HPyFunc_args_LENFUNC { arg0, result }
        _HPyFunc_args_SSIZEARGFUNC { arg0, arg1, result }
        _HPyFunc_args_SSIZESSIZEARGFUNC { arg0, arg1, arg2, result }
        _HPyFunc_args_SSIZEOBJARGPROC { arg0, arg1, arg2, result }
        _HPyFunc_args_SSIZESSIZEOBJARGPROC { arg0, arg1, arg2, arg3, result }
        _HPyFunc_args_OBJOBJARGPROC { arg0, arg1, arg2, result }
        _HPyFunc_args_FREEFUNC { arg0 }
        _HPyFunc_args_GETATTRFUNC { arg0, arg1, result }
        _HPyFunc_args_GETATTROFUNC { arg0, arg1, result }
        _HPyFunc_args_SETATTRFUNC { arg0, arg1, arg2, result }
        _HPyFunc_args_SETATTROFUNC { arg0, arg1, arg2, result }
        _HPyFunc_args_REPRFUNC { arg0, result }
        _HPyFunc_args_HASHFUNC { arg0, result }
        _HPyFunc_args_RICHCMPFUNC { arg0, arg1, arg2, result }
        _HPyFunc_args_GETITERFUNC { arg0, result }
        _HPyFunc_args_ITERNEXTFUNC { arg0, result }
        _HPyFunc_args_DESCRGETFUNC { arg0, arg1, arg2, result }
        _HPyFunc_args_DESCRSETFUNC { arg0, arg1, arg2, result }
        _HPyFunc_args_INITPROC { self_, args, kw, result }
        _HPyFunc_args_NEWFUNC { self_, args, kw, result }
        _HPyFunc_args_GETTER { arg0, arg1, result }
        _HPyFunc_args_SETTER { arg0, arg1, arg2, result }
        _HPyFunc_args_OBJOBJPROC { arg0, arg1, result }
        _HPyFunc_args_GETBUFFERPROC { self_, view, flags, result }
        _HPyFunc_args_RELEASEBUFFERPROC { self_, view }
        _HPyFunc_args_TRAVERSEPROC { self_, visit, arg, result }
        _HPyFunc_args_DESTRUCTOR { arg0 }
        _HPyFunc_args_MOD_CREATE { spec, result }
    }
}

fn constants(facts: &mut Vec<(String, i64)>) {
    constants! { facts:
        HPyFunc_VARARGS HPyFunc_KEYWORDS HPyFunc_NOARGS HPyFunc_O HPyFunc_DESTROYFUNC HPyFunc_GETBUFFERPROC
        HPyFunc_RELEASEBUFFERPROC HPyFunc_UNARYFUNC HPyFunc_BINARYFUNC HPyFunc_TERNARYFUNC HPyFunc_INQUIRY
        HPyFunc_LENFUNC HPyFunc_SSIZEARGFUNC HPyFunc_SSIZESSIZEARGFUNC HPyFunc_SSIZEOBJARGPROC
        HPyFunc_SSIZESSIZEOBJARGPROC HPyFunc_OBJOBJARGPROC HPyFunc_FREEFUNC HPyFunc_GETATTRFUNC
        HPyFunc_GETATTROFUNC HPyFunc_SETATTRFUNC HPyFunc_SETATTROFUNC HPyFunc_REPRFUNC HPyFunc_HASHFUNC
        HPyFunc_RICHCMPFUNC HPyFunc_GETITERFUNC HPyFunc_ITERNEXTFUNC HPyFunc_DESCRGETFUNC HPyFunc_DESCRSETFUNC
        HPyFunc_INITPROC HPyFunc_NEWFUNC HPyFunc_GETTER HPyFunc_SETTER HPyFunc_OBJOBJPROC HPyFunc_TRAVERSEPROC
        HPyFunc_DESTRUCTOR HPyFunc_CAPSULE_DESTRUCTOR HPyFunc_VECTORCALLFUNC HPyFunc_MOD_CREATE

        HPyDef_Kind_Slot HPyDef_Kind_Meth HPyDef_Kind_Member HPyDef_Kind_GetSet
        HPyType_SpecParam_Base HPyType_SpecParam_BasesTuple HPyType_SpecParam_Metaclass
        HPyType_BuiltinShape_Legacy HPyType_BuiltinShape_Object HPyType_BuiltinShape_Type HPyType_BuiltinShape_Long
        HPyType_BuiltinShape_Float HPyType_BuiltinShape_Unicode HPyType_BuiltinShape_Tuple HPyType_BuiltinShape_List
        HPy_TPFLAGS_DEFAULT HPy_TPFLAGS_BASETYPE HPy_TPFLAGS_HAVE_GC HPy_TPFLAGS_HAVE_VECTORCALL

        HPyMember_SHORT HPyMember_INT HPyMember_LONG HPyMember_FLOAT HPyMember_DOUBLE HPyMember_STRING
        HPyMember_OBJECT HPyMember_CHAR HPyMember_BYTE HPyMember_UBYTE HPyMember_USHORT HPyMember_UINT
        HPyMember_ULONG HPyMember_STRING_INPLACE HPyMember_BOOL HPyMember_OBJECT_EX HPyMember_LONGLONG
        HPyMember_ULONGLONG HPyMember_HPYSSIZET HPyMember_NONE

        HPy_SourceKind_Expr HPy_SourceKind_File HPy_SourceKind_Single
        HPyCapsule_key_Pointer HPyCapsule_key_Name HPyCapsule_key_Context HPyCapsule_key_Destructor
        HPy_LT HPy_LE HPy_EQ HPy_NE HPy_GT HPy_GE
    }
}
