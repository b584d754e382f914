//! Conversion of results, and parameters that are hidden from Python.

use hpy_sys::HPy;

use crate::core::markers::Module;
use crate::core::{Context, Error, Handle, IntoPython, Ref, Result};

/// A return type of functions: a value that converts to Python, or a `Result` of one.
#[diagnostic::on_unimplemented(
    message = "a function for Python can't return `{Self}`",
    label = "neither a type that Python can be given nor a `Result` of one",
    note = "results can be numbers, `String`, `Vec<T>`, `HashMap<K, V>`, `Option<T>`, `()`, `Handle<'ctx, T>` and more, or `hpy::Result<…>` of them; see `hpy::convert`",
    note = "for a type of your own, write `impl<'ctx> hpy::IntoPython<'ctx> for …`",
    note = "the error of a `Result` must be `hpy::Error`, or convert to it: `impl From<YourError> for hpy::Error`"
)]
pub trait Output<'ctx> {
    /// Converts.
    ///
    /// # Errors
    ///
    /// Returns the function's error, or that of the conversion.
    fn output(self, ctx: Context<'ctx>) -> Result<Handle<'ctx>>;
}

impl<'ctx, T: IntoPython<'ctx>> Output<'ctx> for T {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn output(self, ctx: Context<'ctx>) -> Result<Handle<'ctx>> {
        match self.into_python(ctx) {
            Ok(value) => Ok(value.into_any()),
            Err(error) => Err(error.into()),
        }
    }
}

impl<'ctx, T: IntoPython<'ctx>, E: Into<Error>> Output<'ctx> for core::result::Result<T, E> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn output(self, ctx: Context<'ctx>) -> Result<Handle<'ctx>> {
        match self {
            Ok(value) => value.output(ctx),
            Err(error) => Err(error.into()),
        }
    }
}

/// Converts what a function returned.
///
/// # Errors
///
/// Returns the function's error, or that of the conversion.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn output<'ctx, T: Output<'ctx>>(ctx: Context<'ctx>, value: T) -> Result<Handle<'ctx>> {
    value.output(ctx)
}

/// The same in a function of its own for each type, which all functions with such a result share.
///
/// # Errors
///
/// Returns the function's own error, or that of the conversion.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn shared_output<'ctx, T: Output<'ctx>>(ctx: Context<'ctx>, value: T) -> Result<Handle<'ctx>> {
    match raw_output(ctx, value) {
        // SAFETY: a new handle of this context.
        Ok(raw) => Ok(unsafe { Handle::from_raw(ctx, HPy { _i: raw }) }),
        Err(error) => Err(error),
    }
}

/// A number and an error are returned in registers; a handle, which is two words, would be in memory.
#[inline(never)]
fn raw_output<'ctx, T: Output<'ctx>>(ctx: Context<'ctx>, value: T) -> Result<isize> {
    match value.output(ctx) {
        Ok(handle) => Ok(handle.into_raw()._i),
        Err(error) => Err(error),
    }
}

/// Runs a function's body detached: `#[hpy::function(detach)]`.
pub fn detached<R: Send>(ctx: Context<'_>, f: impl FnOnce() -> R + Send) -> R {
    ctx.detach(f)
}

/// The types with which a function may receive its module.
pub trait PassModule<'a, 'ctx> {
    /// Returns the module as this type.
    fn pass(module: &'a Ref<'_, 'ctx, Module>) -> Self;
}

impl<'a, 'ctx> PassModule<'a, 'ctx> for &'a Handle<'ctx, Module> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn pass(module: &'a Ref<'_, 'ctx, Module>) -> Self {
        module
    }
}

impl<'a, 'ctx> PassModule<'a, 'ctx> for Ref<'a, 'ctx, Module> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn pass(module: &'a Ref<'_, 'ctx, Module>) -> Self {
        module.handle().as_ref()
    }
}

/// The module that a function was defined in.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn pass_module<'a, 'ctx, T: PassModule<'a, 'ctx>>(module: &'a Ref<'_, 'ctx, Module>) -> T {
    T::pass(module)
}
