//! Arguments that borrow the value of an instance.

use hpy_sys::HPy;

use crate::call::arguments::unbound;
use crate::call::conversion::no_operand;
use crate::call::params::Params;
use crate::class::Class;
use crate::class::payload::Mutable;
use crate::class::payload::borrow::{ClassRef, ClassRefMut};
use crate::core::markers::PythonType;
use crate::core::{Context, Error, FromPython, Handle, Hint, Ref, Result};

/// A type whose value an argument of type `&Self` can borrow.
#[diagnostic::on_unimplemented(
    message = "`&{Self}` can't be made from a Python object",
    label = "not a type that an argument can have",
    note = "arguments can be numbers, `&str`, `String`, `&[u8]`, `Vec<T>`, `HashMap<K, V>`, `Option<T>`, tuples, `&Handle<'_, T>`, references to classes and more; see `hpy::convert`"
)]
pub trait RefArgument<'ctx> {
    /// The guard of the borrow.
    type Holder<'a>
    where
        'ctx: 'a;
    /// The type in Python's words.
    const HINT: Hint;
    /// Converts and borrows.
    ///
    /// # Errors
    ///
    /// Returns an error for an object of another type, or if the value can't be borrowed.
    fn hold<'a>(value: &'a Handle<'ctx>) -> Result<Self::Holder<'a>>;
    /// The same for an operand; `None` if it is none that a dunder method can take.
    ///
    /// # Errors
    ///
    /// Returns an error if the value can't be borrowed.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn operand<'a>(value: &'a Handle<'ctx>) -> Result<Option<Self::Holder<'a>>> {
        match Self::hold(value) {
            Ok(holder) => Ok(Some(holder)),
            Err(error) => no_operand(value.ctx(), error),
        }
    }
    /// The reference.
    fn get<'h>(holder: &'h Self::Holder<'_>) -> &'h Self;
}

impl<'ctx, T: Class> RefArgument<'ctx> for T {
    type Holder<'a>
        = ClassRef<'a, 'ctx, T>
    where
        'ctx: 'a;
    const HINT: Hint = Hint::Name(<T as Class>::NAME);

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn hold<'a>(value: &'a Handle<'ctx>) -> Result<ClassRef<'a, 'ctx, T>> {
        value.downcast::<T>()?.borrow()
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn operand<'a>(value: &'a Handle<'ctx>) -> Result<Option<ClassRef<'a, 'ctx, T>>> {
        if !T::check(value)? {
            return Ok(None);
        }
        // SAFETY: just checked.
        match unsafe { value.cast_unchecked::<T>() }.borrow() {
            Ok(holder) => Ok(Some(holder)),
            Err(error) => no_operand(value.ctx(), error),
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn get<'h>(holder: &'h ClassRef<'_, 'ctx, T>) -> &'h T {
        holder
    }
}

macro_rules! ref_arguments {
    ($([$($param:ident: $bound:ident)?] $ty:ty),*) => {$(
        impl<'ctx, $($param: $bound)?> RefArgument<'ctx> for $ty {
            type Holder<'a> = &'a $ty where 'ctx: 'a;
            const HINT: Hint = <&'ctx $ty as FromPython<'ctx, 'ctx>>::HINT;

            #[cfg_attr(not(debug_assertions), inline(always))]
            fn hold<'a>(value: &'a Handle<'ctx>) -> Result<&'a $ty> {
                <&'a $ty as FromPython<'a, 'ctx>>::from_python(value)
            }

            #[cfg_attr(not(debug_assertions), inline(always))]
            fn get<'h>(holder: &'h &$ty) -> &'h $ty {
                holder
            }
        }
    )*};
}
ref_arguments!([] str, [] [u8], [T: PythonType] Handle<'ctx, T>);

/// A type whose value an argument of type `&mut Self` can borrow.
#[diagnostic::on_unimplemented(
    message = "`&mut {Self}` can't be made from a Python object",
    label = "not a type that an argument can have",
    note = "only classes that are not frozen can be borrowed mutably"
)]
pub trait MutArgument<'ctx>: Class<Mutability = Mutable> {}

impl<T: Class<Mutability = Mutable>> MutArgument<'_> for T {}

#[cold]
fn named(error: Error, params: &'static Params, index: usize, hint: &Hint, value: HPy) -> Error {
    error.for_argument(&params.function(), params.name(index), hint, value)
}

/// Borrows a required argument.
///
/// # Errors
///
/// Returns the error of the conversion, with the argument named.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn ref_argument<'a, 'ctx, T: RefArgument<'ctx> + ?Sized>(
    _: Context<'ctx>,
    slot: &'a Option<Ref<'_, 'ctx>>,
    params: &'static Params,
    index: usize,
) -> Result<T::Holder<'a>> {
    match slot {
        Some(value) => {
            let raw = value.as_raw();
            T::hold(value).map_err(|error| named(error, params, index, &T::HINT, raw))
        }
        None => Err(unbound(params)),
    }
}

/// The reference that an argument's holder keeps.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn held<'h, 'ctx, T: RefArgument<'ctx> + ?Sized>(_: Context<'ctx>, holder: &'h T::Holder<'_>) -> &'h T {
    T::get(holder)
}

/// Borrows the operand of a dunder method; `None` if it is none that the method can take.
///
/// # Errors
///
/// Returns an error if the value can't be borrowed.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn ref_operand<'a, 'ctx, T: RefArgument<'ctx> + ?Sized>(
    _: Context<'ctx>,
    value: &'a Handle<'ctx>,
) -> Result<Option<T::Holder<'a>>> {
    T::operand(value)
}

/// Borrows an argument that is `None`, or was not given.
///
/// # Errors
///
/// Returns the error of the conversion, with the argument named.
pub fn optional_ref_argument<'a, 'ctx, T: RefArgument<'ctx> + ?Sized>(
    _: Context<'ctx>,
    slot: &'a Option<Ref<'_, 'ctx>>,
    params: &'static Params,
    index: usize,
) -> Result<Option<T::Holder<'a>>> {
    match slot {
        Some(value) if !value.is_none() => {
            let (raw, hint) = (value.as_raw(), Hint::Optional(&T::HINT));
            T::hold(value).map(Some).map_err(|error| named(error.or_none(raw), params, index, &hint, raw))
        }
        _ => Ok(None),
    }
}

/// Borrows a required argument mutably.
///
/// # Errors
///
/// Returns the error of the conversion, with the argument named.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn mut_argument<'a, 'ctx, T: MutArgument<'ctx>>(
    _: Context<'ctx>,
    slot: &'a Option<Ref<'_, 'ctx>>,
    params: &'static Params,
    index: usize,
) -> Result<ClassRefMut<'a, 'ctx, T>> {
    match slot {
        Some(value) => {
            let raw = value.as_raw();
            let borrowed = value.downcast::<T>().and_then(|value| value.borrow_mut());
            borrowed.map_err(|error| named(error, params, index, &Hint::Name(<T as Class>::NAME), raw))
        }
        None => Err(unbound(params)),
    }
}

/// The reference that the holder of a mutable argument keeps.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn held_mut<'h, 'ctx, T: MutArgument<'ctx>>(
    _: Context<'ctx>,
    holder: &'h mut ClassRefMut<'_, 'ctx, T>,
) -> &'h mut T {
    holder
}
