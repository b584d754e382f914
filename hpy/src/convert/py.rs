//! [`Py`] as an argument and as a result.

use crate::core::markers::PythonType;
use crate::core::{Context, Error, FromPython, Handle, Hint, IntoPython, Py, Result};

impl<'ctx, T: PythonType> FromPython<'_, 'ctx> for Py<T> {
    type Error = Error;
    const HINT: Hint = Hint::Name(T::NAME);

    #[inline]
    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        value.downcast().map(Py::new)
    }
}

impl<'ctx, T: PythonType> IntoPython<'ctx> for Py<T> {
    type Target = T;
    type Error = Error;

    #[inline]
    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, T>> {
        Ok(self.into_handle(ctx))
    }
}

impl<'ctx, T: PythonType> IntoPython<'ctx> for &Py<T> {
    type Target = T;
    type Error = Error;

    #[inline]
    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, T>> {
        Ok(self.get(ctx))
    }
}
