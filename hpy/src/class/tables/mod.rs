//! Tables of a class, as made by `#[class]` and `#[methods]`: [`ClassTable`] and [`Methods`].

mod collection;
mod extendable;
mod extra_slots;
mod static_methods;

use core::ffi::CStr;

use super::Class;
use super::bases::Base;
use crate::call::definition::Definition;
use crate::core::markers::{Any, Type};
use crate::core::{Context, Handle, Result};

pub use collection::{Collection, told};
pub use extendable::Extendable;
pub use extra_slots::{ExtraDef, ExtraMethods};
pub use static_methods::{FreeDef, NewMethod};

/// The table of a class. The macro implements it for the class itself.
pub trait ClassTable: Class {
    /// The docstring.
    const DOC: &'static CStr = c"";
    /// The definitions made by `#[class]`: attributes of `Field`s and derived dunder methods.
    const DEFS: &'static [Definition<Self>] = &[];
    /// The definitions made by `#[methods]`.
    const METHODS: &'static Methods<Self>;
    /// Whether `#[class]` generates a `__new__`.
    const NEW: bool = false;
    /// Whether Python code can subclass it.
    const SUBCLASS: bool = false;
    /// Does it need one of our hosts? Known when the file is built: see [`host_mark`](crate::module::host_mark).
    const OUR_HOST: bool =
        Self::SUBCLASS || Self::METHODS.finalize.is_some() || <Self::Base as Base>::OUR_HOST;
    /// Whether instances have a `__dict__`.
    const DICT: bool = false;
    /// Whether instances support weak references.
    const WEAKREF: bool = false;
    /// Whether it is a sequence or a mapping.
    const COLLECTION: Collection = Collection::Unsaid;
    /// Whether `C[int]` is a `types.GenericAlias`.
    const GENERIC: bool = false;
    /// The value of `__module__`, if it is not the module that contains the class.
    const MODULE: Option<&'static str> = None;
    /// Whether it is an enum with data, whose variants are subclasses.
    const DATA: bool = false;
    /// How an exception is copied and pickled with its fields.
    const KEPT: Option<&'static Kept<Self>> = None;
    /// Sets what `#[class]` makes of attributes of the class itself.
    const ATTRIBUTES: Option<Attributes> = None;
}

/// The definitions that `#[methods]` generates from an `impl` block for the class `C`.
#[derive(Debug)]
#[repr(C)]
pub struct Methods<C: 'static = Any> {
    /// Methods, attributes, and slots that HPy has.
    pub defs: &'static [Definition<C>],
    /// Slots that it lacks.
    pub extras: &'static [ExtraDef<C>],
    /// Static and class methods.
    pub free: &'static [FreeDef],
    /// Reflected operators as methods, for PyPy's own host.
    pub reflected: ExtraMethods<C>,
    /// `__del__`.
    pub finalize: Option<&'static Definition<C>>,
    /// Whether there is a `#[new]`.
    pub new: bool,
    /// It as a static method, for a class that extends a builtin one.
    pub new_method: Option<&'static FreeDef>,
    /// Class attributes.
    pub attributes: Option<Attributes>,
    /// Bits of those methods that tell which collection the class is: see [`told`].
    pub told: u16,
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
        told: 0,
    };

    /// For code that is compiled once.
    pub(in crate::class) const fn erased(&'static self) -> &'static Methods {
        // SAFETY: `repr(C)`, as are the definitions, and the class is no part of the layout.
        unsafe { &*core::ptr::from_ref(self).cast() }
    }
}

/// The methods of a class that has none; what `#[methods]` writes comes before it.
pub trait MayHaveMethods: Sized + 'static {
    /// None.
    const ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE: &'static Methods<Self> = &Methods::NONE;
}

impl<T: 'static> MayHaveMethods for T {}

/// The methods of an exception that is copied and pickled with its fields.
#[derive(Debug)]
pub struct Kept<C> {
    pub(crate) reduce: Definition<C>,
    pub(crate) restore: FreeDef,
}
