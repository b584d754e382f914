//! [`Base`]: what a class can extend; [`Parts`] and [`Init`]: the values of an instance, one for each class that it is of.

use core::ffi::c_void;

use super::{Class, Payload};
use crate::context::Context;
use crate::convert::IntoPython;
use crate::error::{Error, Result};
use crate::handle::Handle;
use crate::impl_::{ClassTable, new_instance};
use crate::types::{Any, PythonType, Type};

/// What a class can extend: another class that has `subclass`, by `#[hpy::class(extends = Base)]`. All others extend
/// `object`, which is [`Any`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be extended",
    label = "not a class that others may extend",
    note = "`extends` takes a class with `subclass`: write `#[hpy::class(subclass)]` above `struct {Self}`"
)]
pub trait Base: PythonType {
    /// Is it other than `object`?
    #[doc(hidden)]
    const EXTENDED: bool = true;
    /// Bytes of an instance's own data before those of a class that extends this.
    #[doc(hidden)]
    const SIZE: usize;
    /// May an instance hold fields?
    #[doc(hidden)]
    const GC: bool;
    /// Does it need one of our hosts?
    #[doc(hidden)]
    const OUR_HOST: bool;
    /// What makes this part of an instance.
    #[doc(hidden)]
    type Init;

    /// The class that the host is told of; `None` for `object`, which it knows.
    #[doc(hidden)]
    fn base_class<'ctx>(ctx: Context<'ctx>) -> Result<Option<Handle<'ctx, Type>>>;
}

/// A base that needs no value of its own.
#[diagnostic::on_unimplemented(
    message = "an instance needs a value of its base `{Self}`, too",
    label = "the value of `{Self}` is missing",
    note = "give both, the base's last: `(Derived {{ … }}, Base {{ … }})`; where there is no context, \
            `hpy::Init::from((Derived {{ … }}, Base {{ … }}))`"
)]
pub trait Root: Base<Init = ()> {}

impl Base for Any {
    const EXTENDED: bool = false;
    const SIZE: usize = 0;
    const GC: bool = false;
    const OUR_HOST: bool = false;
    type Init = ();

    fn base_class<'ctx>(_: Context<'ctx>) -> Result<Option<Handle<'ctx, Type>>> {
        Ok(None)
    }
}

impl Root for Any {}

/// A class that others may extend: `#[class(subclass)]` implements it.
pub trait Extendable: ClassTable {}

impl<T: Extendable> Base for T {
    const SIZE: usize = Payload::<T>::END;
    const GC: bool = T::GC || T::Base::GC || T::METHODS.finalize.is_some();
    const OUR_HOST: bool = <T as ClassTable>::OUR_HOST;
    type Init = Init<T>;

    fn base_class<'ctx>(ctx: Context<'ctx>) -> Result<Option<Handle<'ctx, Type>>> {
        ctx.type_of::<T>().map(Some)
    }
}

/// The values that make an instance of `T`: its own, then what makes the instance of its base, if that is a Rust class.
///
/// `T` itself, where the base needs none; `(T, Base)`; for more levels `(T, (Base, BaseOfBase))`; or an [`Init`].
pub trait Parts<'ctx, T: Class> {
    /// A new instance of `class`, with the values.
    #[doc(hidden)]
    fn instance(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>>;

    /// The object: a new instance of `class`, unless the value stands for one that exists.
    #[doc(hidden)]
    #[inline(always)]
    fn object(self, class: &Handle<'ctx, Type>) -> Result<Handle<'ctx, T>>
    where
        Self: Sized,
    {
        new_instance(class, self)
    }
}

/// A new instance whose values are just put in.
#[doc(hidden)]
#[derive(Debug)]
pub struct Made<'ctx> {
    pub(crate) object: Handle<'ctx>,
    /// Its own data.
    data: *mut c_void,
}

impl<'ctx> Made<'ctx> {
    /// A new instance without values.
    #[inline(always)]
    fn allocate(class: &Handle<'ctx, Type>) -> Result<Self> {
        let ctx = class.ctx();
        let mut data = core::ptr::null_mut();
        // SAFETY: invariants 2 and 3; a class that `impl_::class` made, or a subclass of one.
        let object = unsafe {
            let raw = hpy_host::calls::_HPy_New(ctx.raw(), class.as_raw(), &mut data);
            Handle::from_result(ctx, raw)?
        };
        Ok(Made { object, data })
    }

    /// Puts in the value of `T`, of which it is an instance.
    ///
    /// # Safety
    ///
    /// It is an instance of `T`'s class.
    #[inline(always)]
    unsafe fn fill<T: Class>(&self, value: T) -> Result<()> {
        // SAFETY: invariant 8; the object is new, and nobody else has it.
        unsafe { Payload::<T>::at(self.data).fill(self.object.ctx(), self.object.as_raw(), value) }
    }
}

impl<'ctx, T: Class> Parts<'ctx, T> for T
where
    T::Base: Root,
{
    #[inline(always)]
    fn instance(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
        let made = Made::allocate(class)?;
        // SAFETY: the caller's class is `T`'s or a subclass.
        unsafe { made.fill(self)? };
        Ok(made)
    }

    #[inline(always)]
    fn object(self, class: &Handle<'ctx, Type>) -> Result<Handle<'ctx, T>> {
        match self.into_known(class) {
            Ok(known) => known,
            Err(value) => new_instance(class, value),
        }
    }
}

impl<'ctx, B: Class, T: Class<Base = B>, P: Parts<'ctx, B>> Parts<'ctx, T> for (T, P) {
    fn instance(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
        let made = self.1.instance(class)?;
        // SAFETY: the caller's class is `T`'s or a subclass.
        unsafe { made.fill(self.0)? };
        Ok(made)
    }
}

/// The values of an instance of `T` and of its bases, made where there is no context, or to be returned to Python:
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
        Init { value, base: () }
    }
}

impl<T: Class, P: Into<<T::Base as Base>::Init>> From<(T, P)> for Init<T> {
    fn from((value, base): (T, P)) -> Self {
        Init { value, base: base.into() }
    }
}

/// What makes the part of an instance that belongs to a base.
#[doc(hidden)]
pub trait BaseInit<'ctx> {
    fn instance(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>>;
}

impl<'ctx> BaseInit<'ctx> for () {
    fn instance(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
        Made::allocate(class)
    }
}

impl<'ctx, T: Class> BaseInit<'ctx> for Init<T>
where
    <T::Base as Base>::Init: BaseInit<'ctx>,
{
    fn instance(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
        let made = self.base.instance(class)?;
        // SAFETY: the caller's class is `T`'s or a subclass.
        unsafe { made.fill(self.value)? };
        Ok(made)
    }
}

impl<'ctx, T: Class> Parts<'ctx, T> for Init<T>
where
    <T::Base as Base>::Init: BaseInit<'ctx>,
{
    fn instance(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
        BaseInit::instance(self, class)
    }
}

impl<'ctx, T: Class> IntoPython<'ctx> for Init<T>
where
    Init<T>: Parts<'ctx, T>,
{
    type Target = T;
    type Error = Error;

    fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx, T>> {
        new_instance(&ctx.type_of::<T>()?, self)
    }
}
