//! Handles and other small types that HPy passes by value. Enums are C's `int`, because any value may arrive.

use core::ffi::{c_char, c_int, c_void};

macro_rules! handles {
    ($($(#[$doc:meta])* $name:ident { $field:ident })*) => {$(
        $(#[$doc])*
        #[repr(C)]
        #[derive(Clone, Copy, Debug)]
        pub struct $name {
            /// The host's own.
            pub $field: isize,
        }

        impl $name {
            /// Nothing.
            pub const NULL: Self = Self { $field: 0 };

            /// Is it nothing?
            #[cfg_attr(not(debug_assertions), inline(always))]
            pub const fn is_null(self) -> bool {
                self.$field == 0
            }
        }
    )*};
}

handles! {
    /// A handle on a Python object. Only the host knows what is in it; 0 is `HPy_NULL`.
    HPy { _i }
    /// A reference that an instance of a type holds, visible to the garbage collector.
    HPyField { _i }
    /// A reference that a static variable holds.
    HPyGlobal { _i }
    /// A list of handles to be closed together.
    HPyTracker { _i }
    /// A list that is being filled.
    HPyListBuilder { _lst }
    /// A tuple that is being filled.
    HPyTupleBuilder { _tup }
    /// What leaving Python gives, to come back with.
    HPyThreadState { _i }
}

/// C's `wchar_t`.
#[cfg(windows)]
pub type wchar_t = u16;
/// C's `wchar_t`.
#[cfg(all(not(windows), any(target_arch = "aarch64", target_arch = "arm"), not(target_vendor = "apple")))]
pub type wchar_t = u32;
/// C's `wchar_t`.
#[cfg(all(
    not(windows),
    any(not(any(target_arch = "aarch64", target_arch = "arm")), target_vendor = "apple")
))]
pub type wchar_t = i32;

/// A code point.
pub type HPy_UCS4 = u32;

macro_rules! opaque {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[repr(C)]
        #[derive(Debug)]
        pub struct $name {
            opaque: [u8; 0],
            marker: core::marker::PhantomData<(*mut u8, core::marker::PhantomPinned)>,
        }
    )*};
}

opaque! {
    /// An object of the interpreter, as its C API has it.
    cpy_PyObject
    /// The definition of a module, as the C API has it.
    cpy_PyModuleDef
    /// A buffer, as the C API has it.
    cpy_Py_buffer
}

/// A function of any signature.
pub type HPyCFunction = *const c_void;
/// `visitproc` of the C API.
pub type cpy_visitproc = unsafe extern "C" fn(*mut cpy_PyObject, *mut c_void) -> c_int;
/// `vectorcallfunc` of the C API.
pub type cpy_vectorcallfunc = unsafe extern "C" fn(
    *mut cpy_PyObject,
    *const *mut cpy_PyObject,
    usize,
    *mut cpy_PyObject,
) -> *mut cpy_PyObject;
/// What a `traverse` function calls for each field.
pub type HPyFunc_visitproc = unsafe extern "C" fn(*mut HPyField, *mut c_void) -> c_int;
/// What a capsule calls when it dies.
pub type HPyFunc_Capsule_Destructor = unsafe extern "C" fn(*const c_char, *mut c_void, *mut c_void);

/// A buffer that an object exports (`HPy_buffer`).
#[repr(C)]
#[derive(Debug)]
pub struct HPy_buffer {
    /// The first byte.
    pub buf: *mut c_void,
    /// The exporting object; an owned handle.
    pub obj: HPy,
    /// Bytes in all.
    pub len: isize,
    /// Bytes of an item.
    pub itemsize: isize,
    /// Not 0 if nobody may write.
    pub readonly: c_int,
    /// Dimensions.
    pub ndim: c_int,
    /// The format of an item, as the module `struct` writes it.
    pub format: *mut c_char,
    /// Items per dimension.
    pub shape: *mut isize,
    /// Bytes from item to item per dimension.
    pub strides: *mut isize,
    /// For arrays of pointers.
    pub suboffsets: *mut isize,
    /// The exporter's own.
    pub internal: *mut c_void,
}

/// The signature of an implementation.
pub type HPyFunc_Signature = c_int;
/// Of a `HPyFunc_varargs`.
pub const HPyFunc_VARARGS: HPyFunc_Signature = 1;
/// Of a `HPyFunc_keywords`.
pub const HPyFunc_KEYWORDS: HPyFunc_Signature = 2;
/// Of a `HPyFunc_noargs`.
pub const HPyFunc_NOARGS: HPyFunc_Signature = 3;
/// Of a `HPyFunc_o`.
pub const HPyFunc_O: HPyFunc_Signature = 4;
/// Of a `HPyFunc_destroyfunc`.
pub const HPyFunc_DESTROYFUNC: HPyFunc_Signature = 5;
/// Of a `HPyFunc_getbufferproc`.
pub const HPyFunc_GETBUFFERPROC: HPyFunc_Signature = 6;
/// Of a `HPyFunc_releasebufferproc`.
pub const HPyFunc_RELEASEBUFFERPROC: HPyFunc_Signature = 7;
/// Of a `HPyFunc_unaryfunc`.
pub const HPyFunc_UNARYFUNC: HPyFunc_Signature = 8;
/// Of a `HPyFunc_binaryfunc`.
pub const HPyFunc_BINARYFUNC: HPyFunc_Signature = 9;
/// Of a `HPyFunc_ternaryfunc`.
pub const HPyFunc_TERNARYFUNC: HPyFunc_Signature = 10;
/// Of a `HPyFunc_inquiry`.
pub const HPyFunc_INQUIRY: HPyFunc_Signature = 11;
/// Of a `HPyFunc_lenfunc`.
pub const HPyFunc_LENFUNC: HPyFunc_Signature = 12;
/// Of a `HPyFunc_ssizeargfunc`.
pub const HPyFunc_SSIZEARGFUNC: HPyFunc_Signature = 13;
/// Of a `HPyFunc_ssizessizeargfunc`.
pub const HPyFunc_SSIZESSIZEARGFUNC: HPyFunc_Signature = 14;
/// Of a `HPyFunc_ssizeobjargproc`.
pub const HPyFunc_SSIZEOBJARGPROC: HPyFunc_Signature = 15;
/// Of a `HPyFunc_ssizessizeobjargproc`.
pub const HPyFunc_SSIZESSIZEOBJARGPROC: HPyFunc_Signature = 16;
/// Of a `HPyFunc_objobjargproc`.
pub const HPyFunc_OBJOBJARGPROC: HPyFunc_Signature = 17;
/// Of a `HPyFunc_freefunc`.
pub const HPyFunc_FREEFUNC: HPyFunc_Signature = 18;
/// Of a `HPyFunc_getattrfunc`.
pub const HPyFunc_GETATTRFUNC: HPyFunc_Signature = 19;
/// Of a `HPyFunc_getattrofunc`.
pub const HPyFunc_GETATTROFUNC: HPyFunc_Signature = 20;
/// Of a `HPyFunc_setattrfunc`.
pub const HPyFunc_SETATTRFUNC: HPyFunc_Signature = 21;
/// Of a `HPyFunc_setattrofunc`.
pub const HPyFunc_SETATTROFUNC: HPyFunc_Signature = 22;
/// Of a `HPyFunc_reprfunc`.
pub const HPyFunc_REPRFUNC: HPyFunc_Signature = 23;
/// Of a `HPyFunc_hashfunc`.
pub const HPyFunc_HASHFUNC: HPyFunc_Signature = 24;
/// Of a `HPyFunc_richcmpfunc`.
pub const HPyFunc_RICHCMPFUNC: HPyFunc_Signature = 25;
/// Of a `HPyFunc_getiterfunc`.
pub const HPyFunc_GETITERFUNC: HPyFunc_Signature = 26;
/// Of a `HPyFunc_iternextfunc`.
pub const HPyFunc_ITERNEXTFUNC: HPyFunc_Signature = 27;
/// Of a `HPyFunc_descrgetfunc`.
pub const HPyFunc_DESCRGETFUNC: HPyFunc_Signature = 28;
/// Of a `HPyFunc_descrsetfunc`.
pub const HPyFunc_DESCRSETFUNC: HPyFunc_Signature = 29;
/// Of a `HPyFunc_initproc`.
pub const HPyFunc_INITPROC: HPyFunc_Signature = 30;
/// Of a `HPyFunc_newfunc`.
pub const HPyFunc_NEWFUNC: HPyFunc_Signature = 31;
/// Of a `HPyFunc_getter`.
pub const HPyFunc_GETTER: HPyFunc_Signature = 32;
/// Of a `HPyFunc_setter`.
pub const HPyFunc_SETTER: HPyFunc_Signature = 33;
/// Of a `HPyFunc_objobjproc`.
pub const HPyFunc_OBJOBJPROC: HPyFunc_Signature = 34;
/// Of a `HPyFunc_traverseproc`.
pub const HPyFunc_TRAVERSEPROC: HPyFunc_Signature = 35;
/// Of a `HPyFunc_destructor`.
pub const HPyFunc_DESTRUCTOR: HPyFunc_Signature = 36;
/// Of a `HPyFunc_capsule_destructor`.
pub const HPyFunc_CAPSULE_DESTRUCTOR: HPyFunc_Signature = 37;
/// Of a `HPyFunc_vectorcallfunc`.
pub const HPyFunc_VECTORCALLFUNC: HPyFunc_Signature = 38;
/// Of a `HPyFunc_mod_create`.
pub const HPyFunc_MOD_CREATE: HPyFunc_Signature = 39;

/// The number of a slot.
pub type HPySlot_Slot = c_int;

/// What an [`HPyDef`](crate::HPyDef) defines.
pub type HPyDef_Kind = c_int;
/// A slot.
pub const HPyDef_Kind_Slot: HPyDef_Kind = 1;
/// A method.
pub const HPyDef_Kind_Meth: HPyDef_Kind = 2;
/// A member.
pub const HPyDef_Kind_Member: HPyDef_Kind = 3;
/// An attribute with functions.
pub const HPyDef_Kind_GetSet: HPyDef_Kind = 4;

/// Which builtin type the instances of a type begin with.
pub type HPyType_BuiltinShape = c_int;
/// A C struct that begins with CPython's header: not supported.
pub const HPyType_BuiltinShape_Legacy: HPyType_BuiltinShape = -1;
/// `object`.
pub const HPyType_BuiltinShape_Object: HPyType_BuiltinShape = 0;
/// `type`.
pub const HPyType_BuiltinShape_Type: HPyType_BuiltinShape = 1;
/// `int`.
pub const HPyType_BuiltinShape_Long: HPyType_BuiltinShape = 2;
/// `float`.
pub const HPyType_BuiltinShape_Float: HPyType_BuiltinShape = 3;
/// `str`.
pub const HPyType_BuiltinShape_Unicode: HPyType_BuiltinShape = 4;
/// `tuple`.
pub const HPyType_BuiltinShape_Tuple: HPyType_BuiltinShape = 5;
/// `list`.
pub const HPyType_BuiltinShape_List: HPyType_BuiltinShape = 6;
/// `dict`; later than HPy 0.9.0.
pub const HPyType_BuiltinShape_Dict: HPyType_BuiltinShape = 7;

/// What an [`HPyType_SpecParam`](crate::HPyType_SpecParam) gives.
pub type HPyType_SpecParam_Kind = c_int;
/// A base class.
pub const HPyType_SpecParam_Base: HPyType_SpecParam_Kind = 1;
/// All base classes.
pub const HPyType_SpecParam_BasesTuple: HPyType_SpecParam_Kind = 2;
/// The metaclass.
pub const HPyType_SpecParam_Metaclass: HPyType_SpecParam_Kind = 3;

/// What a source text is.
pub type HPy_SourceKind = c_int;
/// One expression.
pub const HPy_SourceKind_Expr: HPy_SourceKind = 0;
/// Statements.
pub const HPy_SourceKind_File: HPy_SourceKind = 1;
/// One line of an interactive session.
pub const HPy_SourceKind_Single: HPy_SourceKind = 2;

/// A part of a capsule.
pub type _HPyCapsule_key = c_int;
/// Its pointer.
pub const HPyCapsule_key_Pointer: _HPyCapsule_key = 0;
/// Its name.
pub const HPyCapsule_key_Name: _HPyCapsule_key = 1;
/// Its context.
pub const HPyCapsule_key_Context: _HPyCapsule_key = 2;
/// Its destructor.
pub const HPyCapsule_key_Destructor: _HPyCapsule_key = 3;

/// A comparison.
pub type HPy_RichCmpOp = c_int;
/// `<`.
pub const HPy_LT: HPy_RichCmpOp = 0;
/// `<=`.
pub const HPy_LE: HPy_RichCmpOp = 1;
/// `==`.
pub const HPy_EQ: HPy_RichCmpOp = 2;
/// `!=`.
pub const HPy_NE: HPy_RichCmpOp = 3;
/// `>`.
pub const HPy_GT: HPy_RichCmpOp = 4;
/// `>=`.
pub const HPy_GE: HPy_RichCmpOp = 5;

/// The C type of a member.
pub type HPyMember_FieldType = c_int;
/// `T_SHORT` of the C API.
pub const HPyMember_SHORT: HPyMember_FieldType = 0;
/// `T_INT` of the C API.
pub const HPyMember_INT: HPyMember_FieldType = 1;
/// `T_LONG` of the C API.
pub const HPyMember_LONG: HPyMember_FieldType = 2;
/// `T_FLOAT` of the C API.
pub const HPyMember_FLOAT: HPyMember_FieldType = 3;
/// `T_DOUBLE` of the C API.
pub const HPyMember_DOUBLE: HPyMember_FieldType = 4;
/// `T_STRING` of the C API.
pub const HPyMember_STRING: HPyMember_FieldType = 5;
/// `T_OBJECT` of the C API.
pub const HPyMember_OBJECT: HPyMember_FieldType = 6;
/// `T_CHAR` of the C API.
pub const HPyMember_CHAR: HPyMember_FieldType = 7;
/// `T_BYTE` of the C API.
pub const HPyMember_BYTE: HPyMember_FieldType = 8;
/// `T_UBYTE` of the C API.
pub const HPyMember_UBYTE: HPyMember_FieldType = 9;
/// `T_USHORT` of the C API.
pub const HPyMember_USHORT: HPyMember_FieldType = 10;
/// `T_UINT` of the C API.
pub const HPyMember_UINT: HPyMember_FieldType = 11;
/// `T_ULONG` of the C API.
pub const HPyMember_ULONG: HPyMember_FieldType = 12;
/// `T_STRING_INPLACE` of the C API.
pub const HPyMember_STRING_INPLACE: HPyMember_FieldType = 13;
/// `T_BOOL` of the C API.
pub const HPyMember_BOOL: HPyMember_FieldType = 14;
/// `T_OBJECT_EX` of the C API.
pub const HPyMember_OBJECT_EX: HPyMember_FieldType = 16;
/// `T_LONGLONG` of the C API.
pub const HPyMember_LONGLONG: HPyMember_FieldType = 17;
/// `T_ULONGLONG` of the C API.
pub const HPyMember_ULONGLONG: HPyMember_FieldType = 18;
/// `T_PYSSIZET` of the C API.
pub const HPyMember_HPYSSIZET: HPyMember_FieldType = 19;
/// `T_NONE` of the C API.
pub const HPyMember_NONE: HPyMember_FieldType = 20;

/// What every type has.
pub const HPy_TPFLAGS_DEFAULT: core::ffi::c_ulong = 0x40200;
/// Python may subclass it.
pub const HPy_TPFLAGS_BASETYPE: core::ffi::c_ulong = 0x400;
/// Its instances take part in garbage collection.
pub const HPy_TPFLAGS_HAVE_GC: core::ffi::c_ulong = 0x4000;
/// Its instances may have a call function each.
pub const HPy_TPFLAGS_HAVE_VECTORCALL: core::ffi::c_ulong = 0x800;
