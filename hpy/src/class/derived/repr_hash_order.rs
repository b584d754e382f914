//! `__repr__`, `__str__`, `__hash__` and comparisons, as derived by options of `#[class]`.

use core::cmp::Ordering;
use core::fmt::Display;
use core::hash::{Hash, Hasher};

use crate::class::Class;
use crate::core::{Ref, Result};
use crate::types::object::CompareOp;

/// Does the order of two values answer the comparison with yes? Values without an order are neither less nor greater.
#[must_use]
pub fn ordered(op: CompareOp, order: Option<Ordering>) -> bool {
    match op {
        CompareOp::Lt => order.is_some_and(Ordering::is_lt),
        CompareOp::Le => order.is_some_and(Ordering::is_le),
        CompareOp::Gt => order.is_some_and(Ordering::is_gt),
        CompareOp::Ge => order.is_some_and(Ordering::is_ge),
        CompareOp::Eq => order.is_some_and(Ordering::is_eq),
        CompareOp::Ne => !order.is_some_and(Ordering::is_eq),
    }
}

/// The hash of a value; the same in every process.
#[must_use]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a word of the hash is one, too"
)]
pub fn hash_of<T: Hash>(value: &T) -> isize {
    let mut hasher = std::hash::DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish() as isize
}

/// `str(self)` of a value.
pub fn display<T: Display>(value: &T) -> String {
    value.to_string()
}

/// `Name(`.
///
/// # Errors
///
/// Returns the exception raised by Python.
pub fn begin_repr<T: Class>(this: &Ref<'_, '_, T>) -> Result<String> {
    Ok(format!("{}(", this.type_()?.name()?))
}

/// `, name=repr(value)`; `before` is all that stands before the value.
///
/// # Errors
///
/// Returns the exception raised by Python.
pub fn add_repr<T: Class>(text: &mut String, this: &Ref<'_, '_, T>, before: &str, name: &str) -> Result<()> {
    let value = this.getattr(name)?.repr()?;
    text.push_str(before);
    text.push_str(&value.to_string()?);
    Ok(())
}
