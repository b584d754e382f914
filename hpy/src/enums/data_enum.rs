//! Variants with data: each is a subclass of the enum's class, and its instances have the enum's payload.

use core::ffi::CStr;

use hpy_sys::HPyDef;

use super::pickle::FieldParam;
use super::variant::Variant;
use crate::call::definition::Definition;
use crate::class::payload::Payload;
use crate::class::tables::{ClassTable, Collection, Methods};
use crate::class::type_object::attribute_values::add_match_args;
use crate::class::type_object::dealloc::{Own, destroy_def};
use crate::class::type_object::definitions::{Property, add_defs, add_properties, property_methods};
use crate::class::type_object::host_kind::HostKind;
use crate::class::type_object::spec::{SlotDocs, Spec, TPFLAGS_DEFAULT, TPFLAGS_HAVE_GC, build};
use crate::core::exceptions::SystemError;
use crate::core::markers::{Any, Type};
use crate::core::{Context, Error, Handle, Result};

/// Table of a variant's class.
#[derive(Debug)]
#[repr(C)]
pub struct VariantParts<T: 'static = Any> {
    /// The docstring.
    pub doc: &'static CStr,
    /// The constructor, attributes, slots.
    pub defs: &'static [Definition<T>],
    /// The names of the fields in Python.
    pub names: &'static [&'static str],
    /// The parameters of the constructor, by the names of the fields.
    pub params: &'static [(&'static str, FieldParam)],
    /// Whether the variant is like a tuple.
    pub tuple: bool,
}

/// Makes the class of a variant, and gives it to that of the enum.
///
/// # Errors
///
/// Returns the exception raised by the host.
pub fn add_variant<T: ClassTable>(ctx: Context<'_>, variant: &'static Variant<T>) -> Result<()> {
    let class = ctx.type_of::<T>()?;
    let host = HostKind::of(ctx);
    let mut defs = Vec::new();
    // Our hosts find all that is about instances in the class of the enum.
    let mut size = 0;
    let mut flags = TPFLAGS_DEFAULT;
    if !host.has_subclasses() {
        size = Payload::<T>::SIZE;
        defs.push(destroy_def(Own::<T>::DESTROY));
        if T::GC {
            defs.push(Own::<T>::TRAVERSE.make());
            flags |= TPFLAGS_HAVE_GC;
        }
    }
    make(ctx, &class, host, variant.erased(), defs, (size, flags))
}

/// [`add_variant`], compiled once.
fn make<'ctx>(
    ctx: Context<'ctx>,
    class: &Handle<'ctx, Type>,
    host: HostKind,
    variant: &'static Variant,
    mut defs: Vec<*mut HPyDef>,
    (size, flags): (usize, core::ffi::c_ulong),
) -> Result<()> {
    let Some(parts) = variant.parts() else {
        return Err(Error::new::<SystemError>(format!("{} has no class", variant.text())));
    };
    let mut properties: Vec<Property> = Vec::new();
    add_defs(host, parts.defs, &[], &mut defs, &mut properties);
    if host == HostKind::PyPy {
        properties.iter().for_each(|property| property_methods(property, &mut defs));
    }
    let module: String = class.getattr("__module__")?.extract()?;
    let name = crate::core::text::c_string("name", &format!("{module}.{}", variant.name()))?;
    let spec = Spec {
        name,
        size,
        own_start: 0,
        flags,
        shape: hpy_sys::HPyType_BuiltinShape_Object,
        new_method: None,
        alias: None,
        restore: None,
        objects: None,
        collection: Collection::Unsaid,
        attached: 0,
        doc: parts.doc,
        docs: SlotDocs::of(&[parts.defs]),
        base: Some(class),
    };
    let of_variant = build(ctx, host, spec, defs, &Methods::NONE)?;
    if host == HostKind::PyPy {
        add_properties(&of_variant, &properties)?;
    }
    of_variant.setattr("__qualname__", variant.text())?;
    add_match_args(ctx, &of_variant, parts.names)?;
    variant.keep(&of_variant);
    class.setattr(variant.name(), of_variant)
}
