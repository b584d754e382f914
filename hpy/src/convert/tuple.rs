//! Tuples of 1 to 12 values.

use crate::core::exceptions::ValueError;
use crate::core::markers::Tuple;
use crate::core::{Context, Error, FromPython, FromPythonOwned, Handle, Hint, IntoPython, Ref, Result, ffi};

/// Calls a macro with 1, 2, … 12 names of types.
macro_rules! for_each_tuple {
    ($macro:ident) => {
        $macro!(A);
        $macro!(A B);
        $macro!(A B C);
        $macro!(A B C D);
        $macro!(A B C D E);
        $macro!(A B C D E F);
        $macro!(A B C D E F G);
        $macro!(A B C D E F G H);
        $macro!(A B C D E F G H I);
        $macro!(A B C D E F G H I J);
        $macro!(A B C D E F G H I J K);
        $macro!(A B C D E F G H I J K L);
    };
}
pub(crate) use for_each_tuple;

/// The value as a tuple of `len` items. A subclass's instance is copied into `copy`: its `__len__` and `__getitem__` may say
/// anything.
pub(crate) fn checked<'a, 'ctx>(
    value: &'a Handle<'ctx>,
    len: usize,
    hint: &Hint,
    copy: &'a mut Option<Handle<'ctx>>,
) -> Result<&'a Handle<'ctx, Tuple>> {
    if !Tuple::holds(value) {
        return Err(Error::type_mismatch(hint.to_string(), value));
    }
    // SAFETY: invariant 4.
    let plain = value.has_type(unsafe { (*value.ctx().raw()).h_TupleType });
    let value = if plain { value } else { copy.insert(value.ctx().type_of::<Tuple>()?.call((value,))?) };
    let tuple = value.downcast::<Tuple>()?;
    let actual = tuple.len()?;
    if actual != len {
        return Err(Error::new::<ValueError>(format!("expected a tuple of length {len}, not {actual}")));
    }
    Ok(tuple)
}

fn item<'ctx, T: FromPythonOwned<'ctx>>(tuple: &Handle<'ctx, Tuple>, index: usize) -> Result<T> {
    let (ctx, at) = (tuple.ctx(), |error: Error, raw| error.at(format_args!("item {index}"), raw));
    if !ctx.is_embedded() {
        let value = tuple.item(index)?;
        return value.extract().map_err(|error| at(error, value.as_raw()));
    }
    // SAFETY: invariant 2.
    let raw = unsafe { ffi::tuple_item(ctx, tuple.as_raw(), index) };
    if raw.is_null() {
        return Err(Error::fetch(ctx));
    }
    // SAFETY: the embedded host lends the tuple's own reference, and the tuple never changes.
    let value: Ref<'_, 'ctx> = unsafe { Ref::from_raw(ctx, raw) };
    value.extract().map_err(|error| at(error, raw))
}

macro_rules! tuples {
    ($($name:ident)*) => {
        impl<'ctx, $($name: FromPythonOwned<'ctx>),*> FromPython<'_, 'ctx> for ($($name,)*) {
            type Error = Error;
            const HINT: Hint = Hint::Generic("tuple", &[$(<$name as FromPython<'_, 'ctx>>::HINT),*]);

            fn from_python(value: &Handle<'ctx>) -> Result<Self> {
                const LEN: usize = <[&str]>::len(&[$(stringify!($name)),*]);
                let mut copy = None;
                let tuple = checked(value, LEN, &Self::HINT, &mut copy)?;
                let mut index = 0..LEN;
                Ok(($(item::<$name>(tuple, index.next().unwrap_or_default())?,)*))
            }
        }

        impl<'ctx, $($name: IntoPython<'ctx>),*> IntoPython<'ctx> for ($($name,)*) {
            type Target = Tuple;
            type Error = Error;
            const HINT: Hint = Hint::Generic("tuple", &[$($name::HINT),*]);

            #[allow(non_snake_case)]
            fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Tuple>> {
                let ($($name,)*) = self;
                $(let $name = $name.into_python(ctx).map_err(Into::into)?;)*
                Tuple::from_raw_items(ctx, &[$($name.as_raw()),*])
            }
        }
    };
}
for_each_tuple!(tuples);
