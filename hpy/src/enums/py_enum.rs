//! [`Enumeration`]: enums made by Python's `enum` module.

use core::ffi::CStr;

use super::variant::Variants;
use crate::class::type_slot::TypeSlot;
use crate::core::markers::PythonType;
use crate::core::{Context, Handle, Result};

/// A Rust enum that is an `enum.Enum` in Python. Implemented by [`#[hpy::enumeration]`](macro@crate::enumeration) only.
///
/// ```
/// #[hpy::module]
/// mod weather {
///     /// What falls.
///     #[enumeration(base = "StrEnum", rename_all = "SCREAMING_SNAKE_CASE")]
///     enum Sky {
///         Rain,
///         LightSnow,
///     }
///
///     #[function]
///     fn is_white(sky: Sky) -> bool {
///         matches!(sky, Sky::LightSnow)
///     }
/// }
/// # fn main() {}
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an enum of Python's own kind",
    label = "not made with `#[hpy::enumeration]`",
    note = "write `#[hpy::enumeration]` above the enum"
)]
pub trait Enumeration: Variants + PythonType {
    /// The name in Python, without the module.
    const NAME: &'static str;

    /// The class in Python's module `enum`.
    #[doc(hidden)]
    const BASE: &'static str;

    /// The value of `__module__`, if it is not the module that contains the class.
    #[doc(hidden)]
    const MODULE: Option<&'static str>;

    /// The docstring.
    #[doc(hidden)]
    const DOC: &'static CStr;

    /// All members, in order.
    const MEMBERS: &'static [Self];

    /// A copy.
    #[doc(hidden)]
    fn same(&self) -> Self;

    /// The member's `value` in Python.
    ///
    /// # Errors
    ///
    /// Returns the error of its conversion.
    fn value<'ctx>(&self, ctx: Context<'ctx>) -> Result<Handle<'ctx>>;

    /// The class in the running interpreter.
    #[doc(hidden)]
    fn slot() -> &'static TypeSlot<Self>;
}
