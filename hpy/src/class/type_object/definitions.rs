//! Merges the definitions made by `#[class]` and `#[methods]`, in particular properties.

use core::ffi::CStr;
use std::ffi::CString;

use hpy_sys::HPyDef;

use super::host_kind::HostKind;
use super::spec::same_place;
use crate::call::definition::{DefPair, Property};
use crate::core::markers::{Tuple, Type};
use crate::core::{Handle, Result, markers};

/// Adds definitions to those of a class, but none for slots and methods that others are for: what `#[methods]` writes comes before what
/// `#[class]` derives. A getter and a setter of one name, from a field and a method, become one.
pub(crate) fn add_defs(
    host: HostKind,
    pairs: &'static [DefPair],
    others: &'static [DefPair],
    defs: &mut Vec<*mut HPyDef>,
    properties: &mut Vec<Property>,
) {
    for pair in pairs {
        let Some(property) = pair.property else {
            if !others.iter().any(|other| same_place(pair.def(host), other.def(host))) {
                defs.push(host.pick(pair));
            }
            continue;
        };
        match properties.iter_mut().find(|known| known.name == property.name) {
            Some(known) => {
                known.get = known.get.or(property.get);
                known.set = known.set.or(property.set);
                if host != HostKind::PyPy {
                    join_attribute(defs, pair.def(host));
                }
            }
            None => {
                properties.push(*property);
                if host != HostKind::PyPy {
                    defs.push(host.pick(pair));
                }
            }
        }
    }
}

/// Fills what an attribute lacks from another definition of it.
fn join_attribute(defs: &mut [*mut HPyDef], other: &'static HPyDef) {
    // SAFETY: the definitions are constant data, or were made below; each kind says which part of the union is meant.
    unsafe {
        let other = other.value.getset;
        let name = CStr::from_ptr(other.name);
        let of_name = |def: &&mut *mut HPyDef| {
            (***def).kind == hpy_sys::HPyDef_Kind_GetSet && CStr::from_ptr((***def).value.getset.name) == name
        };
        let Some(def) = defs.iter_mut().find(of_name) else { return };
        let mut joined = (**def).value.getset;
        if joined.getter_impl.is_null() {
            joined.getter_impl = other.getter_impl;
            joined.getter_cpy_trampoline = other.getter_cpy_trampoline;
        }
        if joined.setter_impl.is_null() {
            joined.setter_impl = other.setter_impl;
            joined.setter_cpy_trampoline = other.setter_cpy_trampoline;
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
    for (name, method) in hidden_names(property).into_iter().zip([property.get, property.set]) {
        let (Some(method), Ok(name)) = (method, CString::new(name)) else { continue };
        defs.push(method.renamed(Box::leak(name.into_boxed_c_str())));
    }
}

/// Makes one `property` of the methods.
pub(crate) fn add_property(class: &Handle<'_, Type>, property: &Property) -> Result<()> {
    let ctx = class.ctx();
    let dict = class.getattr("__dict__")?;
    let mut functions = Vec::new();
    for name in hidden_names(property) {
        if dict.contains(&*name)? {
            functions.push(dict.getitem(&*name)?);
            class.delattr(&name)?;
        } else {
            functions.push(ctx.none().to_owned().into_any());
        }
    }
    // It sets the attribute with an argument, and deletes it without one.
    functions.push(functions[1].clone());
    let doc = property.doc.to_string_lossy();
    functions.push(if doc.is_empty() {
        ctx.none().to_owned().into_any()
    } else {
        markers::Str::new(ctx, &doc)?.into_any()
    });
    let value =
        ctx.builtins().getitem("property")?.call_tuple(&Tuple::from_handles(ctx, &functions)?, None)?;
    class.setattr(&property.name.to_string_lossy(), value)
}
