//! [`PyFn`]: a Python callable with the types of its arguments and its result.

use core::fmt;
use core::marker::PhantomData;

use super::call::CallArgs;
use crate::core::markers::Callable;
use crate::core::{Context, Error, FromPython, FromPythonOwned, Handle, Hint, IntoPython, Py, Result};

/// A Python callable that Rust calls with arguments of the types `A`, a tuple, and whose result converts to `R`.
///
/// As an argument, it accepts any callable; the arguments and the result of each call are converted. [`bind`](PyFn::bind) turns it
/// into an `impl Fn`:
///
/// ```
/// #[hpy::module]
/// mod numeric {
///     use hpy::{Context, PyFn, Result};
///
///     /// The integral of `f` from `a` to `b`.
///     #[function]
///     fn integrate(ctx: Context<'_>, f: PyFn<(f64,), f64>, a: f64, b: f64) -> Result<f64> {
///         let (f, step) = (f.bind(ctx), (b - a) / 100.0);
///         (0..100).map(|i| Ok(f(a + (f64::from(i) + 0.5) * step)? * step)).sum()
///     }
/// }
/// # fn main() {}
/// ```
///
/// Like [`Py`], which it contains, it belongs to no call and no thread: keep it in a struct or a closure, and call it on a thread of your own in
/// [`hpy::attach`](crate::attach). The garbage collector does not see it.
pub struct PyFn<A, R> {
    callable: Py<Callable>,
    types: PhantomData<fn(A) -> R>,
}

impl<A, R> PyFn<A, R> {
    /// Gives a callable these types.
    pub fn new(callable: Py<Callable>) -> Self {
        PyFn { callable, types: PhantomData }
    }

    /// Calls it: `f.call(ctx, (1.0, "two"))`.
    ///
    /// # Errors
    ///
    /// Returns the exception raised by the call, or the error of the conversion of an argument or of the result.
    ///
    /// # Panics
    ///
    /// As [`Py::bind`].
    pub fn call<'ctx>(&self, ctx: Context<'ctx>, args: A) -> Result<R>
    where
        A: CallArgs<'ctx>,
        R: FromPythonOwned<'ctx>,
    {
        let value = self.callable.bind(ctx).call(args)?;
        R::from_python(&value).map_err(|error| {
            Error::at(error.into(), format_args!("the result of the callable"), value.as_raw())
        })
    }

    /// Returns the callable.
    pub fn as_py(&self) -> &Py<Callable> {
        &self.callable
    }

    /// Returns the callable.
    pub fn into_py(self) -> Py<Callable> {
        self.callable
    }

    /// Creates another reference to the same callable.
    ///
    /// # Panics
    ///
    /// As [`Py::bind`].
    #[must_use]
    pub fn clone_ref(&self, ctx: Context<'_>) -> Self {
        PyFn::new(self.callable.clone_ref(ctx))
    }
}

macro_rules! functions {
    ($($name:ident)*) => {
        impl<$($name,)* R> PyFn<($($name,)*), R> {
            /// Returns a Rust function that calls it, for the time of a call from Python: `let f = f.bind(ctx); f(1.0, 2.0)?`.
            #[allow(non_snake_case)]
            pub fn bind<'a, 'ctx>(&'a self, ctx: Context<'ctx>) -> impl Fn($($name),*) -> Result<R> + use<'a, 'ctx, $($name,)* R>
            where
                $($name: IntoPython<'ctx>,)*
                R: FromPythonOwned<'ctx>,
            {
                move |$($name: $name),*| self.call(ctx, ($($name,)*))
            }
        }
    };
}
crate::convert::tuple::for_each_tuple!(functions);
functions!();

impl<'ctx, A, R> FromPython<'_, 'ctx> for PyFn<A, R> {
    type Error = Error;
    const HINT: Hint = Hint::Name("Callable");

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        value.downcast::<Callable>().map(|callable| PyFn::new(Py::new(callable)))
    }
}

impl<'ctx, A, R> IntoPython<'ctx> for PyFn<A, R> {
    type Target = Callable;
    type Error = Error;

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Callable>> {
        Ok(self.callable.into_handle(ctx))
    }
}

impl<A, R> fmt::Debug for PyFn<A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PyFn").finish_non_exhaustive()
    }
}
