//! Model of a class and of its methods.

use proc_macro2::{Span, TokenStream};
use syn::{GenericArgument, Ident, Path, Type, Visibility};

use super::{Arg, Cfgs, Doc, Function, Name, Param};
use crate::protocol::Dunder;

/// A class for Python.
pub(crate) struct Class {
    pub(crate) ident: Ident,
    pub(crate) name: Name,
    /// The module in Python, if it is not the one that the class is in.
    pub(crate) module: Option<Name>,
    pub(crate) doc: Doc,
    /// The base class, if it is not `object`.
    pub(crate) extends: Option<Path>,
    pub(crate) options: ClassFlags,
    pub(crate) members: Vec<Member>,
    /// Those of an enum.
    pub(crate) variants: Option<Variants>,
    /// `ident` is an alias: its visibility, and what for.
    pub(crate) alias: Option<(Visibility, TokenStream)>,
    /// Has it type parameters? That is a mistake.
    pub(crate) generic: bool,
    pub(crate) cfgs: Cfgs,
    pub(crate) krate: Path,
}

impl Class {
    /// A class with errors, reduced to what other code needs.
    pub(crate) fn without_mistakes(mut self) -> Option<Self> {
        let unsendable = Some(self.ident.span());
        self.options = ClassFlags { unsendable, frozen: self.options.frozen, ..ClassFlags::default() };
        self.members.clear();
        self.variants = None;
        self.extends = None;
        self.options.new_from_fields = None;
        (!self.generic).then_some(self)
    }
}

/// The options that are there or not; with their places.
#[derive(Default)]
pub(crate) struct ClassFlags {
    pub(crate) frozen: Option<Span>,
    pub(crate) subclass: Option<Span>,
    pub(crate) unsendable: Option<Span>,
    /// Instances have a `__dict__`.
    pub(crate) dict: Option<Span>,
    /// Weak references to instances can be made.
    pub(crate) weakref: Option<Span>,
    /// The meaning of items, which selects the slots of sequences or those of mappings.
    pub(crate) sequence: Option<Span>,
    pub(crate) mapping: Option<Span>,
    /// `C[int]` is an alias of types.
    pub(crate) generic: Option<Span>,
    pub(crate) get_all: Option<Span>,
    pub(crate) set_all: Option<Span>,
    pub(crate) eq: Option<Span>,
    pub(crate) eq_int: Option<Span>,
    pub(crate) ord: Option<Span>,
    pub(crate) hash: Option<Span>,
    pub(crate) repr: Option<Span>,
    pub(crate) str: Option<Span>,
    pub(crate) copy: Option<Span>,
    pub(crate) pickle: Option<Span>,
    pub(crate) replace: Option<Span>,
    pub(crate) match_args: Option<Span>,
    /// `from_py_object`: values are cloned out of instances.
    pub(crate) extract: Option<Span>,
    /// `new = "from_fields"`
    pub(crate) new_from_fields: Option<Span>,
}

/// One of the types that a generic struct is a class for.
#[derive(Clone)]
pub(crate) struct Instance {
    /// Its name, in Rust and in Python.
    pub(crate) ident: Ident,
    pub(crate) args: Vec<GenericArgument>,
}

/// A field of the struct.
pub(crate) struct Member {
    /// Its name, or its index in a tuple struct.
    pub(crate) member: syn::Member,
    pub(crate) ty: Type,
    /// Its name in Python.
    pub(crate) name: Name,
    pub(crate) get: bool,
    pub(crate) set: bool,
    pub(crate) doc: Doc,
    /// Is it, by its name, a `Field` of HPy's?
    pub(crate) is_field: bool,
}

/// The variants of an enum.
pub(crate) enum Variants {
    /// None has data: each is an instance.
    Units {
        units: Vec<Unit>,
        /// The integer type of their numbers.
        repr: Ident,
    },
    /// Some have data: each is a class, which inherits from that of the enum.
    Data(Vec<Variant>),
}

/// A variant with data, or with none among such.
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) name: Name,
    pub(crate) doc: Doc,
    pub(crate) cfgs: Cfgs,
    /// Is it like a tuple?
    pub(crate) tuple: bool,
    pub(crate) members: Vec<Member>,
    /// The parameters of the constructor; and for each field, which of them it is given.
    pub(crate) params: Vec<Param>,
    pub(crate) args: Vec<Arg>,
}

/// A variant without data.
pub(crate) struct Unit {
    pub(crate) ident: Ident,
    pub(crate) name: Name,
    pub(crate) cfgs: Cfgs,
}

/// The methods of a class, from one or more `impl` blocks.
pub(crate) struct Methods {
    /// The class.
    pub(crate) ident: Ident,
    pub(crate) methods: Vec<Method>,
    pub(crate) cfgs: Cfgs,
    pub(crate) krate: Path,
}

/// One of them.
pub(crate) struct Method {
    pub(crate) what: MethodKind,
    pub(crate) function: Function,
}

pub(crate) enum MethodKind {
    New,
    Plain,
    Static,
    Class,
    Getter,
    Setter,
    Deleter,
    /// A class attribute, by a function or a constant.
    Attribute {
        constant: bool,
    },
    Init,
    Call,
    /// A dunder method that fills a slot.
    Slot(&'static Dunder),
}
