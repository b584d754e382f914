//! Model of the items, as the attributes describe them. No tokens but spans, types and expressions.

mod class;
mod convert;
mod py_enum;

pub(crate) use class::{
    Class, ClassFlags, Instance, Member, Method, MethodKind, Methods, Unit, Variant, Variants,
};
pub(crate) use convert::{Convert, ConvertField, ConvertFields, ConvertShape, FieldDefault, Form};
pub(crate) use py_enum::{EnumBase, EnumMember, Enumeration};

use proc_macro2::{Span, TokenStream};
use syn::{Expr, Ident, Path, Type, Visibility};

/// A name in Python, and where it was written.
#[derive(Clone)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// A function for Python.
pub(crate) struct Function {
    /// The Rust function.
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) name: Name,
    pub(crate) doc: Doc,
    pub(crate) text_signature: TextSignature,
    /// Does it run while other Python threads may?
    pub(crate) detach: bool,
    /// The trait that it is a method of.
    pub(crate) of_trait: Option<Path>,
    /// The receiver.
    pub(crate) this: This,
    /// The Rust parameters in order, without `self`.
    pub(crate) args: Vec<Arg>,
    /// The Python parameters in order.
    pub(crate) params: Vec<Param>,
    /// The span for errors about the result.
    pub(crate) output: Span,
    /// Does the result certainly borrow from nothing? Then borrows end before it is converted.
    pub(crate) owned_output: bool,
    pub(crate) cfgs: Cfgs,
    /// The path of the crate `hpy`.
    pub(crate) krate: Path,
}

/// The receiver of a function.
#[derive(Clone)]
pub(crate) enum This {
    /// It is a function of a module.
    Module,
    /// An instance of that class, and how the method borrows its value, if it does.
    Instance(Ident, Option<Receiver>),
    /// That class, or a subclass.
    Class(Ident),
    /// Nothing: a static method of that class.
    Nothing(Ident),
}

/// `&self` or `&mut self`, and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Receiver {
    pub(crate) mutable: bool,
    pub(crate) span: Span,
}

/// The source of a Rust parameter's value. Spans are those of its type.
#[derive(Clone, Copy)]
pub(crate) enum Arg {
    Context(Span),
    Module(Span),
    /// The instance or class that a method was called on.
    This(Span),
    /// The comparison operator.
    CompareOp,
    /// The Python parameter of that index.
    Python(usize),
}

/// A parameter that Python sees.
pub(crate) struct Param {
    pub(crate) name: Name,
    pub(crate) kind: Kind,
    pub(crate) default: Option<Expr>,
    /// Its type, with `'_` for the lifetimes of the function.
    pub(crate) ty: Type,
    /// The function that converts it, instead of `FromPython`.
    pub(crate) with: Option<Path>,
}

/// How Python gives a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    PositionalOnly,
    Positional,
    VarArgs,
    KeywordOnly,
    KwArgs,
}

/// The signature that `inspect.signature` shows.
pub(crate) enum TextSignature {
    /// Derived from the parameters.
    Own,
    /// Another text.
    Text(String),
    /// Nothing.
    Hidden,
}

/// A module for Python.
pub(crate) struct Module {
    pub(crate) name: Name,
    pub(crate) doc: Doc,
    /// Does it rely on the GIL?
    pub(crate) gil: bool,
    /// Must loaders take the embedded host?
    pub(crate) embedded: bool,
    /// Is it a part of another module?
    pub(crate) submodule: bool,
    pub(crate) entries: Vec<Entry>,
    pub(crate) krate: Path,
}

/// One thing of a module.
pub(crate) struct Entry {
    /// The name in Python, where there is one.
    pub(crate) name: Option<Name>,
    pub(crate) what: What,
    pub(crate) cfgs: Cfgs,
}

pub(crate) enum What {
    Function(Box<Function>),
    Class(Box<Class>),
    Methods(Box<Methods>),
    Enumeration(Box<Enumeration>),
    /// An enum of Python's own kind that was made elsewhere, by its name here.
    ExportEnumeration(Ident),
    /// A class that was made elsewhere, by its name here.
    ExportClass(Ident),
    /// A function that was made elsewhere, by its name here.
    Export {
        ident: Ident,
        renamed: bool,
    },
    /// A constant, and the place of its type.
    Constant(Ident, Span),
    Init {
        ident: Ident,
        args: Vec<Arg>,
        /// The span for errors about the result.
        output: Span,
    },
    Global(Ident),
    /// A module in this one, by its name here; its name in Python, if that is not the module's own.
    Submodule(Ident, Option<Name>),
}

/// `#[cfg(…)]` and `#[cfg_attr(…, cfg(…))]` of an item, to be repeated on what is made of it.
#[derive(Clone, Default)]
pub(crate) struct Cfgs(pub(crate) Vec<TokenStream>);

/// A documentation text in pieces, each of whole lines.
#[derive(Clone, Default)]
pub(crate) struct Doc(pub(crate) Vec<DocPart>);

#[derive(Clone)]
pub(crate) enum DocPart {
    Text(String),
    /// An expression of type `&'static str`, such as `include_str!("…")`; and the condition under which it is there.
    Expr(Option<TokenStream>, TokenStream),
}
