//! [`Flag`] and [`Flags`]: enums made by Python's `enum` module whose members can be combined.

use core::fmt;
use core::marker::PhantomData;
use core::ops::{BitAnd, BitOr, BitOrAssign};

use super::py_enum::Enumeration;
use super::py_enum_class::{enumeration_class, flags_value, member_object};
use crate::core::exceptions::ValueError;
use crate::core::{Context, Error, FromPython, Handle, Hint, IntoPython, Result};

/// A Rust enum that is an `enum.Flag` or `enum.IntFlag` in Python, whose members can be combined.
#[diagnostic::on_unimplemented(
    message = "the members of `{Self}` can't be combined",
    label = "not a flag",
    note = "write `#[hpy::enumeration(base = \"Flag\")]` or `base = \"IntFlag\"` above the enum"
)]
pub trait Flag: Enumeration {
    /// Returns the bits of the member, its discriminant.
    fn bits(&self) -> u64;
}

/// A combination of any number of flags, like the result of `|` in Python.
///
/// ```
/// #[hpy::module]
/// mod files {
///     use hpy::Flags;
///
///     #[enumeration(base = "IntFlag")]
///     enum Mode {
///         Read = 4,
///         Write = 2,
///         Execute = 1,
///     }
///
///     #[function]
///     fn without_write(mode: Flags<Mode>) -> Flags<Mode> {
///         if mode.contains(Mode::Read) { Mode::Read | Mode::Execute } else { Flags::empty() }
///     }
/// }
/// # fn main() {}
/// ```
pub struct Flags<T> {
    bits: u64,
    of: PhantomData<fn() -> T>,
}

impl<T: Flag> Flags<T> {
    /// Returns the combination of no flags.
    pub const fn empty() -> Self {
        Flags { bits: 0, of: PhantomData }
    }

    /// Returns the combination of all flags.
    pub fn all() -> Self {
        T::MEMBERS.iter().map(T::same).collect()
    }

    /// Returns the combination with these bits, or `None` if some of the bits belong to no member.
    pub fn from_bits(bits: u64) -> Option<Self> {
        (bits & !Self::all().bits == 0).then_some(Flags { bits, of: PhantomData })
    }

    /// Returns the bits.
    pub const fn bits(self) -> u64 {
        self.bits
    }

    /// Returns whether the combination has no flags.
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Returns whether it contains all bits of a flag or of a combination.
    pub fn contains(self, flags: impl Into<Self>) -> bool {
        let wanted = flags.into().bits;
        self.bits & wanted == wanted
    }

    /// Adds a flag or a combination.
    pub fn insert(&mut self, flags: impl Into<Self>) {
        self.bits |= flags.into().bits;
    }

    /// Removes a flag or a combination.
    pub fn remove(&mut self, flags: impl Into<Self>) {
        self.bits &= !flags.into().bits;
    }

    /// Returns the members whose bits are all set, in order. Members without bits are left out.
    pub fn iter(self) -> impl Iterator<Item = T> {
        T::MEMBERS
            .iter()
            .filter(move |flag| flag.bits() != 0 && self.bits & flag.bits() == flag.bits())
            .map(T::same)
    }
}

impl<T: Flag> From<T> for Flags<T> {
    fn from(flag: T) -> Self {
        Flags { bits: flag.bits(), of: PhantomData }
    }
}

impl<T: Flag> FromIterator<T> for Flags<T> {
    fn from_iter<I: IntoIterator<Item = T>>(flags: I) -> Self {
        flags.into_iter().fold(Self::empty(), |all, flag| all | flag)
    }
}

impl<T: Flag, U: Into<Flags<T>>> BitOr<U> for Flags<T> {
    type Output = Flags<T>;

    fn bitor(self, other: U) -> Flags<T> {
        Flags { bits: self.bits | other.into().bits, of: PhantomData }
    }
}

impl<T: Flag, U: Into<Flags<T>>> BitOrAssign<U> for Flags<T> {
    fn bitor_assign(&mut self, other: U) {
        self.bits |= other.into().bits;
    }
}

impl<T: Flag, U: Into<Flags<T>>> BitAnd<U> for Flags<T> {
    type Output = Flags<T>;

    fn bitand(self, other: U) -> Flags<T> {
        Flags { bits: self.bits & other.into().bits, of: PhantomData }
    }
}

impl<T> Clone for Flags<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Flags<T> {}

impl<T> PartialEq for Flags<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}

impl<T> Eq for Flags<T> {}

impl<T> core::hash::Hash for Flags<T> {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.bits.hash(state);
    }
}

impl<T: Flag> Default for Flags<T> {
    /// None.
    fn default() -> Self {
        Flags::empty()
    }
}

impl<T: Flag> fmt::Debug for Flags<T> {
    /// The names in Python, as Python writes them: `READ|WRITE`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(|flag| flag.variant().name()).collect();
        f.write_str(if names.is_empty() { "0" } else { "" })?;
        f.write_str(&names.join("|"))
    }
}

impl<'ctx, T: Flag> FromPython<'_, 'ctx> for Flags<T> {
    type Error = Error;
    const HINT: Hint = Hint::Name(<T as Enumeration>::NAME);

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        let number = flags_value(value.downcast::<T>()?.as_any())?;
        // Before Python 3.11 `~flag` of an `IntFlag` is negative: all other bits.
        let bits = if number < 0 { number & i128::from(Self::all().bits) } else { number };
        u64::try_from(bits).ok().and_then(Self::from_bits).ok_or_else(|| {
            Error::new::<ValueError>(format!(
                "{number} has bits that no member of {} has",
                <T as Enumeration>::NAME
            ))
        })
    }
}

impl<'ctx, T: Flag> IntoPython<'ctx> for Flags<T> {
    type Target = T;
    type Error = Error;

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, T>> {
        match T::MEMBERS.iter().find(|flag| flag.bits() == self.bits) {
            Some(flag) => member_object(ctx, flag),
            None => enumeration_class::<T>(ctx)?.call((self.bits,))?.downcast_into(),
        }
    }
}
