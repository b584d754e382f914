//! Conversion of the results of dunder methods.

use crate::call::result::Output;
use crate::core::exceptions::{OverflowError, StopAsyncIteration, StopIteration};
use crate::core::{Context, Error, Handle, IntoPython, Ref, Result};

/// A result of `__len__`.
#[diagnostic::on_unimplemented(
    message = "`__len__` can't return `{Self}`",
    label = "expected `usize`, or a `Result` of it"
)]
pub trait LenOutput {
    /// As Python wants it.
    ///
    /// # Errors
    ///
    /// Returns the method's error, or an `OverflowError`.
    fn length(self) -> Result<isize>;
}

impl LenOutput for usize {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn length(self) -> Result<isize> {
        isize::try_from(self)
            .map_err(|_| Error::new::<OverflowError>("cannot fit 'int' into an index-sized integer"))
    }
}

impl<E: Into<Error>> LenOutput for core::result::Result<usize, E> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn length(self) -> Result<isize> {
        self.map_err(Into::into)?.length()
    }
}

/// Converts the result of `__len__`.
///
/// # Errors
///
/// As [`LenOutput::length`].
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn len_output(_: Context<'_>, output: impl LenOutput) -> Result<isize> {
    output.length()
}

/// A result of `__bool__` or `__contains__`.
#[diagnostic::on_unimplemented(
    message = "a yes or no can't be `{Self}`",
    label = "expected `bool`, or a `Result` of it"
)]
pub trait BoolOutput {
    /// As a `Result`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn truth(self) -> Result<bool>;
}

impl BoolOutput for bool {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn truth(self) -> Result<bool> {
        Ok(self)
    }
}

impl<E: Into<Error>> BoolOutput for core::result::Result<bool, E> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn truth(self) -> Result<bool> {
        self.map_err(Into::into)
    }
}

/// Converts the result of `__bool__` or `__contains__`.
///
/// # Errors
///
/// Returns the method's error.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn bool_output(_: Context<'_>, output: impl BoolOutput) -> Result<bool> {
    output.truth()
}

/// A result of `__hash__`.
#[diagnostic::on_unimplemented(
    message = "`__hash__` can't return `{Self}`",
    label = "expected an integer of 64 bits or of a pointer's size, or a `Result` of one"
)]
pub trait HashOutput {
    /// As Python wants it.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn hash(self) -> Result<isize>;
}

macro_rules! hashes {
    ($($ty:ty),*) => {$(
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_possible_wrap,
            reason = "all bits of a word are a good hash; equal values keep equal ones"
        )]
        impl HashOutput for $ty {
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn hash(self) -> Result<isize> {
                Ok(self as isize)
            }
        }

        impl<E: Into<Error>> HashOutput for core::result::Result<$ty, E> {
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn hash(self) -> Result<isize> {
                self.map_err(Into::into).and_then(HashOutput::hash)
            }
        }
    )*};
}
hashes!(isize, usize, i64, u64);

/// Converts the result of `__hash__`.
///
/// # Errors
///
/// Returns the method's error.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn hash_output(_: Context<'_>, output: impl HashOutput) -> Result<isize> {
    output.hash()
}

/// A result of a method that returns nothing to Python.
#[diagnostic::on_unimplemented(
    message = "nobody gets the `{Self}` that this method returns",
    label = "expected `()`, or a `Result` of it"
)]
pub trait UnitOutput {
    /// As a `Result`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn unit(self) -> Result<()>;
}

impl UnitOutput for () {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn unit(self) -> Result<()> {
        Ok(())
    }
}

impl<E: Into<Error>> UnitOutput for core::result::Result<(), E> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn unit(self) -> Result<()> {
        self.map_err(Into::into)
    }
}

/// Converts the result of a method that returns nothing to Python.
///
/// # Errors
///
/// Returns the method's error.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn unit_output(_: Context<'_>, output: impl UnitOutput) -> Result<()> {
    output.unit()
}

/// A result of `__next__` or `__anext__`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say where an iteration ends",
    label = "expected an `Option` of a value that Python can be given, or a `Result` of one"
)]
pub trait NextOutput<'ctx> {
    /// The next item.
    ///
    /// # Errors
    ///
    /// Returns the method's error, or that of the conversion.
    fn next(self, ctx: Context<'ctx>) -> Result<Option<Handle<'ctx>>>;
}

impl<'ctx, T: Output<'ctx>> NextOutput<'ctx> for Option<T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn next(self, ctx: Context<'ctx>) -> Result<Option<Handle<'ctx>>> {
        self.map(|item| item.output(ctx)).transpose()
    }
}

impl<'ctx, T: IntoPython<'ctx>, E: Into<Error>> NextOutput<'ctx> for core::result::Result<Option<T>, E> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn next(self, ctx: Context<'ctx>) -> Result<Option<Handle<'ctx>>> {
        self.map_err(Into::into)?.next(ctx)
    }
}

/// Converts the result of `__next__`.
///
/// # Errors
///
/// As [`NextOutput::next`].
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn next_output<'ctx>(ctx: Context<'ctx>, output: impl NextOutput<'ctx>) -> Result<Option<Handle<'ctx>>> {
    output.next(ctx)
}

/// The same for a `__next__` that is called as a method.
///
/// # Errors
///
/// As [`NextOutput::next`]; `StopIteration` at the end.
pub fn next_method_output<'ctx>(ctx: Context<'ctx>, output: impl NextOutput<'ctx>) -> Result<Handle<'ctx>> {
    output.next(ctx)?.ok_or_else(|| Error::new::<StopIteration>(""))
}

/// The same for an `__anext__` that is called as a method.
///
/// # Errors
///
/// As [`NextOutput::next`]; `StopAsyncIteration` at the end.
pub fn anext_method_output<'ctx>(ctx: Context<'ctx>, output: impl NextOutput<'ctx>) -> Result<Handle<'ctx>> {
    output.next(ctx)?.ok_or_else(|| Error::new::<StopAsyncIteration>(""))
}

/// Returns the result of an operator like `+=`: the instance, unless the method returns another object.
///
/// # Errors
///
/// Returns the method's error.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn in_place_output<'ctx, T>(
    this: Ref<'_, 'ctx, T>,
    output: impl InPlaceOutput<'ctx>,
) -> Result<Handle<'ctx>> {
    output.in_place(this)
}

/// A result of a method like `__iadd__`.
#[diagnostic::on_unimplemented(
    message = "an in-place method can't return `{Self}`",
    label = "expected `()` for the instance itself, a `Handle` for another object or `NotImplemented`, or a `Result` of one"
)]
pub trait InPlaceOutput<'ctx> {
    /// The object that the variable holds then.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn in_place<T>(self, this: Ref<'_, 'ctx, T>) -> Result<Handle<'ctx>>;
}

impl<'ctx> InPlaceOutput<'ctx> for () {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn in_place<T>(self, this: Ref<'_, 'ctx, T>) -> Result<Handle<'ctx>> {
        Ok(this.to_owned().into_any())
    }
}

impl<'ctx, U> InPlaceOutput<'ctx> for Handle<'ctx, U> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn in_place<T>(self, _: Ref<'_, 'ctx, T>) -> Result<Handle<'ctx>> {
        Ok(self.into_any())
    }
}

impl<'ctx, U> InPlaceOutput<'ctx> for Ref<'_, 'ctx, U> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn in_place<T>(self, _: Ref<'_, 'ctx, T>) -> Result<Handle<'ctx>> {
        Ok(self.to_owned().into_any())
    }
}

impl<'ctx, V: InPlaceOutput<'ctx>, E: Into<Error>> InPlaceOutput<'ctx> for core::result::Result<V, E> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn in_place<T>(self, this: Ref<'_, 'ctx, T>) -> Result<Handle<'ctx>> {
        match self {
            Ok(output) => output.in_place(this),
            Err(error) => Err(error.into()),
        }
    }
}
