//! Values of properties and of class attributes.

use crate::call::result::Output;
use crate::core::markers::{Tuple, Type};
use crate::core::{Context, FromPython, Handle, IntoPython, Result, markers};

/// Gives the class an attribute.
///
/// # Errors
///
/// Returns the error of computing the value or of converting it.
pub fn add_attribute<'ctx, V: Output<'ctx>>(
    ctx: Context<'ctx>,
    class: &Handle<'ctx, Type>,
    name: &str,
    value: V,
) -> Result<()> {
    class.setattr(name, value.output(ctx)?)
}

/// The value of a field, for its attribute.
///
/// # Errors
///
/// Returns the error of the conversion.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn field_value<'ctx, V: IntoPython<'ctx> + Clone>(ctx: Context<'ctx>, value: &V) -> Result<Handle<'ctx>> {
    value.clone().into_python(ctx).map(Handle::into_any).map_err(Into::into)
}

/// Sets `__match_args__`.
///
/// # Errors
///
/// `MemoryError`.
pub fn add_match_args<'ctx>(ctx: Context<'ctx>, class: &Handle<'ctx, Type>, fields: &[&str]) -> Result<()> {
    class.setattr("__match_args__", names(ctx, fields)?)
}

/// A tuple for `__match_args__`.
///
/// # Errors
///
/// `MemoryError`.
fn names<'ctx>(ctx: Context<'ctx>, names: &[&str]) -> Result<Handle<'ctx, Tuple>> {
    let names = names.iter().map(|name| markers::Str::new(ctx, name).map(Handle::into_any));
    Tuple::from_handles(ctx, &names.collect::<Result<Vec<_>>>()?)
}

/// The new value of an attribute.
///
/// # Errors
///
/// Returns the error of the conversion, with the attribute named.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn new_value<'a, 'ctx, T: FromPython<'a, 'ctx>>(
    _: Context<'ctx>,
    value: &'a Handle<'ctx>,
    name: &'static str,
) -> Result<T> {
    let raw = value.as_raw();
    T::from_python(value).map_err(|error| error.into().for_attribute(name, raw))
}
