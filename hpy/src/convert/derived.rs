//! Support for the derives of `FromPython` and `IntoPython`.

use crate::core::exceptions::{AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError};
use crate::core::markers::{Dict, Tuple};
use crate::core::{Context, Error, FromPython, Handle, Hint, IntoPython, Result};

/// Converts a field.
///
/// # Errors
///
/// Returns the error of the conversion.
pub fn converted<'ctx, T: for<'a> FromPython<'a, 'ctx>>(value: &Handle<'ctx>) -> Result<T> {
    value.extract()
}

/// Converts a field by a function.
///
/// # Errors
///
/// The function's own.
pub fn converted_with<'ctx, T, E: Into<Error>>(
    value: &Handle<'ctx>,
    with: impl for<'a> FnOnce(&'a Handle<'ctx>) -> core::result::Result<T, E>,
) -> Result<T> {
    with(value).map_err(Into::into)
}

/// The one field, which is the value itself.
///
/// # Errors
///
/// Returns the error of the conversion.
pub fn whole<'ctx, T>(value: &Handle<'ctx>, convert: impl FnOnce(&Handle<'ctx>) -> Result<T>) -> Result<T> {
    convert(value)
}

/// The value as a tuple with that many items; `copy` keeps one that had to be made.
///
/// # Errors
///
/// It is none.
pub fn tuple_of<'a, 'ctx>(
    value: &'a Handle<'ctx>,
    count: usize,
    hint: &Hint,
    copy: &'a mut Option<Handle<'ctx>>,
) -> Result<&'a Handle<'ctx, Tuple>> {
    super::tuple::checked(value, count, hint, copy)
}

/// An item of it.
///
/// # Errors
///
/// Returns the error of the conversion, with the item named.
pub fn tuple_item<'ctx, T>(
    tuple: &Handle<'ctx, Tuple>,
    index: usize,
    convert: impl FnOnce(&Handle<'ctx>) -> Result<T>,
) -> Result<T> {
    let value = tuple.item(index)?;
    convert(&value).map_err(|error| error.at(format_args!("item {index}"), value.as_raw()))
}

/// An attribute, if there is one of that name.
///
/// # Errors
///
/// Returns any other exception raised by the lookup.
pub fn attribute_of<'ctx>(value: &Handle<'ctx>, name: &str) -> Result<Option<Handle<'ctx>>> {
    match value.getattr(name) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.is_instance_of::<AttributeError>(value.ctx()) => Ok(None),
        Err(error) => Err(error),
    }
}

/// An item, if there is one with that key.
///
/// # Errors
///
/// Returns any other exception raised by the lookup.
pub fn item_of<'ctx>(value: &Handle<'ctx>, key: &str) -> Result<Option<Handle<'ctx>>> {
    let ctx = value.ctx();
    match value.getitem(key) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.is_instance_of::<KeyError>(ctx) || error.is_instance_of::<IndexError>(ctx) => {
            Ok(None)
        }
        // No mapping: the text can't be a key of a list, and an `int` has no items.
        Err(error) if error.is_instance_of::<TypeError>(ctx) => {
            drop(error);
            Err(Error::type_mismatch("a mapping", value))
        }
        Err(error) => Err(error),
    }
}

/// Creates the error for a missing attribute or item.
#[cold]
pub fn missing(value: &Handle<'_>, key: &str, item: bool) -> Error {
    let expected =
        if item { format!("a mapping with '{key}'") } else { format!("an object with an attribute '{key}'") };
    Error::type_mismatch(expected, value)
}

/// The field that was found.
///
/// # Errors
///
/// Returns the error of the conversion, with the field named.
pub fn named_field<'ctx, T>(
    found: &Handle<'ctx>,
    key: &str,
    item: bool,
    convert: impl FnOnce(&Handle<'ctx>) -> Result<T>,
) -> Result<T> {
    let what = if item { "item" } else { "attribute" };
    convert(found).map_err(|error| error.at(format_args!("{what} '{key}'"), found.as_raw()))
}

/// The reasons why the variants of an enum did not fit.
#[derive(Debug, Default)]
pub struct Failed {
    /// The first error that says more than that the type is another one.
    error: Option<Error>,
    /// The types expected by the other errors.
    expected: Vec<String>,
}

/// A variant did not fit.
///
/// # Errors
///
/// The error is not about the value.
#[cold]
pub fn next_variant(value: &Handle<'_>, failed: &mut Failed, error: Error) -> Result<()> {
    let ctx = value.ctx();
    let about_the_value = error.is_instance_of::<TypeError>(ctx)
        || error.is_instance_of::<ValueError>(ctx)
        || error.is_instance_of::<OverflowError>(ctx);
    if !about_the_value {
        return Err(error);
    }
    if let Some(expected) = error.expected_of(value.as_raw()) {
        if !failed.expected.iter().any(|known| known == expected) {
            failed.expected.push(expected.to_owned());
        }
    } else if failed.error.is_none() && !error.is_pending() {
        // One that is pending would be in the way of the next conversion.
        failed.error = Some(error);
    }
    Ok(())
}

/// No variant fitted.
#[cold]
pub fn no_variant(value: &Handle<'_>, failed: Failed, hint: &Hint) -> Error {
    if let Some(error) = failed.error {
        return error;
    }
    // What `missing` describes says more than the names of the types.
    let described = |expected: &String| expected.starts_with("a ") || expected.starts_with("an ");
    let all = !failed.expected.is_empty() && failed.expected.iter().all(described);
    let expected = if all { failed.expected.join(" or ") } else { hint.to_string() };
    Error::type_mismatch(expected, value)
}

/// The object of a value.
///
/// # Errors
///
/// Returns the error of the conversion.
pub fn into_handle<'ctx, T: IntoPython<'ctx>>(
    ctx: Context<'ctx>,
    value: T,
) -> Result<Handle<'ctx, T::Target>> {
    value.into_python(ctx).map_err(Into::into)
}

/// A tuple of fields.
///
/// # Errors
///
/// Returns a `MemoryError` if the allocation fails.
pub fn tuple_from<'ctx>(ctx: Context<'ctx>, items: &[Handle<'ctx>]) -> Result<Handle<'ctx, Tuple>> {
    Tuple::from_handles(ctx, items)
}

/// A dict of fields.
///
/// # Errors
///
/// Returns a `MemoryError` if the allocation fails.
pub fn dict_from<'ctx>(ctx: Context<'ctx>, items: &[(&str, Handle<'ctx>)]) -> Result<Handle<'ctx, Dict>> {
    let dict = Dict::new(ctx)?;
    for (key, value) in items {
        dict.setitem(*key, value)?;
    }
    Ok(dict)
}
