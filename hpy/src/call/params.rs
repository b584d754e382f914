//! [`Params`]: the parameters of a function, as its generated code and messages need them.

use core::ffi::CStr;

use crate::core::markers::PythonType;

/// The parameters of a function as Python sees them, without `*args` and `**kwargs`.
///
/// One of these stands in the file for each function, so it has few pointers: each takes 24 bytes more than its own eight,
/// for the loader.
#[derive(Clone, Copy, Debug)]
pub struct Params {
    /// The class of a method or constructor, as Python knows it; empty for a function.
    pub class: &'static str,
    /// The name of the function, empty for a constructor; then those of all parameters, the keyword-only ones last. Each
    /// ends with NUL, and before each parameter's stands `!` if it is required, else `?`.
    pub names: &'static [u8],
    /// Bytes of the function's name and its NUL.
    pub own: u16,
    /// How many parameters there are.
    pub count: u16,
    /// How many of them can't be given by keyword.
    pub positional_only: u16,
    /// How many of them can be given by position.
    pub positional: u16,
    /// How many of the positional ones have no default.
    pub required_positional: u16,
    /// Is one of the keyword-only ones required?
    pub required_keyword: bool,
    /// Is there a `*args`?
    pub varargs: bool,
    /// Is there a `**kwargs`?
    pub kwargs: bool,
}

/// The name of a function in messages, as Python's `__qualname__` has it; for a constructor, that of the class.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FunctionName(&'static Params);

impl core::fmt::Display for FunctionName {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let (class, name) = (self.0.class, text(self.0.own_name()));
        let dot = if class.is_empty() || name.is_empty() { "" } else { "." };
        write!(f, "{class}{dot}{name}")
    }
}

/// The name that Python knows a class by.
pub const fn name_of_class<C: PythonType>() -> &'static str {
    C::NAME
}

/// A name of a table, which the macro wrote as a `str`.
pub(super) fn text(name: &[u8]) -> &str {
    core::str::from_utf8(name).unwrap_or("?")
}

/// Splits at the first NUL.
fn split(names: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = names.iter().position(|&byte| byte == 0)?;
    Some((&names[..end], &names[end + 1..]))
}

impl Params {
    /// Those of a function that does not look at them. `names` is its name and a NUL.
    #[allow(clippy::cast_possible_truncation)] // the name of a function of this crate
    pub(crate) const fn anything(names: &'static [u8]) -> Self {
        Params {
            class: "",
            names,
            own: names.len() as u16,
            count: 0,
            positional_only: 0,
            positional: 0,
            required_positional: 0,
            required_keyword: false,
            varargs: true,
            kwargs: true,
        }
    }

    /// The name of the function, for messages.
    pub(crate) fn function(&'static self) -> FunctionName {
        FunctionName(self)
    }

    /// The name of the function as hosts read it.
    pub(super) fn c_name(&self) -> &'static CStr {
        CStr::from_bytes_until_nul(self.names).unwrap_or_default()
    }

    fn own_name(&self) -> &'static [u8] {
        let end = usize::from(self.own).saturating_sub(1);
        self.names.get(..end).unwrap_or_default()
    }

    /// The bytes behind the function's name: for each parameter, if it is required, its name, and NUL.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn parameters(&self) -> &'static [u8] {
        self.names.get(usize::from(self.own)..).unwrap_or_default()
    }

    /// The name of each parameter, and whether it is required.
    pub(super) fn each(&self) -> impl Iterator<Item = (&'static [u8], bool)> {
        let mut rest = self.parameters();
        core::iter::from_fn(move || {
            let (one, next) = split(rest)?;
            rest = next;
            let (mark, name) = one.split_first()?;
            Some((name, *mark == b'!'))
        })
    }

    /// The name of a parameter.
    pub(crate) fn name(&self, index: usize) -> &'static str {
        self.each().nth(index).map_or("?", |(name, _)| text(name))
    }
}
