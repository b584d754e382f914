//! Entries of the tables that hosts read: [`Def`], and [`DefPair`] with one for each kind of host.

use core::ffi::{CStr, c_char, c_void};
use core::marker::PhantomData;

use hpy_sys::{HPyDef, HPyFunc_Signature};

use super::params::Params;
use crate::core::markers::Any;

/// An entry of a module's or class's table.
#[repr(transparent)]
pub(crate) struct Def(HPyDef);

// SAFETY: a definition is constant data; its pointers are to constant data and to functions.
unsafe impl Sync for Def {}

impl core::fmt::Debug for Def {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Def").finish_non_exhaustive()
    }
}

/// The CPython-signature form of what no host calls in that form: it must only not be null.
pub(crate) unsafe extern "C" fn uncalled() {}

impl Def {
    /// A function of a module, or a method of a class.
    pub(super) const fn method(
        name: &'static CStr,
        doc: &'static CStr,
        signature: HPyFunc_Signature,
        implementation: *const c_void,
        cpy_trampoline: *const c_void,
    ) -> Self {
        let mut def = HPyDef::meth(name, implementation, cpy_trampoline, signature, doc);
        if doc.is_empty() {
            def.value.meth.doc = core::ptr::null();
        }
        Def(def)
    }

    /// Any definition.
    pub(crate) const fn of(def: HPyDef) -> Self {
        Def(def)
    }

    /// The same method under another name. Both live for ever.
    pub(crate) fn renamed(&self, name: &'static CStr) -> *mut HPyDef {
        let mut def = self.0;
        def.value.meth.name = name.as_ptr(); // only methods come here
        Box::leak(Box::new(def))
    }

    /// Is it the definition of that slot?
    pub(crate) const fn fills(&self, slot: hpy_sys::HPySlot_Slot) -> bool {
        // SAFETY: the kind says which part of the union is meant.
        self.0.kind == hpy_sys::HPyDef_Kind_Slot && unsafe { self.0.value.slot.slot == slot }
    }

    pub(crate) const fn get(&'static self) -> &'static HPyDef {
        &self.0
    }

    /// For the tables that hosts read, and never write.
    pub(crate) const fn as_raw(&'static self) -> *mut HPyDef {
        (&raw const self.0).cast_mut()
    }

    /// A slot.
    pub(crate) const fn slot(
        slot: hpy_sys::HPySlot_Slot,
        implementation: *const c_void,
        cpy_trampoline: *const c_void,
    ) -> Self {
        Def(HPyDef::slot(slot, implementation, cpy_trampoline))
    }
}

/// A function of a module: what the definitions for both kinds of host are made of when the module is imported. In the
/// file each pointer takes 32 bytes, so there is one such entry, and no name: that begins the table of parameters.
#[derive(Debug)]
pub struct ModuleDef {
    pub(super) params: &'static Params,
    pub(super) doc: *const c_char,
    pub(super) signature: HPyFunc_Signature,
    pub(super) implementation: *const c_void,
    pub(super) functions: Trampolines,
}

// SAFETY: constant data; its pointers are to constant data and to functions.
unsafe impl Sync for ModuleDef {}

impl ModuleDef {
    /// The definition for the host in this file, or for hosts of any kind.
    pub(crate) fn def(&self, embedded: bool) -> HPyDef {
        let Trampolines { portable, direct } = self.functions;
        let trampoline = if embedded { direct } else { portable };
        let name = self.params.c_name();
        let mut def = HPyDef::meth(name, self.implementation, trampoline, self.signature, c"");
        def.value.meth.doc = self.doc;
        def
    }
}

/// A definition for hosts of any kind, and the same for the host in this file.
///
/// `C` is the class whose instances its functions expect as `self`, so that it can only stand in the table of that class.
/// Code that is compiled once for all classes has it without (`Any`).
#[derive(Debug)]
#[repr(C)]
pub struct DefPair<C = Any> {
    /// CPython-signature trampolines go through the context that the host announced.
    pub(crate) universal: Def,
    /// CPython-signature trampolines call the Rust code.
    pub(crate) embedded: Def,
    /// For an attribute: the same as methods.
    pub(crate) property: Option<&'static Property>,
    /// For `__new__`, `__init__` and `__call__`: the docstring, which slots have no place for.
    pub(crate) doc: Option<&'static CStr>,
    pub(crate) class: PhantomData<fn(&C)>,
}

impl<C> DefPair<C> {
    /// The definitions of a class for code that is compiled once.
    pub(crate) const fn erased(defs: &'static [Self]) -> &'static [DefPair] {
        // SAFETY: `repr(C)`, and the class is no part of the layout.
        unsafe { core::slice::from_raw_parts(defs.as_ptr().cast(), defs.len()) }
    }
}

/// An attribute as methods, for a host whose own attributes lose exceptions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Property {
    pub(crate) name: &'static CStr,
    pub(crate) doc: &'static CStr,
    pub(crate) get: Option<&'static Def>,
    /// Sets with an argument, deletes without one.
    pub(crate) set: Option<&'static Def>,
}

/// The CPython-signature functions of a slot that HPy lacks, for the two kinds of host.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trampolines {
    /// Goes through the announced context.
    pub(crate) portable: *const c_void,
    /// Calls the Rust code.
    pub(crate) direct: *const c_void,
}
