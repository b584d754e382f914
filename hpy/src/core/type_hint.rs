//! [`Hint`]: the Python name of a type, for messages and stubs.

use core::fmt;

/// A type in the notation of Python's annotations, built at compile time.
///
/// ```
/// use hpy::{FromPython, Hint};
///
/// assert_eq!(<Option<Vec<i64>> as FromPython>::HINT.to_string(), "Sequence[int] | None");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// A name: `int`.
    Name(&'static str),
    /// A generic type with its arguments: `dict[str, int]`.
    Generic(&'static str, &'static [Hint]),
    /// One of several: `bytes | bytearray`.
    Union(&'static [Hint]),
    /// Something or `None`.
    Optional(&'static Hint),
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, items: &[Hint], separator: &str| {
            items.iter().enumerate().try_for_each(|(i, item)| {
                f.write_str(if i == 0 { "" } else { separator })?;
                item.fmt(f)
            })
        };
        match self {
            Hint::Name(name) => f.write_str(name),
            Hint::Generic(name, arguments) => {
                write!(f, "{name}[")?;
                list(f, arguments, ", ")?;
                f.write_str("]")
            }
            Hint::Union(members) => list(f, members, " | "),
            Hint::Optional(inner) => write!(f, "{inner} | None"),
        }
    }
}
