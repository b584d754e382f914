//! `Option` and `()`.

use crate::core::markers::{Any, NoneType};
use crate::core::{Context, Error, FromPython, Handle, Hint, InPlace, IntoPython, Quick, Result};

impl<'a, 'ctx, T: FromPython<'a, 'ctx>> FromPython<'a, 'ctx> for Option<T> {
    type Error = Error;
    const HINT: Hint = Hint::Optional(&T::HINT);

    fn from_python(value: &'a Handle<'ctx>) -> Result<Self> {
        if value.is_none() {
            return Ok(None);
        }
        let raw = value.as_raw();
        value.extract().map(Some).map_err(|error| error.or_none(raw))
    }

    const QUICK: Quick<Self> = match T::QUICK.0 {
        Some(_) => Quick(Some(quick_option)),
        None => Quick::NONE,
    };
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn quick_option<'a, 'ctx, T: FromPython<'a, 'ctx>>(item: InPlace<'_>) -> Option<Option<T>> {
    if item.is_none() { Some(None) } else { T::QUICK.0?(item).map(Some) }
}

impl<'ctx, T: IntoPython<'ctx>> IntoPython<'ctx> for Option<T> {
    type Target = Any;
    type Error = Error;
    const HINT: Hint = Hint::Optional(&T::HINT);

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx>> {
        match self {
            Some(value) => value.into_python(ctx).map(Handle::into_any).map_err(Into::into),
            None => Ok(ctx.new_none().into_any()),
        }
    }
}

impl<'ctx> FromPython<'_, 'ctx> for () {
    type Error = Error;
    const HINT: Hint = Hint::Name("None");

    fn from_python(value: &Handle<'ctx>) -> Result<Self> {
        if value.is_none() { Ok(()) } else { Err(Error::type_mismatch("None", value)) }
    }
}

impl<'ctx> IntoPython<'ctx> for () {
    type Target = NoneType;
    type Error = Error;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, NoneType>> {
        Ok(ctx.new_none())
    }
}
