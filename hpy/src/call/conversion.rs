//! Converts the arguments of a call, and names those that don't fit.

use hpy_sys::HPy;

use super::arguments::{Slot, unbound};
use super::params::Params;
use crate::core::exceptions::TypeError;
use crate::core::{Context, Error, FromPython, Handle, Ref, Result};

/// Converts an argument that was given: in a function of its own for each type, which all functions with such a parameter
/// share.
///
/// # Errors
///
/// Returns the error of the conversion, with the argument named.
#[inline(never)]
pub fn convert<'a, 'ctx, T: FromPython<'a, 'ctx>>(
    slot: &'a Slot<'_, 'ctx>,
    params: &'static Params,
    index: usize,
) -> Result<T> {
    match slot.handle() {
        Some(value) => convert_here(value, params, index),
        None => Err(unbound(params)),
    }
}

/// Converts a required argument.
///
/// # Errors
///
/// Returns the error of the conversion, with the argument named.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn argument<'a, 'ctx, T: FromPython<'a, 'ctx>>(
    _: Context<'ctx>,
    slot: &'a Option<Ref<'_, 'ctx>>,
    params: &'static Params,
    index: usize,
) -> Result<T> {
    match slot {
        Some(value) => convert_here(value, params, index),
        None => Err(unbound(params)),
    }
}

/// Converts an argument that was given although it has a default.
///
/// # Errors
///
/// Returns the error of the conversion, with the argument named.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn argument_or_default<'a, 'ctx, T: FromPython<'a, 'ctx>>(
    _: Context<'ctx>,
    value: &'a Ref<'_, 'ctx>,
    params: &'static Params,
    index: usize,
) -> Result<T> {
    convert_here(value, params, index)
}

/// Converts the operand of a dunder method; `None` if it is of a type or a value that the method can't take.
///
/// # Errors
///
/// Returns any exception that does not concern the operand.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn operand<'a, 'ctx, T: FromPython<'a, 'ctx>>(
    ctx: Context<'ctx>,
    value: &'a Handle<'ctx>,
) -> Result<Option<T>> {
    match T::from_python(value) {
        Ok(value) => Ok(Some(value)),
        Err(error) => no_operand(ctx, error.into()),
    }
}

#[cold]
pub(crate) fn no_operand<T>(ctx: Context<'_>, error: Error) -> Result<Option<T>> {
    use crate::core::exceptions::{OverflowError, ValueError};
    let about_the_operand = error.is_instance_of::<TypeError>(ctx)
        || error.is_instance_of::<OverflowError>(ctx)
        || error.is_instance_of::<ValueError>(ctx);
    if about_the_operand { Ok(None) } else { Err(error) }
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn convert_here<'a, 'ctx, T: FromPython<'a, 'ctx>>(
    value: &'a Handle<'ctx>,
    params: &'static Params,
    index: usize,
) -> Result<T> {
    // Not the handle itself: it would have to be in memory for the fast case, too.
    let raw = value.as_raw();
    T::from_python(value).map_err(|error| named(error.into(), params, index, &T::HINT, raw))
}

/// Converts the tuple of `*args` or the dict of `**kwargs`, which is there if the function has one.
///
/// # Errors
///
/// Returns the error of the conversion, with the argument named.
pub fn variadic<'a, 'ctx, C, T: FromPython<'a, 'ctx>>(
    _: Context<'ctx>,
    container: &'a Option<Handle<'ctx, C>>,
    params: &'static Params,
    name: &'static str,
) -> Result<T> {
    match container {
        Some(container) => T::from_python(container.as_any()).map_err(|error| {
            error.into().for_argument(&params.function(), name, &T::HINT, container.as_raw())
        }),
        None => Err(unbound(params)),
    }
}

#[cold]
fn named(error: Error, params: &'static Params, index: usize, hint: &crate::core::Hint, value: HPy) -> Error {
    error.for_argument(&params.function(), params.name(index), hint, value)
}
