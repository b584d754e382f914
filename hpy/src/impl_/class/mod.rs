//! [`ClassTable`]: what the macro says of a class; and the making of the class when its module is imported.

mod alias;
mod build;
mod collection;
mod detour;
mod free;
mod host;
mod missing;
mod own;
mod probe;
mod property;
mod values;
mod variant;

use core::ffi::CStr;
use std::ffi::CString;

use hpy_sys::HPyDef;

use super::operators::{ExtraDef, ExtraMethods};
use super::slot::{DefPair, Property};
use crate::class::{Base, Class, Payload};
use crate::context::Context;
use crate::error::Result;
use crate::exceptions::SystemError;
use crate::handle::Handle;
use crate::types::{self, Any, Type};
use alias::ALIAS;
use build::{Spec, TPFLAGS_BASETYPE, TPFLAGS_DEFAULT, TPFLAGS_HAVE_GC, build, has_slot, slot_of};
use detour::FIXED_CLASS;
use host::{HostKind, cannot_extend};
use missing::placeholder;
use own::Own;
use property::{add_defs, add_property, property_methods};

pub use collection::Collection;
pub use free::{FreeDef, NewMethod};
pub use probe::{AssignFields, AssignNothing, FieldsProbe, Inside, MayHideFields, MayHoldFields, Probe};
pub use values::{add_attribute, add_match_args, field_value, new_value};
pub use variant::{VariantParts, add_variant};

/// What a class is made of. The macro implements it for the class itself.
pub trait ClassTable: Class {
    /// The docstring.
    const DOC: &'static CStr;
    /// What `#[class]` makes: attributes of fields, derived dunder methods.
    const DEFS: &'static [DefPair<Self>];
    /// What `#[methods]` makes.
    const METHODS: &'static Methods<Self>;
    /// Does `#[class]` make a `__new__`?
    const NEW: bool;
    /// May Python code inherit from it?
    const SUBCLASS: bool;
    /// Does it need one of our hosts? Known when the file is built: see [`host_mark`](super::host_mark).
    const OUR_HOST: bool =
        Self::SUBCLASS || Self::METHODS.finalize.is_some() || <Self::Base as Base>::OUR_HOST;
    /// Do instances have a `__dict__`?
    const DICT: bool;
    /// Can weak references to instances be made?
    const WEAKREF: bool;
    /// Is it a sequence or a mapping?
    const COLLECTION: Collection = Collection::Unsaid;
    /// Is there an alias of types for `C[int]`?
    const GENERIC: bool = false;
    /// The module in Python, if it is not the one that has the class.
    const MODULE: Option<&'static str>;
    /// Is it an enum with data, whose variants are classes that inherit from it?
    const DATA: bool = false;
    /// Sets what `#[class]` makes of attributes of the class itself.
    const ATTRIBUTES: Option<Attributes> = None;
}

/// What `#[methods]` makes of an `impl` block for the class `C`.
#[derive(Debug)]
#[repr(C)]
pub struct Methods<C: 'static = Any> {
    /// Methods, attributes, and slots that HPy has.
    pub defs: &'static [DefPair<C>],
    /// Slots that it lacks.
    pub extras: &'static [ExtraDef<C>],
    /// Static and class methods.
    pub free: &'static [FreeDef],
    /// Reflected operators as methods, for PyPy's own host.
    pub reflected: ExtraMethods<C>,
    /// `__del__`.
    pub finalize: Option<&'static DefPair<C>>,
    /// Is there a `#[new]`?
    pub new: bool,
    /// It as a static method, for a class that extends a builtin one.
    pub new_method: Option<&'static FreeDef>,
    /// Class attributes.
    pub attributes: Option<Attributes>,
    /// The names of those methods that tell which collection the class is.
    pub told: &'static [&'static str],
}

/// Sets the class attributes.
pub type Attributes = for<'ctx> fn(Context<'ctx>, &Handle<'ctx, Type>) -> Result<()>;

impl<C> Methods<C> {
    /// Those of a class without an `impl` block for Python.
    pub const NONE: Self = Methods {
        defs: &[],
        extras: &[],
        free: &[],
        reflected: &[],
        finalize: None,
        new: false,
        new_method: None,
        attributes: None,
        told: &[],
    };

    /// For code that is compiled once.
    const fn erased(&'static self) -> &'static Methods {
        // SAFETY: `repr(C)`, as are the definitions, and the class is no part of the layout.
        unsafe { &*core::ptr::from_ref(self).cast() }
    }
}

/// The methods of a class that has none; what `#[methods]` writes comes before it.
pub trait MayHaveMethods: Sized + 'static {
    /// None.
    const __HPY_METHODS: &'static Methods<Self> = &Methods::NONE;
}

impl<T: 'static> MayHaveMethods for T {}

/// Makes the class, unless the file has it already, and gives it to the module.
///
/// # Errors
///
/// What the host raised.
pub fn add_class<'ctx, T: ClassTable>(
    ctx: Context<'ctx>,
    module: &Handle<'ctx, types::Module>,
) -> Result<()> {
    let class = match T::slot().get(ctx) {
        Some(class) => class,
        None => {
            let host = choose_host(ctx);
            let name = full_name::<T>(Some(module))?;
            if let Some(why) = cannot_extend::<T>(ctx, host) {
                return module.setattr(<T as Class>::NAME, placeholder(ctx, host, name, &why)?);
            }
            let class = match make::<T>(ctx, host, name.clone()) {
                // It has no room for data in instances of the builtin class.
                Err(error) if <T::Base as Base>::BUILTIN && error.is_instance_of::<SystemError>(ctx) => {
                    let why = error.value(ctx)?.str()?.extract::<String>()?;
                    return module.setattr(<T as Class>::NAME, placeholder(ctx, host, name, &why)?);
                }
                class => class?,
            };
            T::slot().set(ctx, &class);
            for attributes in [T::ATTRIBUTES, T::METHODS.attributes].into_iter().flatten() {
                attributes(ctx, &class)?;
            }
            collection::register(&class, T::COLLECTION, T::METHODS.erased())?;
            if T::DATA {
                detour::close(ctx, &class)?;
            }
            class
        }
    };
    module.setattr(<T as Class>::NAME, class)
}

/// Makes a class of this crate, unless the file has it already. It says itself which module it is of.
///
/// # Errors
///
/// What the host raised.
pub(crate) fn class_of_the_crate<T: ClassTable>(ctx: Context<'_>) -> Result<()> {
    if T::slot().get(ctx).is_none() {
        let class = make::<T>(ctx, choose_host(ctx), full_name::<T>(None)?)?;
        T::slot().set(ctx, &class);
    }
    Ok(())
}

/// Here, so that a module without classes has nothing of it.
fn choose_host(ctx: Context<'_>) -> HostKind {
    crate::class::choose_host(ctx);
    HostKind::of(ctx)
}

/// The name with that of the module.
fn full_name<T: ClassTable>(module: Option<&Handle<'_, types::Module>>) -> Result<CString> {
    let module = match (T::MODULE, module) {
        (None, Some(module)) => module.getattr("__name__")?.extract()?,
        (name, _) => name.unwrap_or("hpy").to_owned(),
    };
    crate::text::c_string("name", &format!("{module}.{}", <T as Class>::NAME))
}

fn make<T: ClassTable>(ctx: Context<'_>, host: HostKind, name: CString) -> Result<Handle<'_, Type>> {
    let mut defs: Vec<*mut HPyDef> = Vec::new();
    let methods = T::METHODS.erased();
    let finalizer = match methods.finalize {
        Some(def) => Some(host.finalizer(ctx, <T as Class>::NAME, def)?),
        None => None,
    };
    defs.extend(finalizer);
    // The collector remembers which instances had their `__del__`.
    let collected = T::GC || <T::Base as Base>::GC || finalizer.is_some();
    if collected {
        defs.push(Own::<T>::TRAVERSE.as_raw());
    }
    let builtin = <T::Base as Base>::BUILTIN;
    let mut new_method = T::METHODS.new_method;
    if !T::METHODS.new && !T::NEW {
        if builtin {
            new_method = Own::<T>::NO_NEW_METHOD;
        } else {
            defs.push(host.pick(Own::<T>::NO_NEW));
        }
    }
    let mut properties: Vec<Property> = Vec::new();
    add_defs(host, DefPair::erased(T::DEFS), methods.defs, &mut defs, &mut properties);
    add_defs(host, methods.defs, &[], &mut defs, &mut properties);
    let exports = has_slot(&defs, hpy_sys::HPy_bf_getbuffer);
    if exports {
        defs.push(Own::<T>::DESTROY_EXPORTER.as_raw());
    } else if Payload::<T>::NEEDS_DESTROY {
        defs.push(Own::<T>::DESTROY.as_raw());
    }
    if host == HostKind::PyPy {
        defs.push(FIXED_CLASS.as_raw());
        properties.iter().for_each(|property| property_methods(property, &mut defs));
    }
    if builtin {
        // SAFETY: the definitions live for ever.
        defs.retain(|def| slot_of(unsafe { &**def }) != Some(hpy_sys::HPy_tp_new));
    }
    if <T::Base as Base>::HAS_INIT && !has_slot(&defs, hpy_sys::HPy_tp_init) {
        defs.push(host.pick(Own::<T>::NO_INIT));
    }
    let mut flags = TPFLAGS_DEFAULT;
    if T::SUBCLASS && host.has_subclasses() || T::DATA {
        flags |= TPFLAGS_BASETYPE;
    }
    if collected {
        flags |= TPFLAGS_HAVE_GC;
    }
    let attached = host.attached(ctx, <T as Class>::NAME, T::DICT, T::WEAKREF)?;
    let base = <T::Base as Base>::base_class(ctx)?;
    let (size, own_start) = (Payload::<T>::SIZE, Payload::<T>::START);
    let shape = <T::Base as Base>::SHAPE;
    let base = base.as_ref();
    let (alias, collection, doc) = (if T::GENERIC { Some(&ALIAS) } else { None }, T::COLLECTION, T::DOC);
    let spec =
        Spec { name, size, own_start, flags, shape, new_method, alias, collection, attached, doc, base };
    let class = build(ctx, host, spec, defs, methods)?;
    if host == HostKind::PyPy {
        properties.iter().try_for_each(|property| add_property(&class, property))?;
    }
    Ok(class)
}
