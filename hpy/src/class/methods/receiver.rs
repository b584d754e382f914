//! `self`, arguments that borrow from instances, and what dunder methods return.

use hpy_sys::HPy;

use crate::call::arguments::{Params, no_operand, unbound};
use crate::class::Class;
use crate::class::payload::Mutable;
use crate::class::payload::borrow::{ClassRef, ClassRefMut};
use crate::core::exceptions::OverflowError;
use crate::core::markers::PythonType;
use crate::core::{Context, Error, FromPython, Handle, Hint, IntoPython, Ref, Result};

/// `&self`.
///
/// # Errors
///
/// The value can't be borrowed now.
#[inline(always)]
pub fn borrow<'a, 'ctx, T: Class>(this: &'a Ref<'_, 'ctx, T>) -> Result<ClassRef<'a, 'ctx, T>> {
    this.handle().borrow()
}

/// `&mut self`.
///
/// # Errors
///
/// The value can't be borrowed now.
#[inline(always)]
pub fn borrow_mut<'a, 'ctx, T: NotFrozen>(this: &'a Ref<'_, 'ctx, T>) -> Result<ClassRefMut<'a, 'ctx, T>> {
    this.handle().borrow_mut()
}

/// Ends a borrow.
#[inline(always)]
pub fn end<T>(_: T) {}

/// A class that is not frozen.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is frozen, so nothing can borrow it mutably",
    label = "mutable borrow of a frozen class",
    note = "take it by `&`, or remove `frozen` from its `#[class]`"
)]
pub trait NotFrozen: Class<Mutability = Mutable> {}

impl<T: Class<Mutability = Mutable>> NotFrozen for T {}

/// What an argument of type `&Self` can be borrowed from.
#[diagnostic::on_unimplemented(
    message = "`&{Self}` can't be made from a Python object",
    label = "not a type that an argument can have",
    note = "arguments can be numbers, `&str`, `String`, `&[u8]`, `Vec<T>`, `HashMap<K, V>`, `Option<T>`, tuples, `&Handle<'_, T>`, references to classes and more; see `hpy::convert`"
)]
pub trait RefArgument<'ctx> {
    /// What keeps the borrow.
    type Holder<'a>
    where
        'ctx: 'a;
    /// The type in Python's words.
    const HINT: Hint;
    /// Converts and borrows.
    ///
    /// # Errors
    ///
    /// Another type; or it can't be borrowed now.
    fn hold<'a>(value: &'a Handle<'ctx>) -> Result<Self::Holder<'a>>;
    /// The same for an operand; `None` if it is none that a dunder method can take.
    ///
    /// # Errors
    ///
    /// It can't be borrowed now.
    #[inline(always)]
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

    #[inline(always)]
    fn hold<'a>(value: &'a Handle<'ctx>) -> Result<ClassRef<'a, 'ctx, T>> {
        value.downcast::<T>()?.borrow()
    }

    #[inline(always)]
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

    #[inline(always)]
    fn get<'h>(holder: &'h ClassRef<'_, 'ctx, T>) -> &'h T {
        holder
    }
}

macro_rules! ref_arguments {
    ($([$($param:ident: $bound:ident)?] $ty:ty),*) => {$(
        impl<'ctx, $($param: $bound)?> RefArgument<'ctx> for $ty {
            type Holder<'a> = &'a $ty where 'ctx: 'a;
            const HINT: Hint = <&'ctx $ty as FromPython<'ctx, 'ctx>>::HINT;

            #[inline(always)]
            fn hold<'a>(value: &'a Handle<'ctx>) -> Result<&'a $ty> {
                <&'a $ty as FromPython<'a, 'ctx>>::from_python(value)
            }

            #[inline(always)]
            fn get<'h>(holder: &'h &$ty) -> &'h $ty {
                holder
            }
        }
    )*};
}
ref_arguments!([] str, [] [u8], [T: PythonType] Handle<'ctx, T>);

/// What an argument of type `&mut Self` can be borrowed from.
#[diagnostic::on_unimplemented(
    message = "`&mut {Self}` can't be made from a Python object",
    label = "not a type that an argument can have",
    note = "only classes that are not frozen can be borrowed mutably"
)]
pub trait MutArgument<'ctx>: Class<Mutability = Mutable> {}

impl<T: Class<Mutability = Mutable>> MutArgument<'_> for T {}

#[cold]
fn named(error: Error, params: &'static Params, index: usize, hint: &Hint, value: HPy) -> Error {
    let name = params.names.get(index).map_or("?".into(), |name| name.to_string_lossy());
    error.for_argument(&params.function, &name, hint, value)
}

/// Borrows a required argument.
///
/// # Errors
///
/// What the conversion gave, the argument named.
#[inline(always)]
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
#[inline(always)]
pub fn held<'h, 'ctx, T: RefArgument<'ctx> + ?Sized>(_: Context<'ctx>, holder: &'h T::Holder<'_>) -> &'h T {
    T::get(holder)
}

/// Borrows the operand of a dunder method; `None` if it is none that the method can take.
///
/// # Errors
///
/// It can't be borrowed now.
#[inline(always)]
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
/// What the conversion gave, the argument named.
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
/// What the conversion gave, the argument named.
#[inline(always)]
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
#[inline(always)]
pub fn held_mut<'h, 'ctx, T: MutArgument<'ctx>>(
    _: Context<'ctx>,
    holder: &'h mut ClassRefMut<'_, 'ctx, T>,
) -> &'h mut T {
    holder
}

/// The forms in which a method may ask for its instance, and a class method for its class.
pub trait PassThis<'a, 'ctx, T> {
    /// Gives it in this form.
    fn pass(this: &'a Ref<'_, 'ctx, T>) -> Self;
}

impl<'a, 'ctx, T> PassThis<'a, 'ctx, T> for &'a Handle<'ctx, T> {
    #[inline(always)]
    fn pass(this: &'a Ref<'_, 'ctx, T>) -> Self {
        this
    }
}

impl<'a, 'ctx, T> PassThis<'a, 'ctx, T> for Ref<'a, 'ctx, T> {
    #[inline(always)]
    fn pass(this: &'a Ref<'_, 'ctx, T>) -> Self {
        this.handle().as_ref()
    }
}

/// The instance or class that a method was called on.
#[inline(always)]
pub fn pass_this<'a, 'ctx, T, P: PassThis<'a, 'ctx, T>>(this: &'a Ref<'_, 'ctx, T>) -> P {
    P::pass(this)
}

/// What `__len__` may return.
#[diagnostic::on_unimplemented(
    message = "`__len__` can't return `{Self}`",
    label = "expected `usize`, or a `Result` of it"
)]
pub trait LenOutput {
    /// As Python wants it.
    ///
    /// # Errors
    ///
    /// The method's own, or `OverflowError`.
    fn length(self) -> Result<isize>;
}

impl LenOutput for usize {
    #[inline(always)]
    fn length(self) -> Result<isize> {
        isize::try_from(self)
            .map_err(|_| Error::new::<OverflowError>("cannot fit 'int' into an index-sized integer"))
    }
}

impl<E: Into<Error>> LenOutput for core::result::Result<usize, E> {
    #[inline(always)]
    fn length(self) -> Result<isize> {
        self.map_err(Into::into)?.length()
    }
}

/// What `__len__` returned.
///
/// # Errors
///
/// As [`LenOutput::length`].
#[inline(always)]
pub fn len_output(_: Context<'_>, output: impl LenOutput) -> Result<isize> {
    output.length()
}

/// What `__bool__` and `__contains__` may return.
#[diagnostic::on_unimplemented(
    message = "a yes or no can't be `{Self}`",
    label = "expected `bool`, or a `Result` of it"
)]
pub trait BoolOutput {
    /// As a `Result`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn truth(self) -> Result<bool>;
}

impl BoolOutput for bool {
    #[inline(always)]
    fn truth(self) -> Result<bool> {
        Ok(self)
    }
}

impl<E: Into<Error>> BoolOutput for core::result::Result<bool, E> {
    #[inline(always)]
    fn truth(self) -> Result<bool> {
        self.map_err(Into::into)
    }
}

/// What `__bool__` or `__contains__` returned.
///
/// # Errors
///
/// The method's own.
#[inline(always)]
pub fn bool_output(_: Context<'_>, output: impl BoolOutput) -> Result<bool> {
    output.truth()
}

/// What `__hash__` may return.
#[diagnostic::on_unimplemented(
    message = "`__hash__` can't return `{Self}`",
    label = "expected an integer of 64 bits or of a pointer's size, or a `Result` of one"
)]
pub trait HashOutput {
    /// As Python wants it.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn hash(self) -> Result<isize>;
}

macro_rules! hashes {
    ($($ty:ty),*) => {$(
        impl HashOutput for $ty {
            #[inline(always)]
            fn hash(self) -> Result<isize> {
                Ok(self as isize)
            }
        }

        impl<E: Into<Error>> HashOutput for core::result::Result<$ty, E> {
            #[inline(always)]
            fn hash(self) -> Result<isize> {
                self.map(|hash| hash as isize).map_err(Into::into)
            }
        }
    )*};
}
hashes!(isize, usize, i64, u64);

/// What `__hash__` returned.
///
/// # Errors
///
/// The method's own.
#[inline(always)]
pub fn hash_output(_: Context<'_>, output: impl HashOutput) -> Result<isize> {
    output.hash()
}

/// What a method may return whose result nobody sees.
#[diagnostic::on_unimplemented(
    message = "nobody gets the `{Self}` that this method returns",
    label = "expected `()`, or a `Result` of it"
)]
pub trait UnitOutput {
    /// As a `Result`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn unit(self) -> Result<()>;
}

impl UnitOutput for () {
    #[inline(always)]
    fn unit(self) -> Result<()> {
        Ok(())
    }
}

impl<E: Into<Error>> UnitOutput for core::result::Result<(), E> {
    #[inline(always)]
    fn unit(self) -> Result<()> {
        self.map_err(Into::into)
    }
}

/// What a method returned whose result nobody sees.
///
/// # Errors
///
/// The method's own.
#[inline(always)]
pub fn unit_output(_: Context<'_>, output: impl UnitOutput) -> Result<()> {
    output.unit()
}

/// What `__next__` and `__anext__` may return.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say where an iteration ends",
    label = "expected an `Option` of a value that Python can be given, or a `Result` of one"
)]
pub trait NextOutput<'ctx> {
    /// The next item.
    ///
    /// # Errors
    ///
    /// The method's own, or what the conversion gave.
    fn next(self, ctx: Context<'ctx>) -> Result<Option<Handle<'ctx>>>;
}

impl<'ctx, T: crate::call::result::Output<'ctx>> NextOutput<'ctx> for Option<T> {
    #[inline(always)]
    fn next(self, ctx: Context<'ctx>) -> Result<Option<Handle<'ctx>>> {
        self.map(|item| item.output(ctx)).transpose()
    }
}

impl<'ctx, T: IntoPython<'ctx>, E: Into<Error>> NextOutput<'ctx> for core::result::Result<Option<T>, E> {
    #[inline(always)]
    fn next(self, ctx: Context<'ctx>) -> Result<Option<Handle<'ctx>>> {
        self.map_err(Into::into)?.next(ctx)
    }
}

/// What `__next__` returned.
///
/// # Errors
///
/// As [`NextOutput::next`].
#[inline(always)]
pub fn next_output<'ctx>(ctx: Context<'ctx>, output: impl NextOutput<'ctx>) -> Result<Option<Handle<'ctx>>> {
    output.next(ctx)
}

/// The same for a `__next__` that is called as a method.
///
/// # Errors
///
/// As [`NextOutput::next`]; `StopIteration` at the end.
pub fn next_method_output<'ctx>(ctx: Context<'ctx>, output: impl NextOutput<'ctx>) -> Result<Handle<'ctx>> {
    output.next(ctx)?.ok_or_else(|| Error::new::<crate::core::exceptions::StopIteration>(""))
}

/// The same for an `__anext__` that is called as a method.
///
/// # Errors
///
/// As [`NextOutput::next`]; `StopAsyncIteration` at the end.
pub fn anext_method_output<'ctx>(ctx: Context<'ctx>, output: impl NextOutput<'ctx>) -> Result<Handle<'ctx>> {
    output.next(ctx)?.ok_or_else(|| Error::new::<crate::core::exceptions::StopAsyncIteration>(""))
}

/// What an operator like `+=` gives: the instance, unless the method returns another object.
///
/// # Errors
///
/// The method's own.
#[inline(always)]
pub fn in_place_output<'ctx, T>(
    this: Ref<'_, 'ctx, T>,
    output: impl InPlaceOutput<'ctx>,
) -> Result<Handle<'ctx>> {
    output.in_place(this)
}

/// What a method like `__iadd__` may return.
#[diagnostic::on_unimplemented(
    message = "an in-place method can't return `{Self}`",
    label = "expected `()` for the instance itself, a `Handle` for another object or `NotImplemented`, or a `Result` of one"
)]
pub trait InPlaceOutput<'ctx> {
    /// The object that the variable holds then.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn in_place<T>(self, this: Ref<'_, 'ctx, T>) -> Result<Handle<'ctx>>;
}

impl<'ctx> InPlaceOutput<'ctx> for () {
    #[inline(always)]
    fn in_place<T>(self, this: Ref<'_, 'ctx, T>) -> Result<Handle<'ctx>> {
        Ok(this.to_owned().into_any())
    }
}

impl<'ctx, U> InPlaceOutput<'ctx> for Handle<'ctx, U> {
    #[inline(always)]
    fn in_place<T>(self, _: Ref<'_, 'ctx, T>) -> Result<Handle<'ctx>> {
        Ok(self.into_any())
    }
}

impl<'ctx, U> InPlaceOutput<'ctx> for Ref<'_, 'ctx, U> {
    #[inline(always)]
    fn in_place<T>(self, _: Ref<'_, 'ctx, T>) -> Result<Handle<'ctx>> {
        Ok(self.to_owned().into_any())
    }
}

impl<'ctx, V: InPlaceOutput<'ctx>, E: Into<Error>> InPlaceOutput<'ctx> for core::result::Result<V, E> {
    #[inline(always)]
    fn in_place<T>(self, this: Ref<'_, 'ctx, T>) -> Result<Handle<'ctx>> {
        match self {
            Ok(output) => output.in_place(this),
            Err(error) => Err(error.into()),
        }
    }
}
