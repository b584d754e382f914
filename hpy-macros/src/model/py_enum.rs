//! Model of an enum made by Python's `enum` module.

use proc_macro2::Span;
use syn::{Expr, Ident, Path};

use super::{Cfgs, Doc, Name};

/// A Rust enum that is an `enum.Enum` in Python.
pub(crate) struct Enumeration {
    pub(crate) ident: Ident,
    pub(crate) name: Name,
    /// The module in Python, if it is not the one that the class is in.
    pub(crate) module: Option<Name>,
    pub(crate) doc: Doc,
    pub(crate) base: EnumBase,
    pub(crate) members: Vec<EnumMember>,
    /// The integer type of the members' numbers.
    pub(crate) repr: Ident,
    pub(crate) cfgs: Cfgs,
    pub(crate) krate: Path,
}

/// The class in Python's module `enum`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EnumBase {
    Enum,
    IntEnum,
    StrEnum,
    Flag,
    IntFlag,
}

impl EnumBase {
    pub(crate) const ALL: [(&'static str, EnumBase); 5] = [
        ("Enum", EnumBase::Enum),
        ("IntEnum", EnumBase::IntEnum),
        ("StrEnum", EnumBase::StrEnum),
        ("Flag", EnumBase::Flag),
        ("IntFlag", EnumBase::IntFlag),
    ];

    /// Its name in Python.
    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, base)| *base == self).map_or("Enum", |(name, _)| name)
    }

    /// Can members be combined?
    pub(crate) fn is_flag(self) -> bool {
        matches!(self, EnumBase::Flag | EnumBase::IntFlag)
    }
}

/// A member.
pub(crate) struct EnumMember {
    pub(crate) ident: Ident,
    pub(crate) name: Name,
    /// `#[hpy(value = …)]`
    pub(crate) value: Option<Expr>,
    /// Where its number is written, if it is.
    pub(crate) number: Option<Span>,
    pub(crate) cfgs: Cfgs,
}
