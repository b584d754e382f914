//! [`ClassInfo`]: a class as plain data. Code that needs no type parameter takes this and is compiled once.

use hpy_host::context::extensions::Objects;
use hpy_sys::HPyType_BuiltinShape;

use super::dealloc::{Destroy, Own, Traverse};
use crate::call::definition::{Definition, Text};
use crate::class::Base;
use crate::class::field_attribute::FieldAttribute;
use crate::class::payload::Payload;
use crate::class::payload::layout::{Layout, LayoutOf};
use crate::class::tables::{Attributes, ClassTable, Collection, FreeDef, Methods};
use crate::core::markers::Type;
use crate::core::{Context, Handle, Result};

/// The properties of a class that its creation needs.
pub(super) struct ClassInfo {
    /// The value of `__module__`, if it is not the module that contains the class.
    pub(super) module: Option<&'static str>,
    pub(super) doc: Text,
    /// The definitions made by `#[class]`.
    pub(super) defs: &'static [Definition],
    /// The attributes of its fields.
    pub(super) fields: &'static [FieldAttribute],
    pub(super) layout: &'static Layout,
    /// The definitions made by `#[methods]`.
    pub(super) methods: &'static Methods,
    pub(super) attributes: Option<Attributes>,
    pub(super) collection: Collection,
    /// Whether Python code can subclass it.
    pub(super) subclass: bool,
    /// Whether instances have a `__dict__`.
    pub(super) dict: bool,
    /// Whether instances support weak references.
    pub(super) weakref: bool,
    /// Whether `C[int]` is a `types.GenericAlias`.
    pub(super) generic: bool,
    /// Whether it is an enum whose variants are subclasses.
    pub(super) data: bool,
    /// Bytes of an instance's data, those of the classes that it extends among them.
    pub(super) size: u32,
    /// Whether a value has a size other than 0.
    pub(super) has_data: bool,
    /// How an exception is pickled with its fields, and how it comes back.
    pub(super) reduce: Option<&'static Definition>,
    pub(super) restore: Option<&'static FreeDef>,
    pub(super) base: &'static BaseInfo,
    /// `tp_traverse`, if instances may hold objects.
    pub(super) traverse: Option<&'static Traverse>,
    /// The objects that instances own, if the collector visits any.
    pub(super) objects: Option<Objects>,
    /// `tp_destroy`, if there is something to do when an instance dies.
    pub(super) destroy: Option<Destroy>,
    /// `__new__` of a class that has none: as a slot, or as a method for a class that extends a builtin one.
    pub(super) no_new: Option<&'static Definition>,
    pub(super) no_new_method: Option<&'static FreeDef>,
}

/// The properties of a base class.
pub(super) struct BaseInfo {
    pub(super) name: &'static str,
    pub(super) shape: HPyType_BuiltinShape,
    /// Whether a builtin class creates the instances.
    pub(super) builtin: bool,
    /// Whether it has an `__init__` that must not be called with other arguments.
    pub(super) has_init: bool,
    /// Whether it is a class other than `object`.
    pub(super) extended: bool,
    /// Whether it has a Rust value.
    pub(super) in_rust: bool,
    pub(super) class: for<'ctx> fn(Context<'ctx>) -> Result<Option<Handle<'ctx, Type>>>,
}

/// That of a base, one for all classes that extend it.
struct BaseOf<B>(core::marker::PhantomData<B>);

impl<B: Base> BaseOf<B> {
    const INFO: &'static BaseInfo = &BaseInfo::of::<B>();
}

impl BaseInfo {
    const fn of<B: Base>() -> Self {
        BaseInfo {
            name: B::BASE_NAME,
            shape: B::SHAPE,
            builtin: B::BUILTIN,
            has_init: B::HAS_INIT,
            extended: B::SHAPE != hpy_sys::HPyType_BuiltinShape_Object || B::SIZE != 0,
            in_rust: B::SIZE != 0,
            class: B::base_class,
        }
    }
}

impl ClassInfo {
    #[allow(clippy::cast_possible_truncation, reason = "an `int`, as `check_size` sees to it")]
    pub(super) const fn of<T: ClassTable>() -> Self {
        let (defs, methods) = (Definition::erased(T::DEFS), T::METHODS.erased());
        let new = methods.new || T::NEW;
        let builtin = <T::Base as Base>::BUILTIN;
        ClassInfo {
            module: T::MODULE,
            doc: Text::new(T::DOC),
            defs,
            fields: FieldAttribute::erased(T::FIELD_ATTRIBUTES),
            layout: LayoutOf::<T>::LAYOUT,
            methods,
            attributes: T::ATTRIBUTES,
            collection: T::COLLECTION,
            subclass: T::SUBCLASS,
            dict: T::DICT,
            weakref: T::WEAKREF,
            generic: T::GENERIC,
            data: T::DATA,
            size: Payload::<T>::SIZE as u32,
            has_data: core::mem::size_of::<T>() != 0,
            reduce: match T::KEPT {
                Some(kept) => Some(&Definition::erased(core::slice::from_ref(&kept.reduce))[0]),
                None => None,
            },
            restore: match T::KEPT {
                Some(kept) => Some(&kept.restore),
                None => None,
            },
            base: BaseOf::<T::Base>::INFO,
            traverse: if T::GC || <T::Base as Base>::GC || methods.finalize.is_some() {
                Some(&Own::<T>::TRAVERSE)
            } else {
                None
            },
            objects: if T::OBJECTS { Some(Own::<T>::OBJECTS) } else { None },
            destroy: if fill_a_buffer(defs) || fill_a_buffer(methods.defs) {
                Some(Own::<T>::DESTROY_EXPORTER)
            } else if Payload::<T>::NEEDS_DESTROY {
                Some(Own::<T>::DESTROY)
            } else {
                None
            },
            no_new: if new || builtin { None } else { Some(super::dealloc::NO_NEW) },
            no_new_method: if new || !builtin { None } else { Own::<T>::NO_NEW_METHOD },
        }
    }
}

/// Whether they have a `__buffer__`.
const fn fill_a_buffer(defs: &[Definition]) -> bool {
    let mut i = 0;
    while i < defs.len() {
        if defs[i].fills(hpy_sys::HPy_bf_getbuffer) {
            return true;
        }
        i += 1;
    }
    false
}
