//! Argument conversion by a user's function: `#[hpy(from_py_with = …)]`.

use hpy_sys::HPy;

use super::params::Params;
use crate::core::{Context, Error, Handle, Ref, Result};

/// Converts a required argument.
///
/// # Errors
///
/// Returns the error of the conversion, with the argument named.
#[inline]
pub fn argument_with<'a, 'ctx, T, E: Into<Error>>(
    ctx: Context<'ctx>,
    slot: &'a Option<Ref<'_, 'ctx>>,
    params: &'static Params,
    index: usize,
    convert: impl FnOnce(&'a Handle<'ctx>) -> Result<T, E>,
) -> Result<T> {
    match slot {
        Some(value) => argument_or_default_with(ctx, value, params, index, convert),
        None => Err(super::arguments::unbound(params)),
    }
}

/// Converts an argument that was given although it has a default.
///
/// # Errors
///
/// Returns the error of the conversion, with the argument named.
#[inline]
pub fn argument_or_default_with<'a, 'ctx, T, E: Into<Error>>(
    _: Context<'ctx>,
    value: &'a Ref<'_, 'ctx>,
    params: &'static Params,
    index: usize,
    convert: impl FnOnce(&'a Handle<'ctx>) -> Result<T, E>,
) -> Result<T> {
    let raw = value.as_raw();
    convert(value).map_err(|error| named(error.into(), params, params.name(index), raw))
}

/// Converts the tuple of `*args` or the dict of `**kwargs`, which is there if the function has one.
///
/// # Errors
///
/// Returns the error of the conversion, with the argument named.
pub fn variadic_with<'a, 'ctx, C, T, E: Into<Error>>(
    _: Context<'ctx>,
    container: &'a Option<Handle<'ctx, C>>,
    params: &'static Params,
    name: &'static str,
    convert: impl FnOnce(&'a Handle<'ctx>) -> Result<T, E>,
) -> Result<T> {
    match container {
        Some(container) => {
            convert(container.as_any()).map_err(|error| named(error.into(), params, name, container.as_raw()))
        }
        None => Err(super::arguments::unbound(params)),
    }
}

#[cold]
fn named(error: Error, params: &'static Params, name: &str, value: HPy) -> Error {
    error.for_argument(&params.function(), name, &"another value", value)
}
