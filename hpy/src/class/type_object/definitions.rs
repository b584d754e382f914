//! Merges the definitions made by `#[class]` and `#[methods]`, in particular properties.

use core::ffi::{CStr, c_void};
use std::ffi::CString;

use hpy_sys::HPyDef;

use super::class_info::ClassInfo;
use super::host_kind::HostKind;
use super::patches::free_functions;
use crate::call::definition::{self, Definition, Functions, uncalled};
use crate::class::ClassSlot;
use crate::class::field_attribute::{FieldAccess, GetField, SetField};
use crate::class::tables::FreeDef;
use crate::core::markers::{Any, Tuple, Type};
use crate::core::{Handle, Result, markers};

/// An attribute of a class that is being made.
pub(crate) struct Property {
    name: &'static CStr,
    doc: &'static CStr,
    /// As methods.
    get: *const c_void,
    set: *const c_void,
    /// What it lacks then, it has of this field.
    field: Option<&'static FieldAccess>,
}

/// Adds definitions to those of a class, but none for slots and methods that others are for: what `#[methods]` writes comes before what
/// `#[class]` derives. A getter and a setter of one name, from a field and a method, become one.
pub(crate) fn add_defs(
    host: HostKind,
    of_class: &'static [Definition],
    others: &'static [Definition],
    defs: &mut Vec<*mut HPyDef>,
    properties: &mut Vec<Property>,
) {
    let direct = host.is_direct();
    for def in of_class {
        let Some(attribute) = def.as_attribute() else {
            if !others.iter().any(|other| def.same_place(other)) {
                defs.push(def.make(direct));
                defs.extend(def.make_second(direct));
            }
            continue;
        };
        let definition::Attribute { name, doc, get_method, set_method, .. } = *attribute;
        match properties.iter_mut().find(|known| known.name == name) {
            Some(known) => {
                known.get = if known.get.is_null() { get_method } else { known.get };
                known.set = if known.set.is_null() { set_method } else { known.set };
                if host != HostKind::PyPy {
                    join_attribute(defs, def.make(direct));
                }
            }
            None => {
                properties.push(Property { name, doc, get: get_method, set: set_method, field: None });
                if host != HostKind::PyPy {
                    defs.push(def.make(direct));
                }
            }
        }
    }
}

/// Adds the attributes of fields.
pub(super) fn add_field_attributes(
    host: HostKind,
    slot: &'static ClassSlot,
    info: &'static ClassInfo,
    defs: &mut Vec<*mut HPyDef>,
    properties: &mut Vec<Property>,
) {
    let direct = host.is_direct();
    for attribute in info.fields {
        let access = FieldAccess::new(attribute, info.layout, slot, direct);
        if host != HostKind::PyPy {
            defs.push(Box::leak(Box::new(access.definition(direct))));
        }
        let (name, doc) = (attribute.name(), attribute.doc());
        properties.push(Property {
            name,
            doc,
            get: access.getter_method(),
            set: core::ptr::null(),
            field: Some(access),
        });
    }
}

/// Fills what an attribute lacks from another definition of it.
fn join_attribute(defs: &mut [*mut HPyDef], other: *mut HPyDef) {
    // SAFETY: the definitions are constant data, or were made below; each kind says which part of the union is meant.
    unsafe {
        let other = (*other).value.getset;
        let name = CStr::from_ptr(other.name);
        let of_name = |def: &&mut *mut HPyDef| {
            (***def).kind == hpy_sys::HPyDef_Kind_GetSet && CStr::from_ptr((***def).value.getset.name) == name
        };
        let Some(def) = defs.iter_mut().find(of_name) else { return };
        let mut joined = (**def).value.getset;
        if !joined.closure.is_null() && !other.closure.is_null() {
            return; // of two fields: each has functions that take its own closure only
        }
        if joined.getter_impl.is_null() {
            joined.getter_impl = other.getter_impl;
            joined.getter_cpy_trampoline = other.getter_cpy_trampoline;
        }
        if joined.setter_impl.is_null() {
            joined.setter_impl = other.setter_impl;
            joined.setter_cpy_trampoline = other.setter_cpy_trampoline;
        }
        if joined.closure.is_null() {
            joined.closure = other.closure; // one of a field and one of a method, which takes none
        }
        *def = Box::leak(Box::new(HPyDef {
            kind: hpy_sys::HPyDef_Kind_GetSet,
            value: hpy_sys::HPyDef_Value { getset: joined },
        }));
    }
}

/// The names of the methods of an attribute before it is made.
fn hidden_names(property: &Property) -> [String; 2] {
    ["get", "set"].map(|verb| format!("_hpy_{verb}_{}", property.name.to_string_lossy()))
}

/// The methods of an attribute, for a host whose own attributes lose exceptions.
pub(crate) fn property_methods(property: &Property, defs: &mut Vec<*mut HPyDef>) {
    let methods = [(property.get, hpy_sys::HPyFunc_NOARGS), (property.set, hpy_sys::HPyFunc_VARARGS)];
    for (name, (function, signature)) in hidden_names(property).into_iter().zip(methods) {
        let (false, Ok(name)) = (function.is_null(), CString::new(name)) else { continue };
        let name = Box::leak(name.into_boxed_c_str());
        let functions =
            Functions { hpy: function, portable: uncalled as *const c_void, direct: core::ptr::null() };
        defs.push(Definition::<Any>::method(name, c"", signature, functions).make(false));
    }
}

/// Makes one `property` of each attribute's methods.
pub(crate) fn add_properties(class: &Handle<'_, Type>, properties: &[Property]) -> Result<()> {
    let by_capsule = |property: &Property| property.field.is_some();
    let functions = if properties.iter().any(by_capsule) {
        const GET: FreeDef = FreeDef::of_static::<GetField>();
        const SET: FreeDef = FreeDef::of_static::<SetField>();
        static FUNCTIONS: [FreeDef; 2] = [GET, SET];
        let defs = FUNCTIONS.iter().map(FreeDef::make_method).collect();
        Some(free_functions(class.ctx(), defs)?)
    } else {
        None
    };
    properties.iter().try_for_each(|property| add_property(class, property, functions.as_ref()))
}

fn add_property<'ctx>(
    class: &Handle<'ctx, Type>,
    property: &Property,
    functions: Option<&Handle<'ctx>>,
) -> Result<()> {
    let ctx = class.ctx();
    let dict = class.getattr("__dict__")?;
    let mut parts = Vec::new();
    let of_field = |part: fn(&FieldAccess) -> Option<&'static CStr>| {
        let access = property.field?;
        part(access).zip(functions).map(|(function, functions)| -> Result<Handle<'ctx>> {
            let function = functions.getattr(&function.to_string_lossy())?;
            ctx.import("functools")?.call_method("partial", (function, access.capsule(ctx)?))
        })
    };
    let of_field = [of_field(FieldAccess::getter_function), of_field(FieldAccess::setter_function)];
    for (name, of_field) in hidden_names(property).into_iter().zip(of_field) {
        if dict.contains(&*name)? {
            parts.push(dict.getitem(&*name)?);
            class.delattr(&name)?;
        } else {
            parts.push(match of_field {
                Some(function) => function?,
                None => ctx.none().to_owned().into_any(),
            });
        }
    }
    // It sets the attribute with an argument, and deletes it without one.
    parts.push(parts[1].clone());
    let doc = property.doc.to_string_lossy();
    parts.push(if doc.is_empty() {
        ctx.none().to_owned().into_any()
    } else {
        markers::Str::new(ctx, &doc)?.into_any()
    });
    let value = ctx.builtins().getitem("property")?.call_tuple(&Tuple::from_handles(ctx, &parts)?, None)?;
    class.setattr(&property.name.to_string_lossy(), value)
}
