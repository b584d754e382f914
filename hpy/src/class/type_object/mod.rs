//! Creates the type object of a class when its module is imported.

pub(crate) mod attribute_values;
pub(crate) mod class_info;
mod collections_abc;
pub(crate) mod dealloc;
pub(crate) mod definitions;
mod generic_alias;
pub(crate) mod host_kind;
mod patches;
mod placeholder;
pub(crate) mod spec;
mod type_flags;

use std::ffi::CString;

use hpy_sys::HPyDef;

use super::tables::{ClassTable, FreeDef};
use super::type_slot::ClassSlot;
use crate::class::derived::pickle;
use crate::core::exceptions::SystemError;
use crate::core::markers::Type;
use crate::core::{Context, Handle, Result, markers};
use class_info::ClassInfo;
use dealloc::{Traverse, destroy_def};
use definitions::{Property, add_defs, add_field_attributes, add_properties, property_methods};
use generic_alias::ALIAS;
use host_kind::{HostKind, cannot_extend};
use patches::FIXED_CLASS;
use placeholder::placeholder;
use spec::{
    SlotDocs, Spec, TPFLAGS_BASETYPE, TPFLAGS_DEFAULT, TPFLAGS_HAVE_GC, build, has_method, has_slot, slot_of,
};

/// Creates the class, unless this library has created it before, and adds it to the module.
///
/// # Errors
///
/// Returns the exception raised by the host.
pub fn add_class<'ctx, T: ClassTable>(
    ctx: Context<'ctx>,
    module: &Handle<'ctx, markers::Module>,
) -> Result<()> {
    add(ctx, module, T::slot(), const { &ClassInfo::of::<T>() })
}

/// [`add_class`], compiled once.
fn add<'ctx>(
    ctx: Context<'ctx>,
    module: &Handle<'ctx, markers::Module>,
    slot: &'static ClassSlot,
    info: &'static ClassInfo,
) -> Result<()> {
    let class = match slot.get(ctx) {
        Some(class) => class,
        None => {
            let host = choose_host(ctx);
            let name = full_name(info, Some(module))?;
            if let Some(why) = cannot_extend(ctx, host, info) {
                return module.setattr(info.layout.name, placeholder(ctx, host, name, &why)?);
            }
            let class = match make(ctx, host, name.clone(), slot, info) {
                // It has no room for data in instances of the builtin class.
                Err(error) if info.base.builtin && error.is_instance_of::<SystemError>(ctx) => {
                    let why = error.value(ctx)?.str()?.extract::<String>()?;
                    return module.setattr(info.layout.name, placeholder(ctx, host, name, &why)?);
                }
                class => class?,
            };
            if let Err(faster) = slot.set(ctx, &class) {
                return module.setattr(info.layout.name, faster);
            }
            for attributes in [info.attributes, info.methods.attributes].into_iter().flatten() {
                attributes(ctx, &class)?;
            }
            collections_abc::register(&class, info.collection, info.methods)?;
            if info.data {
                patches::close(ctx, &class)?;
            }
            class
        }
    };
    module.setattr(info.layout.name, class)
}

/// Creates a class of this crate, unless this library has created it before. The class itself names its module.
///
/// # Errors
///
/// Returns the exception raised by the host.
pub(crate) fn class_of_the_crate<T: ClassTable>(ctx: Context<'_>) -> Result<()> {
    let info = const { &ClassInfo::of::<T>() };
    if T::slot().get(ctx).is_none() {
        let class = make(ctx, choose_host(ctx), full_name(info, None)?, T::slot(), info)?;
        if let Some(attributes) = info.methods.attributes {
            attributes(ctx, &class)?;
        }
        // If another thread was faster, its class is as good.
        let _ = T::slot().set(ctx, &class);
    }
    Ok(())
}

/// Here, so that a module without classes has nothing of it.
fn choose_host(ctx: Context<'_>) -> HostKind {
    crate::class::payload::borrow_flag::choose_threading(ctx);
    crate::core::host_checks::find_out(ctx);
    HostKind::of(ctx)
}

/// The name with that of the module.
fn full_name(info: &ClassInfo, module: Option<&Handle<'_, markers::Module>>) -> Result<CString> {
    let module = match (info.module, module) {
        (None, Some(module)) => module.getattr("__name__")?.extract()?,
        (name, _) => name.unwrap_or("hpy").to_owned(),
    };
    crate::core::text::c_string("name", &format!("{module}.{}", info.layout.name))
}

fn make<'ctx>(
    ctx: Context<'ctx>,
    host: HostKind,
    name: CString,
    slot: &'static ClassSlot,
    info: &'static ClassInfo,
) -> Result<Handle<'ctx, Type>> {
    let mut defs: Vec<*mut HPyDef> = Vec::new();
    let methods = info.methods;
    if let Some(def) = methods.finalize {
        defs.push(host.finalizer(ctx, info.layout.name, def)?);
    }
    // It is there for a `__del__`, too: the collector remembers which instances had theirs.
    defs.extend(info.traverse.copied().map(Traverse::make));
    defs.extend(info.no_new.map(|def| host.pick(def)));
    let mut properties: Vec<Property> = Vec::new();
    add_field_attributes(host, slot, info, &mut defs, &mut properties);
    add_defs(host, info.defs, methods.defs, &mut defs, &mut properties);
    add_defs(host, methods.defs, &[], &mut defs, &mut properties);
    let restore = pickled(host, info, &mut defs);
    defs.extend(info.destroy.map(destroy_def));
    if host == HostKind::PyPy {
        defs.push(FIXED_CLASS.as_raw());
        properties.iter().for_each(|property| property_methods(property, &mut defs));
    }
    if info.base.builtin {
        // SAFETY: the definitions live for ever.
        defs.retain(|def| slot_of(unsafe { &**def }) != Some(hpy_sys::HPy_tp_new));
    }
    if info.base.has_init && !has_slot(&defs, hpy_sys::HPy_tp_init) {
        defs.push(host.pick(dealloc::NO_INIT));
    }
    let mut flags = TPFLAGS_DEFAULT;
    if info.subclass && host.has_subclasses() || info.data {
        flags |= TPFLAGS_BASETYPE;
    }
    if info.traverse.is_some() {
        flags |= TPFLAGS_HAVE_GC;
    }
    let base = (info.base.class)(ctx)?;
    let spec = Spec {
        name,
        size: info.size as usize,
        own_start: info.layout.start as usize,
        flags,
        shape: info.base.shape,
        new_method: methods.new_method.or(info.no_new_method),
        alias: if info.generic { Some(&ALIAS) } else { None },
        restore,
        objects: info.objects,
        collection: info.collection,
        attached: host.attached(ctx, info.layout.name, info.dict, info.weakref)?,
        doc: info.doc.get().unwrap_or_default(),
        docs: SlotDocs::of(&[methods.defs, info.defs]),
        base: base.as_ref(),
    };
    let class = build(ctx, host, spec, defs, methods)?;
    if host == HostKind::PyPy {
        add_properties(&class, &properties)?;
    }
    Ok(class)
}

/// Adds how instances are pickled, unless the class says so itself. Gives the class method that brings them back.
fn pickled(
    host: HostKind,
    info: &'static ClassInfo,
    defs: &mut Vec<*mut HPyDef>,
) -> Option<&'static FreeDef> {
    if pickle::OWN.iter().any(|name| has_method(defs, name)) {
        return None;
    }
    // CPython itself refuses what is no more than an object, but trusts the methods of builtin classes; others refuse
    // nothing. A class that extends one in Rust inherits what that says of its own value only.
    let trusted = info.base.builtin || info.base.in_rust || !crate::core::host_checks::checks_self();
    match info.reduce {
        Some(reduce) => defs.push(host.pick(reduce)),
        None if trusted && (info.has_data || info.base.in_rust) => defs.push(host.pick(&pickle::REFUSE)),
        None => {}
    }
    info.restore
}
