//! Model of a type that derives `FromPython` or `IntoPython`.

use syn::{Expr, Generics, Ident, Path, Type};

/// A type that converts.
pub(crate) struct Convert {
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) krate: Path,
    pub(crate) shape: ConvertShape,
}

pub(crate) enum ConvertShape {
    Struct(ConvertFields),
    /// By its variants.
    Enum(Vec<(Ident, ConvertFields)>),
}

/// The fields of a struct or of a variant.
pub(crate) struct ConvertFields {
    pub(crate) form: Form,
    pub(crate) fields: Vec<ConvertField>,
}

/// Their form in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The same as the only field.
    Transparent,
    /// A tuple.
    Tuple,
    /// Attributes of an object, or items of a mapping; a dict.
    Named,
}

pub(crate) struct ConvertField {
    pub(crate) member: syn::Member,
    pub(crate) ty: Type,
    /// Its name or key in Python.
    pub(crate) key: String,
    /// Is it found by `value[key]`?
    pub(crate) item: bool,
    pub(crate) default: FieldDefault,
    /// The function that converts it, instead of `FromPython`.
    pub(crate) with: Option<Path>,
}

/// The value of a field that is missing in Python.
pub(crate) enum FieldDefault {
    None,
    /// `Default::default()`
    OfType,
    Expr(Expr),
}
