//! Builtin classes and exceptions as base classes.

use core::fmt;

use hpy_host::context::extensions::SHAPE_EXCEPTION;
use hpy_sys::{
    HPyType_BuiltinShape, HPyType_BuiltinShape_Dict, HPyType_BuiltinShape_Float, HPyType_BuiltinShape_List,
    HPyType_BuiltinShape_Long, HPyType_BuiltinShape_Tuple, HPyType_BuiltinShape_Type,
    HPyType_BuiltinShape_Unicode,
};

use super::{Base, Root, SealedBase};
use crate::call::arguments::Arguments;
use crate::class::Class;
use crate::class::instance::parts::{BaseParts, Init, Made, Parts, SealedParts};
use crate::core::error::Deferred;
use crate::core::markers::{Dict, Float, Int, List, PythonType, Str, Tuple, Type};
use crate::core::{Context, Error, Handle, Result};
use crate::types::call::CallArgs;

/// Arguments for the `__new__` of a builtin base, converted when there is a context; none by default.
#[derive(Default)]
pub struct BaseArgs(Option<Box<dyn MakeArgs>>);

impl fmt::Debug for BaseArgs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BaseArgs").finish_non_exhaustive()
    }
}

trait MakeArgs {
    fn make<'ctx>(self: Box<Self>, ctx: Context<'ctx>) -> Result<Handle<'ctx, Tuple>>;
}

impl<A: for<'ctx> CallArgs<'ctx>> MakeArgs for A {
    fn make<'ctx>(self: Box<Self>, ctx: Context<'ctx>) -> Result<Handle<'ctx, Tuple>> {
        crate::types::call::tuple(ctx, *self)
    }
}

impl<A: for<'ctx> CallArgs<'ctx> + 'static> From<A> for BaseArgs {
    fn from(args: A) -> Self {
        BaseArgs(Some(Box::new(args)))
    }
}

impl BaseArgs {
    fn tuple<'ctx>(self, ctx: Context<'ctx>) -> Result<Option<Handle<'ctx, Tuple>>> {
        self.0.map(|args| args.make(ctx)).transpose()
    }
}

/// `Base`, and arguments as what makes its part.
macro_rules! bases {
    ($($name:ident: $shape:ident, $has_init:literal;)*) => {$(
        impl SealedBase for $name {}

        impl Base for $name {
            const BASE_NAME: &'static str = <$name as PythonType>::NAME;
            bases!(@body $shape, $has_init);

            fn base_class<'ctx>(ctx: Context<'ctx>) -> Result<Option<Handle<'ctx, Type>>> {
                <$name as PythonType>::type_object(ctx).map(Some)
            }
        }

        impl Root for $name {}
    )*};
    (@body $shape:ident, $has_init:literal) => {
        const SHAPE: HPyType_BuiltinShape = $shape;
        const BUILTIN: bool = true;
        const HAS_INIT: bool = $has_init;
        const SIZE: usize = 0;
        const GC: bool = false;
        const OUR_HOST: bool = true;
        type Init = BaseArgs;

        unsafe fn made_of<'ctx>(init: BaseArgs, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
            let args = init.tuple(class.ctx())?;
            // SAFETY: the caller's word.
            unsafe { made::<Self>(class, args.as_ref()) }
        }
    };
}

bases! {
    Type: HPyType_BuiltinShape_Type, true;
    Int: HPyType_BuiltinShape_Long, false;
    Float: HPyType_BuiltinShape_Float, false;
    Str: HPyType_BuiltinShape_Unicode, false;
    Tuple: HPyType_BuiltinShape_Tuple, false;
    List: HPyType_BuiltinShape_List, true;
    Dict: HPyType_BuiltinShape_Dict, true;
}

/// # Safety
///
/// As for [`Base::made_of`].
pub(in crate::class) unsafe fn made<'ctx, B: Base>(
    class: &Handle<'ctx, Type>,
    args: Option<&Handle<'ctx, Tuple>>,
) -> Result<Made<'ctx>> {
    match B::base_class(class.ctx())? {
        Some(base) => Made::by(&base, class, args, B::SHAPE, B::HAS_INIT),
        // SAFETY: the caller's word.
        None => unsafe { Made::allocate(class) },
    }
}

/// Arguments for the base's `__new__`, with handles in them.
macro_rules! arguments {
    ($($name:ty),* $(,)?) => {$(
        impl<'ctx, A: CallArgs<'ctx>> SealedParts<'ctx, $name> for A {}

        impl<'ctx, A: CallArgs<'ctx>> BaseParts<'ctx, $name> for A {
            unsafe fn made(self, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
                let args = crate::types::call::tuple(class.ctx(), self)?;
                // SAFETY: the caller's word.
                unsafe { made::<$name>(class, Some(&args)) }
            }
        }
    )*};
}
arguments!(Type, Int, Float, Str, Tuple, List, Dict);

/// An exception, or a class that extends one.
pub trait ExceptionBase: Base {}

macro_rules! exceptions {
    ($($name:ident),* $(,)?) => {$(
        impl SealedBase for crate::core::exceptions::$name {}

        impl Base for crate::core::exceptions::$name {
            const BASE_NAME: &'static str = stringify!($name);
            bases!(@body SHAPE_EXCEPTION, true);

            fn base_class<'ctx>(ctx: Context<'ctx>) -> Result<Option<Handle<'ctx, Type>>> {
                Ok(Some(<Self as crate::core::exceptions::ExceptionType>::type_object(ctx).to_owned()))
            }
        }

        impl ExceptionBase for crate::core::exceptions::$name {}

        impl Root for crate::core::exceptions::$name {
            /// As Python does: what an exception is called with are its `args`.
            unsafe fn called<'ctx>(
                class: &Handle<'ctx, Type>,
                args: Arguments<'_, 'ctx>,
            ) -> Result<Made<'ctx>> {
                // SAFETY: the caller's word.
                unsafe { made::<Self>(class, Some(&args.positional(class.ctx())?)) }
            }
        }

        arguments!(crate::core::exceptions::$name);
    )*};
}
crate::core::exceptions::for_each_exception!(exceptions);

/// The values of an exception that is still to be made.
impl<T: Class> Deferred for Init<T>
where
    T::Base: ExceptionBase,
{
    fn make<'ctx>(self: Box<Self>, ctx: Context<'ctx>) -> Result<Handle<'ctx>> {
        Parts::<T>::object(*self, &ctx.type_of::<T>()?).map(Handle::into_any)
    }

    fn class<'ctx>(&self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>> {
        ctx.type_of::<T>()
    }
}

impl<T: Class> From<Init<T>> for Error
where
    T::Base: ExceptionBase,
{
    /// Raises the exception; it is made when it is raised.
    fn from(init: Init<T>) -> Self {
        Error::deferred(Box::new(init))
    }
}

/// A class that extends an exception, and needs no value for the base.
pub trait Raised<'a>: Class {
    /// The exception to be raised.
    fn raised(self) -> Error;
}

impl<T: Class> Raised<'_> for T
where
    T::Base: Root + ExceptionBase,
{
    fn raised(self) -> Error {
        Init::from(self).into()
    }
}
