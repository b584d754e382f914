//! Handles as arguments and results.

use crate::core::markers::PythonType;
use crate::core::{Context, Error, FromPython, Handle, Hint, IntoPython, Ref, Result};

impl<'a, 'ctx, T: PythonType> FromPython<'a, 'ctx> for &'a Handle<'ctx, T> {
    type Error = Error;
    const HINT: Hint = Hint::Name(T::NAME);

    #[inline]
    fn from_python(value: &'a Handle<'ctx>) -> Result<Self> {
        value.downcast()
    }
}

impl<'a, 'ctx, T: PythonType> FromPython<'a, 'ctx> for Ref<'a, 'ctx, T> {
    type Error = Error;
    const HINT: Hint = Hint::Name(T::NAME);

    #[inline]
    fn from_python(value: &'a Handle<'ctx>) -> Result<Self> {
        value.downcast().map(Handle::as_ref)
    }
}

impl<'ctx, T: PythonType> FromPython<'_, 'ctx> for Handle<'ctx, T> {
    type Error = Error;
    const HINT: Hint = Hint::Name(T::NAME);

    #[inline]
    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        value.downcast().cloned()
    }
}

impl<'ctx, T: PythonType> IntoPython<'ctx> for Handle<'ctx, T> {
    type Target = T;
    type Error = Error;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn into_python(self, _: Context<'ctx>) -> Result<Handle<'ctx, T>> {
        Ok(self)
    }
}

impl<'ctx, T: PythonType> IntoPython<'ctx> for &Handle<'ctx, T> {
    type Target = T;
    type Error = Error;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn into_python(self, _: Context<'ctx>) -> Result<Handle<'ctx, T>> {
        Ok(self.clone())
    }
}

impl<'ctx, T: PythonType> IntoPython<'ctx> for Ref<'_, 'ctx, T> {
    type Target = T;
    type Error = Error;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn into_python(self, _: Context<'ctx>) -> Result<Handle<'ctx, T>> {
        Ok(self.to_owned())
    }
}
