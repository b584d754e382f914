//! Builds a type object from its definitions. Compiled once for all classes.

use core::ffi::{CStr, c_int};
use std::ffi::CString;

use hpy_host::capi::types::{PyMethodDef, PyType_Slot};
use hpy_host::context::extensions::{HAS_OBJECTS, Objects, TypeExtras};
use hpy_sys::{
    HPy, HPyDef, HPySlot_Slot, HPyType_BuiltinShape, HPyType_Spec, HPyType_SpecParam, HPyType_SpecParam_Base,
};

use super::host_kind::HostKind;
use super::patches::detour;
pub(crate) use super::type_flags::{TPFLAGS_BASETYPE, TPFLAGS_DEFAULT, TPFLAGS_HAVE_GC};
use crate::call::definition::Definition;
use crate::call::docstring::class_doc;
use crate::class::tables::{Collection, FreeDef, Methods};
use crate::core::markers::Type;
use crate::core::{Context, Handle, Result};

/// The properties of a class that [`build`] needs.
pub(crate) struct Spec<'a, 'ctx> {
    pub(crate) name: CString,
    /// Size of the instance's data in bytes.
    pub(crate) size: usize,
    /// Offset in this data at which that of the base classes ends.
    pub(crate) own_start: usize,
    pub(crate) flags: core::ffi::c_ulong,
    /// The builtin shape that instances begin with.
    pub(crate) shape: HPyType_BuiltinShape,
    /// `__new__` as a static method, if a builtin class makes the instances.
    pub(crate) new_method: Option<&'static FreeDef>,
    /// `__class_getitem__`, if the class is generic for Python.
    pub(crate) alias: Option<&'static FreeDef>,
    /// `__hpy_restore__`, if instances are pickled with their fields.
    pub(crate) restore: Option<&'static FreeDef>,
    /// The objects that instances own, for the collector of our hosts.
    pub(crate) objects: Option<Objects>,
    pub(crate) collection: Collection,
    /// Features of instances besides their value: flags of `hpy_host::context::extensions`.
    pub(crate) attached: u32,
    pub(crate) doc: &'static CStr,
    pub(crate) docs: SlotDocs,
    /// The base class, if it is not `object`.
    pub(crate) base: Option<&'a Handle<'ctx, Type>>,
}

/// Docstrings of methods that fill slots.
#[derive(Clone, Copy)]
pub(crate) struct SlotDocs {
    /// Of `__new__`, or else of `__init__`.
    constructor: Option<&'static CStr>,
    /// Of `__call__`.
    call: Option<&'static CStr>,
}

impl SlotDocs {
    pub(crate) fn of(lists: &[&'static [Definition]]) -> Self {
        let find = |slot| {
            lists.iter().flat_map(|list| list.iter()).find(|def| def.fills(slot)).and_then(Definition::doc)
        };
        SlotDocs {
            constructor: find(hpy_sys::HPy_tp_new).or_else(|| find(hpy_sys::HPy_tp_init)),
            call: find(hpy_sys::HPy_tp_call),
        }
    }

    /// `__call__` as a method beside the slot, with its signature: hosts that know such methods take the slot's function
    /// for both, as the calling convention is the same.
    fn call_method(&self, defs: &[*mut HPyDef]) -> Option<PyMethodDef> {
        // SAFETY: the definitions live for ever.
        let slot = defs.iter().find(|def| slot_of(unsafe { &***def }) == Some(hpy_sys::HPy_tp_call))?;
        Some(PyMethodDef {
            ml_name: c"__call__".as_ptr(),
            // SAFETY: as above; the kind is that of a slot.
            ml_meth: unsafe { (**slot).value.slot.cpy_trampoline },
            ml_flags: METH_FASTCALL | METH_KEYWORDS | METH_COEXIST,
            ml_doc: self.call?.as_ptr(),
        })
    }
}

const METH_KEYWORDS: c_int = 0x02;
const METH_COEXIST: c_int = 0x40;
const METH_FASTCALL: c_int = 0x80;

/// Creates a class; compiled once. Its tables live as long as the process, because hosts keep pointers to them.
pub(crate) fn build<'ctx>(
    ctx: Context<'ctx>,
    host: HostKind,
    spec: Spec<'_, 'ctx>,
    mut defs: Vec<*mut HPyDef>,
    methods: &'static Methods,
) -> Result<Handle<'ctx, Type>> {
    let ours = matches!(host, HostKind::Ours { .. });
    if !ours {
        let detours = methods.extras.iter().flat_map(|extra| extra.methods);
        defs.extend(detours.map(|(_, pair)| host.pick(pair)));
    }
    // SAFETY: the definitions live for ever.
    let leaves_out =
        |def: &*mut HPyDef| slot_of(unsafe { &**def }).is_some_and(|slot| spec.collection.leaves_out(slot));
    defs.retain(|def| !leaves_out(def));
    if host == HostKind::PyPy {
        defs.extend(methods.reflected.iter().map(|(name, pair)| pair.make_renamed(name)));
    }
    // CPython knows that equality without a hash makes unhashable.
    let unhashable = host == HostKind::PyPy
        && has_slot(&defs, hpy_sys::HPy_tp_richcompare)
        && !has_slot(&defs, hpy_sys::HPy_tp_hash);
    let undocumented = spec.doc.is_empty();
    let call = if ours { spec.docs.call_method(&defs) } else { None };
    let with_signature = spec.docs.constructor.filter(|_| ours);
    let with_signature = with_signature.and_then(|constructor| class_doc(&spec.name, constructor, spec.doc));
    let doc = match with_signature {
        Some(doc) => doc.into_raw().cast_const(),
        None if spec.doc.is_empty() => core::ptr::null(),
        None => spec.doc.as_ptr(),
    };
    let lookups: Vec<&CStr> = LOOKUPS.iter().copied().filter(|name| has_method(&defs, name)).collect();
    defs.push(core::ptr::null_mut());
    let Spec { own_start, base, attached, objects, new_method, alias, restore, .. } = spec;
    let spec = Box::leak(Box::new(HPyType_Spec {
        name: spec.name.into_raw(),
        basicsize: c_int::try_from(spec.size)?,
        itemsize: 0,
        flags: spec.flags,
        builtin_shape: spec.shape,
        legacy_slots: core::ptr::null_mut(),
        defines: defs.leak().as_mut_ptr(),
        doc,
    }));
    let mut bases = [
        HPyType_SpecParam {
            kind: HPyType_SpecParam_Base,
            object: base.map_or(HPy::NULL, |base| base.as_raw()),
        },
        HPyType_SpecParam { kind: 0, object: HPy::NULL },
    ];
    let params = if base.is_some() { bases.as_mut_ptr() } else { core::ptr::null_mut() };
    let plain = methods.extras.is_empty()
        && methods.free.is_empty()
        && attached == 0
        && own_start == 0
        && objects.is_none();
    let simple = new_method.is_none() && alias.is_none() && restore.is_none() && call.is_none();
    let more = ours && !(plain && simple);
    // SAFETY: invariant 2; complete tables that live for ever.
    let class = unsafe {
        let mut with_more = || {
            let (slots, functions) = extras(host, methods, [new_method, alias, restore], call);
            let extras = Box::leak(Box::new(TypeExtras {
                slots: slots.leak().as_ptr(),
                methods: functions.leak().as_ptr(),
                flags: if objects.is_some() { attached | HAS_OBJECTS } else { attached },
                own_start,
                objects: objects.unwrap_or(Objects::NONE),
            }));
            hpy_host::context::extensions::type_from_spec(ctx.raw(), spec, params, extras)
        };
        match if more { with_more() } else { None } {
            Some(class) => class,
            None => hpy_host::calls::HPyType_FromSpec(ctx.raw(), spec, params),
        }
    };
    // SAFETY: invariant 3: a new handle on a type, or NULL with an exception.
    let class: Handle<'ctx, Type> = unsafe { Handle::from_result(ctx, class) }?;
    if unhashable {
        class.setattr("__hash__", ctx.none())?;
    }
    // What is left of a docstring with nothing but a signature.
    if undocumented {
        let doc = class.getattr("__doc__")?;
        if !doc.is_none() && !doc.is_true()? {
            class.setattr("__doc__", ctx.none())?;
        }
    }
    if host != HostKind::PyPy {
        assign_anew(&class, &lookups)?;
    }
    if let Some(method) = new_method {
        // The interpreter then calls it for new instances.
        let name = &*method.name().to_string_lossy();
        class.setattr("__new__", class.getattr("__dict__")?.getitem(name)?)?;
        class.delattr(name)?;
    }
    if !ours {
        detour(ctx, host, &class, methods, [alias, restore])?;
    }
    Ok(class)
}

/// Methods of attributes, which are no slots of their own: see [`assign_anew`].
const LOOKUPS: &[&CStr] = &[c"__getattr__", c"__getattribute__", c"__setattr__", c"__delattr__"];

/// Assigns methods again on the finished class: CPython then fills the slot that goes with them, with what calls the method,
/// as for a class written in Python. Subclasses there can override it and reach it by `super()`; and `object.__setattr__`
/// is not refused, as it is for classes whose slot has a function of their own.
fn assign_anew<'ctx>(class: &Handle<'ctx, Type>, names: &[&CStr]) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let dict = class.getattr("__dict__")?;
    for name in names {
        let name = &*name.to_string_lossy();
        class.setattr(name, dict.getitem(name)?)?;
    }
    Ok(())
}

/// The slot that a definition fills, if it is one of a slot.
pub(crate) fn slot_of(def: &HPyDef) -> Option<HPySlot_Slot> {
    if def.kind != hpy_sys::HPyDef_Kind_Slot {
        return None;
    }
    // SAFETY: the kind says which part of the union is meant.
    Some(unsafe { def.value.slot.slot })
}

/// Is there a definition of that slot?
pub(crate) fn has_slot(defs: &[*mut HPyDef], slot: HPySlot_Slot) -> bool {
    // SAFETY: the definitions live for ever.
    defs.iter().any(|def| slot_of(unsafe { &**def }) == Some(slot))
}

/// Is there a definition of a method of that name?
pub(crate) fn has_method(defs: &[*mut HPyDef], name: &CStr) -> bool {
    // SAFETY: the definitions live for ever, as do the names; the kind says which part of the union is meant.
    defs.iter().any(|def| unsafe {
        (**def).kind == hpy_sys::HPyDef_Kind_Meth && CStr::from_ptr((**def).value.meth.name) == name
    })
}

/// Slots and methods beyond HPy, for our own hosts.
fn extras(
    host: HostKind,
    methods: &'static Methods,
    more: [Option<&'static FreeDef>; 3],
    call: Option<PyMethodDef>,
) -> (Vec<PyType_Slot>, Vec<PyMethodDef>) {
    let mut slots: Vec<PyType_Slot> = methods
        .extras
        .iter()
        .map(|extra| PyType_Slot { slot: extra.slot, pfunc: host.function(&extra.functions) })
        .collect();
    slots.push(PyType_Slot { slot: 0, pfunc: core::ptr::null_mut() });
    let mut functions: Vec<PyMethodDef> = methods
        .free
        .iter()
        .chain(more.into_iter().flatten())
        .map(|free| PyMethodDef {
            ml_name: free.name().as_ptr(),
            ml_meth: free.functions().cpy(host.is_direct()),
            ml_flags: free.flags,
            ml_doc: free.doc().as_ptr(),
        })
        .chain(call)
        .collect();
    functions.push(PyMethodDef {
        ml_name: core::ptr::null(),
        ml_meth: core::ptr::null(),
        ml_flags: 0,
        ml_doc: core::ptr::null(),
    });
    (slots, functions)
}
