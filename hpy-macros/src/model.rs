//! What the attributes say, without a token more than spans, types and expressions need.

use proc_macro2::Span;
use syn::{Attribute, Expr, Ident, Path, Type};

/// A function for Python.
pub(crate) struct Function {
    /// The Rust function.
    pub(crate) ident: Ident,
    pub(crate) vis: syn::Visibility,
    /// The name in Python, and where it was written.
    pub(crate) name: (String, Span),
    /// The text of the doc comment.
    pub(crate) doc: String,
    pub(crate) text_signature: TextSignature,
    pub(crate) detach: bool,
    /// The Rust parameters in order.
    pub(crate) args: Vec<Arg>,
    /// The Python parameters in order.
    pub(crate) params: Vec<Param>,
    /// Where errors about the result belong.
    pub(crate) output: Span,
    /// `cfg` attributes.
    pub(crate) cfgs: Vec<Attribute>,
    /// The path of the crate `hpy`.
    pub(crate) krate: Path,
}

/// What a Rust parameter is given.
pub(crate) enum Arg {
    Context,
    Module(Span),
    /// The Python parameter of that index.
    Python(usize),
}

/// A parameter that Python sees.
pub(crate) struct Param {
    pub(crate) name: String,
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    pub(crate) default: Option<Expr>,
    pub(crate) ty: Type,
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

/// What `inspect.signature` is told.
pub(crate) enum TextSignature {
    /// What the parameters say.
    Own,
    /// Another text.
    Text(String),
    /// Nothing.
    Hidden,
}

/// A module for Python.
pub(crate) struct Module {
    /// The name in Python, and where it was written.
    pub(crate) name: (String, Span),
    pub(crate) doc: String,
    pub(crate) gil: bool,
    pub(crate) entries: Vec<Entry>,
    pub(crate) krate: Path,
}

/// One thing of a module.
pub(crate) struct Entry {
    /// The name in Python, where there is one, and where it was written.
    pub(crate) name: Option<(String, Span)>,
    pub(crate) what: What,
    pub(crate) cfgs: Vec<Attribute>,
}

pub(crate) enum What {
    /// A function, by the path to its companion type.
    Function(Path),
    /// A function that was made elsewhere; does it get another name here?
    Export(Path, bool),
    Constant(Ident),
    Init(Ident, Vec<Arg>),
    Global(Ident),
}
