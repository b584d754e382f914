//! [`Parts`] and [`Init`]: the values that an instance is constructed from, one for each Rust class in its hierarchy.

use core::ffi::c_void;

use hpy_sys::HPy;

use super::constructor::new_instance;
use crate::class::Class;
use crate::class::bases::{Base, Root};
use crate::class::payload::Payload;
use crate::class::payload::locate::data_of;
use crate::core::exceptions::TypeError;
use crate::core::host_checks::checks_self;
use crate::core::markers::{PythonType, Tuple, Type};
use crate::core::{Context, Error, Handle, IntoPython, Result};

/// The values of a new instance of `T`: its own value, followed by the values of its base class.
///
/// - `T` itself, if the base needs no value: `object`, a builtin class, an exception;
/// - `(T, Base)` for a base class in Rust; for more levels `(T, (Base, BaseOfBase))`;
/// - `(T, (a, b))` for a builtin base or an exception, whose `__new__` and `__init__` receive the arguments `a` and `b`;
/// - an [`Init`].
pub trait Parts<'ctx, T: Class>: SealedParts<'ctx, T> {
    /// A new instance of `class`, with the values.
    ///
    /// # Safety
    ///
    /// `class` is that of `T` or a subclass of it.
    #[doc(hidden)]
    unsafe fn made(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>>;

    /// The object: a new instance of `class`, unless the value stands for one that exists.
    #[doc(hidden)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn object(self, class: &Handle<'ctx, Type>) -> Result<Handle<'ctx, T>>
    where
        Self: Sized,
    {
        new_instance(class, self)
    }

    /// The same for exactly the class of `T`.
    #[doc(hidden)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn exact(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, T>>
    where
        Self: Sized,
    {
        self.object(&ctx.type_of::<T>()?)
    }
}

mod private {
    /// Can't be named, and so not implemented, elsewhere.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` does not make an instance of `{B}`, and can't be made to by hand",
        label = "not the values of an instance",
        note = "the values of an instance are one of its class `T`, `(T, what its base needs)`, or an `hpy::Init<T>`"
    )]
    pub trait SealedParts<'ctx, B> {}
}
pub(in crate::class) use private::SealedParts;

/// A new instance whose values are just put in.
#[doc(hidden)]
#[derive(Debug)]
pub struct Made<'ctx> {
    pub(crate) object: Handle<'ctx>,
    /// Its own data.
    pub(super) data: *mut c_void,
}

impl<'ctx> Made<'ctx> {
    /// A new instance without values.
    ///
    /// # Safety
    ///
    /// `class` was made by `impl_::class`, or is a subclass of one.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::class) unsafe fn allocate(class: &Handle<'ctx, Type>) -> Result<Self> {
        let ctx = class.ctx();
        refuse_abstract(class)?;
        let mut data = core::ptr::null_mut();
        // SAFETY: invariants 2 and 3; the caller's word.
        let object = unsafe {
            let raw = hpy_host::calls::_HPy_New(ctx.raw(), class.as_raw(), &mut data);
            Handle::from_result(ctx, raw)?
        };
        Ok(Made { object, data })
    }

    /// A new instance that the builtin class `base` makes: `base.__new__(class, *args)`, and `__init__` if it has one.
    #[inline(never)]
    pub(in crate::class) fn by(
        base: &Handle<'ctx, Type>,
        class: &Handle<'ctx, Type>,
        args: Option<&Handle<'ctx, Tuple>>,
        shape: hpy_sys::HPyType_BuiltinShape,
        has_init: bool,
    ) -> Result<Self> {
        let ctx = class.ctx();
        let with = |first: Handle<'ctx>| -> Result<Handle<'ctx, Tuple>> {
            let mut all = vec![first];
            if let Some(args) = args {
                for index in 0..args.len()? {
                    all.push(args.getitem(index)?);
                }
            }
            Tuple::from_handles(ctx, &all)
        };
        let object = base.getattr("__new__")?.call_tuple(&with(class.clone().into_any())?, None)?;
        let no_room = || -> Result<Error> {
            let (class, base) = (class.name()?, base.name()?);
            let text =
                format!("this interpreter has no room for the data of class {class} in instances of {base}");
            Ok(Error::new::<TypeError>(text))
        };
        if !object.is_instance(class) {
            // Its memory tells that it is none, whatever its type says.
            let by_type = object.type_()?.is_subtype_of(class);
            let other = || Error::new::<TypeError>("the base class made an object of another class");
            return Err(if by_type { no_room()? } else { other() });
        }
        if has_init {
            base.getattr("__init__")?.call_tuple(&with(object.clone())?, None)?;
        }
        // SAFETY: an instance of a class of ours of that shape, as just seen.
        let data = unsafe {
            if ctx.is_embedded() {
                hpy_host::context::extensions::made_by_base(crate::core::ffi::object(object.as_raw()))
            } else {
                data_of(&object, shape)
            }
        };
        if data.is_null() {
            return Err(no_room()?);
        }
        Ok(Made { object, data })
    }

    /// A new instance with a value, of exactly the class of `T`, which the embedded host makes without further ado; else
    /// gives the value back.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn exact<T: Class>(ctx: Context<'ctx>, value: T) -> core::result::Result<Result<Self>, T> {
        if !ctx.is_embedded() {
            return Err(value);
        }
        // SAFETY: invariants 3, 5 and 8: a new instance of a class whose instances' own data is behind the header, or NULL with
        // an exception; nobody else has it yet.
        unsafe {
            let Some(raw) = T::slot().allocate() else { return Err(value) };
            Ok(Handle::from_result(ctx, raw).map(|object| {
                let data = hpy_host::interp::payload(crate::core::ffi::object(raw));
                Payload::<T>::at(data).fill_fresh(ctx, raw, value);
                Made { object, data }
            }))
        }
    }

    /// Puts in the value of `T`.
    ///
    /// # Safety
    ///
    /// It is an instance of `T`'s class.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) unsafe fn fill<T: Class>(&self, value: T) -> Result<()> {
        // Python code that ran since the class was looked at may have given it other bases.
        if !checks_self() && !T::check(&self.object)? {
            return Err(made_as_another(T::NAME));
        }
        // SAFETY: invariant 8.
        unsafe { Payload::<T>::at(self.data).fill(self.object.ctx(), self.object.as_raw(), value) }
    }
}

#[cold]
pub(super) fn made_as_another(name: &str) -> Error {
    Error::new::<TypeError>(format!(
        "{name}.__new__() made an object without room for the value of {name}: its class was given other bases meanwhile"
    ))
}

impl<T: Class> SealedParts<'_, T> for T {}

impl<'ctx, T: Class> Parts<'ctx, T> for T
where
    T::Base: Root,
{
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn made(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
        let exact = if T::slot().allocates(class) { Made::exact(class.ctx(), self) } else { Err(self) };
        exact.unwrap_or_else(|value| {
            // SAFETY: the caller's word.
            unsafe {
                let made = T::Base::made_of(Default::default(), class)?;
                made.fill(value)?;
                Ok(made)
            }
        })
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn object(self, class: &Handle<'ctx, Type>) -> Result<Handle<'ctx, T>> {
        match self.into_known(class) {
            Ok(known) => known,
            Err(value) => new_instance(class, value),
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn exact(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, T>> {
        if T::KNOWN {
            return self.object(&ctx.type_of::<T>()?);
        }
        let made = match Made::exact(ctx, self) {
            Ok(made) => made?.object,
            // SAFETY: invariant 3: a new handle.
            Err(value) => unsafe { Handle::from_raw(ctx, HPy { _i: by_class(ctx, value)? as isize }) },
        };
        // SAFETY: an instance of `T`'s class.
        Ok(unsafe { made.cast_into_unchecked() })
    }
}

/// A new instance with a value, of exactly the class of `T`, where it takes more than memory. Not inlined, and the raw
/// handle as a pointer, which makes a result in registers: so it leaves no traces where memory is enough.
#[inline(never)]
fn by_class<T: Class>(ctx: Context<'_>, value: T) -> Result<*mut c_void>
where
    T::Base: Root,
{
    // SAFETY: it is the class of `T`.
    let made = unsafe {
        match T::slot().at_hand(ctx) {
            Some(class) => value.made(&class),
            None => value.made(&ctx.type_of::<T>()?),
        }?
    };
    Ok(made.object.into_raw()._i as *mut c_void)
}

/// As `object.__new__`, which is not asked: a class in Python with abstract methods has no instances.
#[cfg_attr(not(debug_assertions), inline(always))]
fn refuse_abstract(class: &Handle<'_, Type>) -> Result<()> {
    const IS_ABSTRACT: core::ffi::c_ulong = 1 << 20; // of CPython; elsewhere `check_class` has looked
    let ctx = class.ctx();
    if !crate::core::host_checks::checks_self() {
        return Ok(());
    }
    let may_be = if ctx.is_embedded() {
        // SAFETY: invariant 5: the API is loaded, and the class is a live type.
        unsafe {
            (hpy_host::api().PyType_GetFlags)(crate::core::ffi::object(class.as_raw()).cast()) & IS_ABSTRACT
                != 0
        }
    } else {
        ctx.extensions().is_some()
    };
    if may_be { abstract_methods(class) } else { Ok(()) }
}

#[inline(never)]
pub(crate) fn abstract_methods(class: &Handle<'_, Type>) -> Result<()> {
    if !class.hasattr("__abstractmethods__")? {
        return Ok(());
    }
    let names = class.ctx().builtins().getitem("sorted")?.call((class.getattr("__abstractmethods__")?,))?;
    let names: Vec<String> = names.extract()?;
    if names.is_empty() {
        return Ok(());
    }
    let s = if names.len() == 1 { "" } else { "s" };
    Err(Error::new::<TypeError>(format!(
        "Can't instantiate abstract class {} without an implementation for abstract method{s} '{}'",
        class.name()?,
        names.join("', '")
    )))
}

/// A value, and a tuple of arguments for the builtin base.
pub(crate) struct WithArgs<'a, 'ctx, T>(pub(crate) T, pub(crate) &'a Handle<'ctx, Tuple>);

impl<'ctx, T: Class> SealedParts<'ctx, T> for WithArgs<'_, 'ctx, T> where T::Base: Root {}

impl<'ctx, T: Class> Parts<'ctx, T> for WithArgs<'_, 'ctx, T>
where
    T::Base: Root,
{
    unsafe fn made(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
        // SAFETY: the caller's word: a subclass of the base's, too.
        unsafe {
            let made = crate::class::bases::builtin::made::<T::Base>(class, Some(self.1))?;
            made.fill(self.0)?;
            Ok(made)
        }
    }
}

/// A value that makes the part of an instance that belongs to the base `B`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not make what belongs to the base `{B}`",
    label = "expected a value of `{B}`, or a tuple of arguments if that is a builtin class or an exception"
)]
pub trait BaseParts<'ctx, B: Base>: SealedParts<'ctx, B> {
    /// A new instance of `class`, with all up to this base made.
    ///
    /// # Safety
    ///
    /// `class` is that of `B` or a subclass of it.
    #[doc(hidden)]
    unsafe fn made(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>>;
}

impl<'ctx, B: Class + Base, P: Parts<'ctx, B>> BaseParts<'ctx, B> for P {
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn made(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
        // SAFETY: the caller's word.
        unsafe { Parts::made(self, class) }
    }
}

impl<'ctx, T: Class, P: BaseParts<'ctx, T::Base>> SealedParts<'ctx, T> for (T, P) {}

impl<'ctx, T: Class, P: BaseParts<'ctx, T::Base>> Parts<'ctx, T> for (T, P) {
    unsafe fn made(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
        // SAFETY: the caller's word: a subclass of the base's, too.
        unsafe {
            let made = self.1.made(class)?;
            made.fill(self.0)?;
            Ok(made)
        }
    }
}

/// The values of an instance of `T` and of its base classes. It needs no context, and can be returned to Python:
///
/// ```
/// #[hpy::module]
/// mod animals {
///     use hpy::Init;
///
///     #[class(subclass)]
///     struct Animal {
///         legs: u8,
///     }
///
///     #[class(extends = Animal)]
///     struct Bird {
///         flies: bool,
///     }
///
///     #[function]
///     fn penguin() -> Init<Bird> {
///         Init::from((Bird { flies: false }, Animal { legs: 2 }))
///     }
/// }
/// # fn main() {}
/// ```
pub struct Init<T: Class> {
    value: T,
    base: <T::Base as Base>::Init,
}

impl<T: Class + core::fmt::Debug> core::fmt::Debug for Init<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Init").field(&self.value).finish_non_exhaustive()
    }
}

impl<T: Class> From<T> for Init<T>
where
    T::Base: Root,
{
    fn from(value: T) -> Self {
        Init { value, base: Default::default() }
    }
}

impl<T: Class, P: Into<<T::Base as Base>::Init>> From<(T, P)> for Init<T> {
    fn from((value, base): (T, P)) -> Self {
        Init { value, base: base.into() }
    }
}

impl<T: Class> Init<T> {
    /// # Safety
    ///
    /// As for [`Parts::made`].
    pub(in crate::class) unsafe fn made<'ctx>(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
        // SAFETY: the caller's word: a subclass of the base's, too.
        unsafe {
            let made = T::Base::made_of(self.base, class)?;
            made.fill(self.value)?;
            Ok(made)
        }
    }
}

impl<T: Class> SealedParts<'_, T> for Init<T> {}

impl<'ctx, T: Class> Parts<'ctx, T> for Init<T> {
    unsafe fn made(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
        // SAFETY: the caller's word.
        unsafe { Init::made(self, class) }
    }
}

impl<'ctx, T: Class> IntoPython<'ctx> for Init<T> {
    type Target = T;
    type Error = Error;

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, T>> {
        new_instance(&ctx.type_of::<T>()?, self)
    }
}
