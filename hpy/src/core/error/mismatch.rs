//! Errors of conversions: the expected type, the actual type, and where in the argument.

use std::fmt;

use hpy_sys::HPy;

use super::{Error, Result, State};
use crate::core::handle::Handle;
use crate::core::markers::{Any, Type};

/// A value of the wrong type: the expected type, the actual type, and the place inside the argument.
pub(super) struct Mismatch {
    expected: String,
    actual: String,
    place: String,
    /// The handle that was not converted, to be compared with other open ones only: a user's conversion may fail for an
    /// object that it got from its own.
    value: isize,
}

impl Mismatch {
    /// Returns the message without an argument's name.
    pub(super) fn alone(&self) -> String {
        if self.place.is_empty() {
            format!("must be {}, not {}", self.expected, self.actual)
        } else {
            self.to_string()
        }
    }

    /// Returns whether the mismatch is about that object itself.
    fn is_of(&self, value: HPy) -> bool {
        self.place.is_empty() && self.value == value._i
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.place.is_empty() { "a value of it" } else { &self.place };
        write!(f, "{place} must be {}, not {}", self.expected, self.actual)
    }
}

/// `type(value).__qualname__`, with the module unless that is `builtins`; `object` for a type that does not tell.
///
/// # Errors
///
/// Those of [`Error::must_propagate`] only.
pub(crate) fn type_name(value: &Handle<'_, Any>) -> Result<String> {
    let name = || -> Result<String> {
        let ty = value.type_()?;
        let (name, module) = (text_of(&ty, "__qualname__")?, text_of(&ty, "__module__")?);
        Ok(if module == "builtins" || module == "__main__" { name } else { format!("{module}.{name}") })
    };
    if value.is_none() {
        return Ok("None".to_owned());
    }
    match name() {
        Err(error) if !error.must_propagate(value.ctx()) => Ok("object".to_owned()),
        name => name,
    }
}

#[inline(never)]
fn text_of(ty: &Handle<'_, Type>, name: &str) -> Result<String> {
    ty.getattr(name)?.extract()
}

impl Error {
    /// Returns the expected type, if the error says no more than that `value` has another one.
    pub(crate) fn expected_of(&self, value: HPy) -> Option<&str> {
        match &*self.0 {
            State::Mismatch(mismatch) if mismatch.is_of(value) => Some(&mismatch.expected),
            _ => None,
        }
    }

    /// Adds `None` to the expected types.
    #[cold]
    pub(crate) fn or_none(mut self, value: HPy) -> Self {
        match &mut *self.0 {
            State::Mismatch(mismatch) if mismatch.is_of(value) => mismatch.expected.push_str(" | None"),
            _ => {}
        }
        self
    }

    /// Creates the error for a value of the wrong type. It surfaces as a `TypeError` naming the argument, the expected type (as
    /// Python writes types) and the actual type.
    #[cold]
    pub fn type_mismatch<T>(expected: impl Into<String>, value: &Handle<'_, T>) -> Self {
        match type_name(value.as_any()) {
            Ok(actual) => {
                let (expected, place, value) = (expected.into(), String::new(), value.as_raw()._i);
                Error::with(State::Mismatch(Mismatch { expected, actual, place, value }))
            }
            Err(error) => error,
        }
    }

    /// Adds where in a container the conversion of `value` failed: `item 3`, `key`.
    #[cold]
    pub(crate) fn at(mut self, place: impl fmt::Display, value: HPy) -> Self {
        match &mut *self.0 {
            State::Mismatch(m) if m.is_of(value) => m.place = place.to_string(),
            State::Mismatch(m) if m.place.is_empty() => m.place = format!("{place}, a value of it"),
            State::Mismatch(m) => m.place = format!("{place}, {}", m.place),
            State::New { message, .. } => *message = format!("{place}: {message}").into(),
            State::Args { .. } | State::Raised { .. } | State::Pending(_) | State::Deferred(_) => {}
        }
        self
    }

    /// Names the attribute in an error of a conversion; leaves what Python raised as it is.
    #[cold]
    pub(crate) fn for_attribute(mut self, attribute: &str, value: HPy) -> Self {
        match &mut *self.0 {
            State::Mismatch(m) if m.is_of(value) => {
                let message = format!("attribute '{attribute}' must be {}, not {}", m.expected, m.actual);
                Error::new::<crate::core::exceptions::TypeError>(message)
            }
            State::Mismatch(m) => {
                Error::new::<crate::core::exceptions::TypeError>(format!("attribute '{attribute}': {m}"))
            }
            State::New { message, .. } => {
                *message = format!("attribute '{attribute}': {message}").into();
                self
            }
            State::Args { .. } | State::Raised { .. } | State::Pending(_) | State::Deferred(_) => self,
        }
    }

    /// Names the function and its argument in an error of a conversion; leaves what Python raised as it is.
    #[cold]
    pub(crate) fn for_argument(
        mut self,
        function: &dyn fmt::Display,
        argument: &str,
        expected: &dyn fmt::Display,
        value: HPy,
    ) -> Self {
        // A number stands for an argument without a name.
        let quote = if argument.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "'" };
        match &mut *self.0 {
            State::Mismatch(m) => {
                let message = if m.is_of(value) {
                    format!(
                        "{function}() argument {quote}{argument}{quote} must be {}, not {}",
                        m.expected, m.actual
                    )
                } else {
                    format!("{function}() argument {quote}{argument}{quote} must be {expected}: {m}")
                };
                Error::new::<crate::core::exceptions::TypeError>(message)
            }
            State::New { message, .. } => {
                *message = format!("{function}() argument {quote}{argument}{quote}: {message}").into();
                self
            }
            State::Args { .. } | State::Raised { .. } | State::Pending(_) | State::Deferred(_) => self,
        }
    }
}
