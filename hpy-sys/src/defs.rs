//! The tables that an extension passes to a host.

use core::ffi::{CStr, c_char, c_int, c_ulong, c_void};

use crate::types::*;

/// A slot (`HPySlot`).
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPySlot {
    /// Which one.
    pub slot: HPySlot_Slot,
    /// The implementation, with HPy's signature.
    pub impl_: HPyCFunction,
    /// The trampoline, with CPython's signature.
    pub cpy_trampoline: HPyCFunction,
}

/// A method, or a function of a module (`HPyMeth`).
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyMeth {
    /// UTF-8.
    pub name: *const c_char,
    /// The implementation, with HPy's signature.
    pub impl_: HPyCFunction,
    /// The trampoline, with CPython's signature.
    pub cpy_trampoline: HPyCFunction,
    /// How arguments are passed.
    pub signature: HPyFunc_Signature,
    /// UTF-8, or null.
    pub doc: *const c_char,
}

/// An attribute that is stored as a C value (`HPyMember`).
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyMember {
    /// UTF-8.
    pub name: *const c_char,
    /// Its C type.
    pub type_: HPyMember_FieldType,
    /// Bytes from the start of the instance's own data.
    pub offset: isize,
    /// Not 0 if Python may not set it.
    pub readonly: c_int,
    /// UTF-8, or null.
    pub doc: *const c_char,
}

/// An attribute with functions (`HPyGetSet`).
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyGetSet {
    /// UTF-8.
    pub name: *const c_char,
    /// Reads it; or null.
    pub getter_impl: HPyCFunction,
    /// Sets or deletes it; or null.
    pub setter_impl: HPyCFunction,
    /// The getter, with CPython's signature.
    pub getter_cpy_trampoline: HPyCFunction,
    /// The setter, with CPython's signature.
    pub setter_cpy_trampoline: HPyCFunction,
    /// UTF-8, or null.
    pub doc: *const c_char,
    /// Passed to both.
    pub closure: *mut c_void,
}

/// What an [`HPyDef`] defines, by its kind.
#[repr(C)]
#[derive(Clone, Copy)]
pub union HPyDef_Value {
    /// For [`HPyDef_Kind_Slot`].
    pub slot: HPySlot,
    /// For [`HPyDef_Kind_Meth`].
    pub meth: HPyMeth,
    /// For [`HPyDef_Kind_Member`].
    pub member: HPyMember,
    /// For [`HPyDef_Kind_GetSet`].
    pub getset: HPyGetSet,
}

/// One definition of a type or module (`HPyDef`).
#[repr(C)]
#[derive(Clone, Copy)]
pub struct HPyDef {
    /// Which member of [`HPyDef::value`] is meant.
    pub kind: HPyDef_Kind,
    /// The definition.
    pub value: HPyDef_Value,
}

impl HPyDef {
    /// A slot.
    pub const fn slot(slot: HPySlot_Slot, impl_: HPyCFunction, cpy_trampoline: HPyCFunction) -> Self {
        HPyDef {
            kind: HPyDef_Kind_Slot,
            value: HPyDef_Value { slot: HPySlot { slot, impl_, cpy_trampoline } },
        }
    }

    /// A method.
    pub const fn meth(
        name: &'static CStr,
        impl_: HPyCFunction,
        cpy_trampoline: HPyCFunction,
        signature: HPyFunc_Signature,
        doc: &'static CStr,
    ) -> Self {
        let meth = HPyMeth { name: name.as_ptr(), impl_, cpy_trampoline, signature, doc: doc.as_ptr() };
        HPyDef { kind: HPyDef_Kind_Meth, value: HPyDef_Value { meth } }
    }
}

impl core::fmt::Debug for HPyDef {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("HPyDef").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// What a type is made of (`HPyType_Spec`).
#[repr(C)]
#[derive(Debug)]
pub struct HPyType_Spec {
    /// `module.Name`, UTF-8.
    pub name: *const c_char,
    /// Bytes of an instance's own data.
    pub basicsize: c_int,
    /// Bytes of an item of variable-sized instances; else 0.
    pub itemsize: c_int,
    /// `HPy_TPFLAGS_*`.
    pub flags: c_ulong,
    /// What the instances begin with.
    pub builtin_shape: HPyType_BuiltinShape,
    /// Slots of the C API: not supported.
    pub legacy_slots: *mut c_void,
    /// Definitions, null at the end.
    pub defines: *mut *mut HPyDef,
    /// UTF-8, or null.
    pub doc: *const c_char,
}

/// A further part of a type: bases, metaclass (`HPyType_SpecParam`). Kind 0 ends the list.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyType_SpecParam {
    /// What is given.
    pub kind: HPyType_SpecParam_Kind,
    /// It.
    pub object: HPy,
}

/// What a module is made of (`HPyModuleDef`).
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyModuleDef {
    /// UTF-8, or null.
    pub doc: *const c_char,
    /// 0.
    pub size: isize,
    /// Methods of the C API: not supported.
    pub legacy_methods: *mut c_void,
    /// Definitions, null at the end; or null.
    pub defines: *mut *mut HPyDef,
    /// The globals that the module uses, null at the end; or null.
    pub globals: *mut *mut HPyGlobal,
}

/// A call function of one instance (`HPyCallFunction`).
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyCallFunction {
    /// With CPython's signature.
    pub cpy_trampoline: Option<cpy_vectorcallfunc>,
    /// With HPy's signature.
    pub impl_: HPyCFunction,
}

/// What a capsule calls when it dies (`HPyCapsule_Destructor`).
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyCapsule_Destructor {
    /// With CPython's signature.
    pub cpy_trampoline: HPyCFunction,
    /// With HPy's signature.
    pub impl_: Option<HPyFunc_Capsule_Destructor>,
}

/// A field of a struct sequence.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyStructSequence_Field {
    /// UTF-8; null ends the list.
    pub name: *const c_char,
    /// UTF-8, or null.
    pub doc: *const c_char,
}

/// What a struct sequence is made of.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyStructSequence_Desc {
    /// `module.Name`, UTF-8.
    pub name: *const c_char,
    /// UTF-8, or null.
    pub doc: *const c_char,
    /// The fields.
    pub fields: *mut HPyStructSequence_Field,
}

impl core::fmt::Debug for HPyDef_Value {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("HPyDef_Value").finish_non_exhaustive()
    }
}
