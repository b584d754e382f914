//! Validation of type specs and their parameters.

use hpy_sys::{
    HPy, HPy_TPFLAGS_HAVE_GC, HPyDef, HPyDef_Kind_Slot, HPySlot_Slot, HPyType_BuiltinShape,
    HPyType_BuiltinShape_Float, HPyType_BuiltinShape_Legacy, HPyType_BuiltinShape_List,
    HPyType_BuiltinShape_Long, HPyType_BuiltinShape_Object, HPyType_BuiltinShape_Tuple,
    HPyType_BuiltinShape_Type, HPyType_BuiltinShape_Unicode, HPyType_Spec, HPyType_SpecParam,
    HPyType_SpecParam_Base, HPyType_SpecParam_BasesTuple, HPyType_SpecParam_Kind,
    HPyType_SpecParam_Metaclass,
};

use crate::capi::fault::{Fault, Kind, mistake};
use crate::capi::types::PyTypeObject;
use crate::interp::{Implementation, Interpreter};
use crate::layout::type_extras::SHAPE_EXCEPTION;
use crate::layout::type_layout;
use crate::types::definitions::{definitions, name_of};
use crate::types::slots::Parts;

/// The definition of a slot, if there is one.
///
/// # Safety
///
/// A valid table.
pub(crate) unsafe fn slot<'a>(
    defines: *mut *mut HPyDef,
    number: HPySlot_Slot,
) -> Option<&'a hpy_sys::HPySlot> {
    // SAFETY: the caller's word: the kind says which part of the union is meant.
    unsafe {
        definitions(defines)
            .filter(|def| def.kind == HPyDef_Kind_Slot)
            .map(|def| &def.value.slot)
            .find(|slot| slot.slot == number)
    }
}

/// Refuses a spec that contradicts itself.
///
/// # Safety
///
/// HPy's rules.
pub(crate) unsafe fn check_spec(spec: &HPyType_Spec) -> Result<(), Fault> {
    // SAFETY: the caller's word.
    unsafe {
        if spec.name.is_null() {
            return mistake(Kind::System, "HPyType_Spec has no name");
        }
        let name = name_of(spec.name);
        if !spec.legacy_slots.is_null() || spec.builtin_shape == HPyType_BuiltinShape_Legacy {
            let text = "has legacy slots or the legacy shape, which this host does not support: it takes universal \
                        modules, not hybrid ones";
            return mistake(Kind::Type, format!("type {name} {text}"));
        }
        if spec.basicsize < 0 || spec.itemsize < 0 {
            return mistake(Kind::Value, format!("type {name} has a negative basicsize or itemsize"));
        }
        let traverses = slot(spec.defines, hpy_sys::HPy_tp_traverse).is_some();
        if spec.flags & HPy_TPFLAGS_HAVE_GC != 0 && !traverses {
            let text = "You must provide an HPy_tp_traverse slot if you specify HPy_TPFLAGS_HAVE_GC";
            return mistake(Kind::Value, format!("{text} (type {name})"));
        }
    }
    Ok(())
}

/// Refuses a payload where the interpreter's C API has no room for it in instances of that shape.
pub(crate) fn check_payload_support(
    known: &Interpreter,
    shape: HPyType_BuiltinShape,
    name: &str,
) -> Result<(), Fault> {
    let ok = match known.implementation {
        Implementation::CPython | Implementation::PyPy => true,
        Implementation::GraalPy => matches!(
            shape,
            HPyType_BuiltinShape_Object
                | HPyType_BuiltinShape_Float
                | HPyType_BuiltinShape_Unicode
                | SHAPE_EXCEPTION
        ),
    };
    if ok {
        return Ok(());
    }
    let kind = match shape {
        HPyType_BuiltinShape_Type => "type",
        HPyType_BuiltinShape_Long => "int",
        HPyType_BuiltinShape_Tuple => "tuple",
        HPyType_BuiltinShape_List => "list",
        _ => "dict",
    };
    mistake(
        Kind::System,
        format!(
            "type {name} can't have data of its own on {}: its C API has no room for it in instances of {kind}; keep \
             the {kind} in a field of a class that extends object",
            known.text
        ),
    )
}

/// Refuses data, fields and call functions for a type whose base was made by Python code.
pub(crate) fn check_adds_nothing(spec: &HPyType_Spec, parts: &Parts, name: &str) -> Result<(), Fault> {
    let plain = spec.basicsize == 0
        && parts.traverse.is_none()
        && parts.destroy.is_none()
        && parts.call.is_none()
        && parts.call_offset.is_none();
    if plain {
        return Ok(());
    }
    mistake(
        Kind::Type,
        format!(
            "type {name} has data, fields or a call function of its own, so its base can't be a class that was made by \
             Python code, only a builtin one or one of an extension"
        ),
    )
}

/// Refuses a base whose instances reach into the part that the new type adds.
///
/// # Safety
///
/// A live type.
pub(crate) unsafe fn check_base_size(
    base: *mut PyTypeObject,
    begins: usize,
    name: &str,
) -> Result<(), Fault> {
    // SAFETY: the caller's word.
    let size =
        unsafe { type_layout::basic_size(base) }.or_else(|reason| mistake(Kind::System, reason.as_str()))?;
    if size <= begins {
        return Ok(());
    }
    let text = format!("type {name} begins at {begins}, but instances of its base have {size} bytes");
    mistake(Kind::System, text)
}

/// What the parameters of a type say.
#[derive(Debug, Default)]
pub(crate) struct Params {
    /// The bases, one by one.
    pub(crate) bases: Vec<HPy>,
    /// A tuple of all bases instead.
    pub(crate) tuple: Option<HPy>,
    /// The metaclass.
    pub(crate) metaclass: Option<HPy>,
}

/// Reads the parameters of a type.
///
/// # Safety
///
/// HPy's rules: null, or a list that ends with kind 0.
pub(crate) unsafe fn read_params(params: *mut HPyType_SpecParam, name: &str) -> Result<Params, Fault> {
    let mut found = Params::default();
    let mut next = params;
    // SAFETY: the caller's word.
    unsafe {
        while !next.is_null() && (*next).kind != 0 as HPyType_SpecParam_Kind {
            let object = (*next).object;
            match (*next).kind {
                HPyType_SpecParam_Base => found.bases.push(object),
                HPyType_SpecParam_BasesTuple if found.tuple.is_some() => {
                    return mistake(Kind::Type, "multiple specifications of HPyType_SpecParam_BasesTuple");
                }
                HPyType_SpecParam_BasesTuple => found.tuple = Some(object),
                HPyType_SpecParam_Metaclass if found.metaclass.is_some() => {
                    return mistake(Kind::Value, "metaclass was specified multiple times");
                }
                HPyType_SpecParam_Metaclass => found.metaclass = Some(object),
                _ => {
                    let text = format!("unknown HPyType_SpecParam specification for '{name}'");
                    return mistake(Kind::Type, text);
                }
            }
            next = next.add(1);
        }
    }
    if found.tuple.is_some() && !found.bases.is_empty() {
        let text = "cannot specify both HPyType_SpecParam_Base and HPytype_SpecParam_BasesTuple";
        return mistake(Kind::Type, text);
    }
    Ok(found)
}
