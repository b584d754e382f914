//! [`Function`]: the trait that the macro implements for each function.

use core::ffi::CStr;

use super::arguments::Arguments;
use super::params::Params;
use crate::core::markers::PythonType;
use crate::core::{Context, Handle, Ref, Result, markers};

/// The calling convention for the arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// None at all.
    NoArgs,
    /// Exactly one, by position.
    O,
    /// By position.
    Varargs,
    /// By position and by keyword.
    Keywords,
}

/// A function callable from Python. The macro implements it for an empty type with the function's name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a function for Python",
    label = "not made with `#[hpy::function]`",
    note = "write `#[hpy::function]` above the function; one of another crate needs a function of your own that calls it"
)]
pub trait Function {
    /// The first value passed by the host: the module of a function, the instance of a method, or [`Nobody`] for a static method.
    type This: PythonType;
    /// The name in Python.
    const NAME: &'static CStr;
    /// The docstring, with the signature that `inspect` reads on its first line.
    const DOC: &'static CStr;
    /// The calling convention for the arguments.
    const CONVENTION: Convention;
    /// The parameters.
    const PARAMS: &'static Params;

    /// Converts the arguments, calls the Rust function, and converts its result. Messages use the names in `params`:
    /// [`Function::PARAMS`], or the same with another function name.
    ///
    /// # Errors
    ///
    /// Returns the error of any of these three steps.
    fn call<'a, 'ctx>(
        ctx: Context<'ctx>,
        this: Ref<'a, 'ctx, Self::This>,
        args: &Arguments<'a, 'ctx>,
        params: &'static Params,
    ) -> Result<Handle<'ctx>>;
}

/// The `this` of a static method: nothing. Some hosts pass NULL.
#[derive(Debug)]
pub enum Nobody {}

impl PythonType for Nobody {
    const NAME: &'static str = "object";
    const NOBODY: bool = true;

    fn check(_: &Handle<'_>) -> Result<bool> {
        Ok(false)
    }

    fn type_object<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, markers::Type>> {
        markers::Any::type_object(ctx)
    }
}
