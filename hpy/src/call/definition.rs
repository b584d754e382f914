//! Entries of tables: [`Definition`], and [`Def`], what a host reads of it.

use core::ffi::{CStr, c_char, c_void};
use core::marker::PhantomData;

use hpy_sys::{HPyDef, HPyDef_Kind_GetSet, HPyDef_Value, HPyFunc_Signature, HPyGetSet, HPySlot_Slot};

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
    /// A slot.
    pub(crate) const fn slot(
        slot: HPySlot_Slot,
        implementation: *const c_void,
        cpy_trampoline: *const c_void,
    ) -> Self {
        Def(HPyDef::slot(slot, implementation, cpy_trampoline))
    }

    /// Any definition.
    pub(crate) const fn of(def: HPyDef) -> Self {
        Def(def)
    }

    /// For the tables that hosts read, and never write.
    pub(crate) const fn as_raw(&'static self) -> *mut HPyDef {
        (&raw const self.0).cast_mut()
    }
}

/// A text that ends with NUL and lives for ever, or none: in one word.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub(crate) struct Text(*const c_char);

impl Text {
    pub(crate) const fn new(text: &'static CStr) -> Self {
        if text.is_empty() { Text(core::ptr::null()) } else { Text(text.as_ptr()) }
    }

    /// The text; none if it is empty.
    pub(crate) fn get(self) -> Option<&'static CStr> {
        // SAFETY: made of a text that lives for ever.
        if self.0.is_null() { None } else { Some(unsafe { CStr::from_ptr(self.0) }) }
    }
}

/// The functions behind a definition: HPy's, and two with CPython's signature.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Functions {
    /// With HPy's signature.
    pub(crate) hpy: *const c_void,
    /// Goes through the context that the host announced.
    pub(crate) portable: *const c_void,
    /// Calls the Rust code: for CPython, in the embedded host.
    pub(crate) direct: *const c_void,
}

impl Functions {
    /// None.
    pub(crate) const NONE: Self =
        Functions { hpy: core::ptr::null(), portable: core::ptr::null(), direct: core::ptr::null() };

    /// The one with CPython's signature for that host.
    pub(crate) const fn cpy(&self, direct: bool) -> *const c_void {
        if direct { self.direct } else { self.portable }
    }
}

/// A method or a function of a module, as hosts read it.
fn method_def(
    name: &'static CStr,
    doc: Text,
    signature: HPyFunc_Signature,
    functions: &Functions,
    direct: bool,
) -> HPyDef {
    let mut def = HPyDef::meth(name, functions.hpy, functions.cpy(direct), signature, c"");
    def.value.meth.doc = doc.0;
    def
}

/// An attribute, as hosts read it.
pub(crate) fn getset_def(
    name: &'static CStr,
    doc: Text,
    get: &Functions,
    set: &Functions,
    closure: *mut c_void,
    direct: bool,
) -> HPyDef {
    let getset = HPyGetSet {
        name: name.as_ptr(),
        getter_impl: get.hpy,
        setter_impl: set.hpy,
        getter_cpy_trampoline: get.cpy(direct),
        setter_cpy_trampoline: set.cpy(direct),
        doc: doc.0,
        closure,
    };
    HPyDef { kind: HPyDef_Kind_GetSet, value: HPyDef_Value { getset } }
}

/// A function of a module: what the definitions for both kinds of host are made of when the module is imported. In the
/// file each pointer takes 32 bytes, so there is one such entry, and no name: that begins the table of parameters.
#[derive(Debug)]
pub struct ModuleDef {
    pub(super) params: &'static Params,
    pub(super) doc: Text,
    pub(super) signature: HPyFunc_Signature,
    pub(super) functions: Functions,
}

// SAFETY: constant data; its pointers are to constant data and to functions.
unsafe impl Sync for ModuleDef {}

impl ModuleDef {
    /// The definition for the host in this file, or for hosts of any kind.
    pub(crate) fn def(&self, embedded: bool) -> HPyDef {
        method_def(self.params.c_name(), self.doc, self.signature, &self.functions, embedded)
    }
}

/// What a definition defines.
#[derive(Debug)]
enum Kind {
    Method { name: Text, signature: HPyFunc_Signature, functions: Functions },
    Slot { slot: HPySlot_Slot, also: HPySlot_Slot, functions: Functions },
    Attribute(&'static Attribute),
}

/// A method, a slot or an attribute, of which hosts get what they read when its class or module is made.
///
/// `C` is the class whose instances its functions expect as `self`, so that it can only stand in the table of that class.
/// Code that is compiled once for all classes has it without (`Any`).
#[derive(Debug)]
#[repr(C)]
pub struct Definition<C = Any> {
    kind: Kind,
    /// The docstring; `__new__`, `__init__` and `__call__` have one, too, which slots have no place for.
    doc: Text,
    class: PhantomData<fn(&C)>,
}

// SAFETY: constant data; its pointers are to constant data and to functions.
unsafe impl<C> Sync for Definition<C> {}

impl<C> Definition<C> {
    /// A function of a module, or a method of a class.
    pub(crate) const fn method(
        name: &'static CStr,
        doc: &'static CStr,
        signature: HPyFunc_Signature,
        functions: Functions,
    ) -> Self {
        let kind = Kind::Method { name: Text::new(name), signature, functions };
        Definition { kind, doc: Text::new(doc), class: PhantomData }
    }

    /// A slot.
    pub(crate) const fn slot(slot: HPySlot_Slot, functions: Functions) -> Self {
        Self::documented_slot(slot, c"", functions)
    }

    /// One that fills a slot and has a docstring.
    pub(crate) const fn documented_slot(
        slot: HPySlot_Slot,
        doc: &'static CStr,
        functions: Functions,
    ) -> Self {
        Definition {
            kind: Kind::Slot { slot, also: slot, functions },
            doc: Text::new(doc),
            class: PhantomData,
        }
    }

    /// The definition of two slots with one signature and the same functions.
    #[must_use]
    pub const fn also(mut self, second: HPySlot_Slot) -> Self {
        if let Kind::Slot { slot, also, .. } = &mut self.kind {
            assert!(
                match (hpy_sys::slot_signature(*slot), hpy_sys::slot_signature(second)) {
                    (Some(one), Some(other)) => one == other,
                    _ => false,
                },
                "the slots have different signatures"
            );
            *also = second;
        }
        self
    }

    /// An attribute.
    pub(crate) const fn attribute(attribute: &'static Attribute) -> Self {
        Definition { kind: Kind::Attribute(attribute), doc: Text::new(attribute.doc), class: PhantomData }
    }

    /// The definitions of a class for code that is compiled once.
    pub(crate) const fn erased(defs: &'static [Self]) -> &'static [Definition] {
        // SAFETY: `repr(C)`, and the class is no part of the layout.
        unsafe { core::slice::from_raw_parts(defs.as_ptr().cast(), defs.len()) }
    }

    /// The docstring.
    pub(crate) fn doc(&self) -> Option<&'static CStr> {
        self.doc.get()
    }

    /// The name of a method.
    pub(crate) fn name(&self) -> Option<&'static CStr> {
        if let Kind::Method { name, .. } = self.kind { name.get() } else { None }
    }

    /// The attribute, if it is one.
    pub(crate) fn as_attribute(&self) -> Option<&'static Attribute> {
        if let Kind::Attribute(attribute) = self.kind { Some(attribute) } else { None }
    }

    /// The functions of a method or a slot.
    pub(crate) const fn functions(&self) -> Functions {
        match self.kind {
            Kind::Method { functions, .. } | Kind::Slot { functions, .. } => functions,
            Kind::Attribute(_) => Functions::NONE,
        }
    }

    /// Is it the definition of that slot?
    pub(crate) const fn fills(&self, slot: HPySlot_Slot) -> bool {
        matches!(self.kind, Kind::Slot { slot: own, also, .. } if own == slot || also == slot)
    }

    /// Do both fill one slot, or are they methods with one name?
    pub(crate) fn same_place(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Slot { slot, .. }, Kind::Slot { slot: other, .. }) => slot == other,
            (Kind::Method { name, .. }, Kind::Method { name: other, .. }) => name.get() == other.get(),
            _ => false,
        }
    }

    /// The same as hosts read it; it lives for ever, as hosts keep pointers to it. `direct`: for CPython, in the embedded host.
    pub(crate) fn make(&self, direct: bool) -> *mut HPyDef {
        Box::leak(Box::new(match &self.kind {
            Kind::Method { name, .. } => return self.renamed(*name, direct),
            Kind::Slot { slot, functions, .. } => HPyDef::slot(*slot, functions.hpy, functions.cpy(direct)),
            Kind::Attribute(attribute) => attribute.make(direct),
        }))
    }

    /// That of the second slot, if it fills two.
    pub(crate) fn make_second(&self, direct: bool) -> Option<*mut HPyDef> {
        let Kind::Slot { slot, also, functions } = self.kind else { return None };
        let make = || Box::leak(Box::new(HPyDef::slot(also, functions.hpy, functions.cpy(direct))));
        (slot != also).then(|| core::ptr::from_mut(make()))
    }

    /// A method under another name.
    pub(crate) fn make_renamed(&self, name: &'static CStr) -> *mut HPyDef {
        self.renamed(Text::new(name), false)
    }

    fn renamed(&self, name: Text, direct: bool) -> *mut HPyDef {
        let Kind::Method { signature, functions, .. } = &self.kind else { return core::ptr::null_mut() };
        let name = name.get().unwrap_or_default();
        Box::leak(Box::new(method_def(name, self.doc, *signature, functions, direct)))
    }
}

/// An attribute of methods.
#[derive(Debug)]
pub(crate) struct Attribute {
    pub(crate) name: &'static CStr,
    pub(crate) doc: &'static CStr,
    pub(crate) get: Functions,
    pub(crate) set: Functions,
    /// The getter as a method, for a host whose own attributes lose exceptions.
    pub(crate) get_method: *const c_void,
    /// The same of the setter, which sets with an argument and deletes without one.
    pub(crate) set_method: *const c_void,
}

// SAFETY: constant data; its pointers are to functions.
unsafe impl Sync for Attribute {}

impl Attribute {
    fn make(&self, direct: bool) -> HPyDef {
        let doc = Text::new(self.doc);
        getset_def(self.name, doc, &self.get, &self.set, core::ptr::null_mut(), direct)
    }
}

/// The CPython-signature functions of a slot that HPy lacks, for the two kinds of host.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trampolines {
    /// Goes through the announced context.
    pub(crate) portable: *const c_void,
    /// Calls the Rust code.
    pub(crate) direct: *const c_void,
}
