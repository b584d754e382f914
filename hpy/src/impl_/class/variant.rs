//! The class of an enum's variant with data: it inherits from that of the enum, whose payload its instances have.

use core::ffi::CStr;

use hpy_sys::HPyDef;

use super::super::record::FieldParam;
use super::super::slot::{DefPair, Property};
use super::super::variants::Variant;
use super::build::{Spec, TPFLAGS_DEFAULT, TPFLAGS_HAVE_GC, build};
use super::host::HostKind;
use super::own::Own;
use super::property::{add_defs, add_property, property_methods};
use super::{ClassTable, Collection, NO_METHODS, add_match_args};
use crate::class::Payload;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::types::Type;

/// What a variant's class has.
#[derive(Debug)]
pub struct VariantParts {
    /// The docstring.
    pub doc: &'static CStr,
    /// The constructor, attributes, slots.
    pub defs: &'static [DefPair],
    /// The names of the fields in Python.
    pub names: &'static [&'static str],
    /// The parameters of the constructor, by the names of the fields.
    pub params: &'static [(&'static str, FieldParam)],
    /// Is it like a tuple?
    pub tuple: bool,
}

/// Those of a variant that has no class.
pub const NO_PARTS: VariantParts =
    VariantParts { doc: c"", defs: &[], names: &[], params: &[], tuple: false };

/// Makes the class of a variant, and gives it to that of the enum.
///
/// # Errors
///
/// What the host raised.
pub fn add_variant<'ctx, T: ClassTable>(
    ctx: Context<'ctx>,
    class: &Handle<'ctx, Type>,
    variant: &'static Variant,
) -> Result<()> {
    let host = HostKind::of(ctx);
    let mut defs = Vec::new();
    // Our hosts find all that is about instances in the class of the enum.
    let mut size = 0;
    let mut flags = TPFLAGS_DEFAULT;
    if !host.has_subclasses() {
        size = Payload::<T>::SIZE;
        defs.push(Own::<T>::DESTROY.as_raw());
        if T::GC {
            defs.push(Own::<T>::TRAVERSE.as_raw());
            flags |= TPFLAGS_HAVE_GC;
        }
    }
    make(ctx, class, host, variant, defs, (size, flags))
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
    let parts = variant.parts();
    let mut properties: Vec<Property> = Vec::new();
    add_defs(host, parts.defs, &[], &mut defs, &mut properties);
    if host == HostKind::PyPy {
        properties.iter().for_each(|property| property_methods(property, &mut defs));
    }
    let module: String = class.getattr("__module__")?.extract()?;
    let name = crate::text::c_string("name", &format!("{module}.{}", variant.name()))?;
    let spec = Spec {
        name,
        size,
        own_start: 0,
        flags,
        shape: hpy_sys::HPyType_BuiltinShape_Object,
        new_method: None,
        alias: None,
        collection: Collection::Unsaid,
        attached: 0,
        doc: parts.doc,
        base: Some(class),
    };
    let of_variant = build(ctx, host, spec, defs, &NO_METHODS)?;
    if host == HostKind::PyPy {
        properties.iter().try_for_each(|property| add_property(&of_variant, property))?;
    }
    of_variant.setattr("__qualname__", variant.text())?;
    add_match_args(ctx, &of_variant, parts.names)?;
    variant.keep(&of_variant);
    class.setattr(variant.name(), of_variant)
}
