//! Conversion traits [`FromPython`] and [`IntoPython`]. `convert` implements them for types of the standard library.

use super::context::Context;
use super::error::Error;
use super::handle::Handle;
use super::markers::PythonType;
use super::quick::Quick;
use super::type_hint::Hint;

/// Conversion from a Python object, used for the arguments of functions.
///
/// `'a` is the lifetime for which the value may borrow from the handle: a `&'a str` refers to the text inside the Python
/// object.
///
/// ```
/// use hpy::{FromPython, Handle, Hint, Result, exceptions::ValueError};
///
/// struct Percent(f64);
///
/// impl<'a, 'ctx> FromPython<'a, 'ctx> for Percent {
///     type Error = hpy::Error;
///     const HINT: Hint = <f64 as FromPython>::HINT;
///
///     fn from_python(value: &'a Handle<'ctx>) -> Result<Self> {
///         let number: f64 = value.extract()?;
///         if !(0.0..=100.0).contains(&number) {
///             return Err(ValueError::new_err(format!("{number} is not between 0 and 100")));
///         }
///         Ok(Percent(number))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be made from a Python object",
    label = "not a type that an argument can have",
    note = "arguments can be numbers, `&str`, `String`, `&[u8]`, `Vec<T>`, `HashMap<K, V>`, `Option<T>`, tuples, `&Handle<'_, T>` and more; see `hpy::convert`",
    note = "a class is borrowed: take `&{Self}`, or write `#[class(from_py_object)]` to clone the value out of the instance",
    note = "for a type of your own, write `impl<'a, 'ctx> hpy::FromPython<'a, 'ctx> for {Self}`"
)]
pub trait FromPython<'a, 'ctx>: Sized {
    /// The error of a failed conversion, which is converted into a Python exception.
    type Error: Into<Error>;

    /// The type in Python's notation, for messages and stubs.
    const HINT: Hint = Hint::Name("object");

    /// Performs the conversion.
    ///
    /// # Errors
    ///
    /// Returns [`Error::type_mismatch`] for an object of the wrong type, so that the message names the argument, and any other
    /// exception for an unsuitable value of the right type.
    fn from_python(value: &'a Handle<'ctx>) -> Result<Self, Self::Error>;

    /// Converts an object to a `Vec<Self>` in a special way for this type: `bytes` for `u8`.
    #[doc(hidden)]
    fn vec_from_python(_: &Handle<'ctx>) -> Option<Result<Vec<Self>, Error>> {
        None
    }

    /// The conversion of simple objects that are read in place, for this type.
    #[doc(hidden)]
    const QUICK: Quick<Self> = Quick::NONE;
}

/// Conversion from a Python object to a value that borrows nothing from it, such as an item of a container.
pub trait FromPythonOwned<'ctx>: for<'a> FromPython<'a, 'ctx> {}

impl<'ctx, T: for<'a> FromPython<'a, 'ctx>> FromPythonOwned<'ctx> for T {}

/// Conversion into a Python object, used for results and for the arguments of calls to Python.
///
/// ```
/// use hpy::{Context, Handle, Hint, IntoPython, types::Str};
///
/// struct Celsius(f64);
///
/// impl<'ctx> IntoPython<'ctx> for Celsius {
///     type Target = Str;
///     type Error = hpy::Error;
///     const HINT: Hint = Hint::Name("str");
///
///     fn into_python(self, ctx: Context<'ctx>) -> hpy::Result<Handle<'ctx, Str>> {
///         Str::new(ctx, &format!("{} °C", self.0))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be turned into a Python object",
    label = "not a type that Python can be given",
    note = "results can be numbers, `String`, `&str`, `Vec<T>`, `HashMap<K, V>`, `Option<T>`, `()`, tuples, `Handle<'ctx, T>` and more; see `hpy::convert`",
    note = "for a type of your own, write `impl<'ctx> hpy::IntoPython<'ctx> for {Self}`"
)]
pub trait IntoPython<'ctx>: Sized {
    /// The marker type of the resulting Python object.
    type Target: PythonType;

    /// The error of a failed conversion, which is converted into a Python exception.
    type Error: Into<Error>;

    /// The type in Python's notation, for stubs.
    const HINT: Hint = Hint::Name(<Self::Target as PythonType>::NAME);

    /// Performs the conversion.
    ///
    /// # Errors
    ///
    /// Usually a `MemoryError`, or the error of an item's conversion.
    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Self::Target>, Self::Error>;

    /// Converts a `Vec<Self>` to a `list`, or to `bytes` for `u8`.
    #[doc(hidden)]
    fn vec_into_python(items: Vec<Self>, ctx: Context<'ctx>) -> Result<Handle<'ctx>, Error> {
        super::markers::List::from_iter(ctx, items).map(Handle::into_any)
    }

    /// The type that a `Vec<Self>` converts to.
    #[doc(hidden)]
    const VEC_HINT: Hint = Hint::Generic("list", &[Self::HINT]);
}
