//! [`Extendable`]: Rust classes as base classes.

use hpy_sys::HPyType_BuiltinShape;

use super::ClassTable;
use crate::class::Class;
use crate::class::bases::builtin::ExceptionBase;
use crate::class::bases::{Base, SealedBase};
use crate::class::instance::parts::{Init, Made};
use crate::class::payload::Payload;
use crate::core::markers::Type;
use crate::core::{Context, Handle, Result};

/// A class that others may extend. `#[class(subclass)]` implements it.
pub trait Extendable: ClassTable {}

impl<T: Extendable> SealedBase for T {}

impl<T: Extendable> Base for T {
    const BASE_NAME: &'static str = <T as Class>::NAME;
    const SHAPE: HPyType_BuiltinShape = T::Base::SHAPE;
    const BUILTIN: bool = T::Base::BUILTIN;
    const HAS_INIT: bool = false; // there is one that can be called so
    const SIZE: usize = Payload::<T>::END;
    const GC: bool = T::GC || T::Base::GC || T::METHODS.finalize.is_some();
    const OUR_HOST: bool = <T as ClassTable>::OUR_HOST;
    type Init = Init<T>;

    fn base_class<'ctx>(ctx: Context<'ctx>) -> Result<Option<Handle<'ctx, Type>>> {
        ctx.type_of::<T>().map(Some)
    }

    unsafe fn made_of<'ctx>(init: Init<T>, class: &Handle<'ctx, Type>) -> Result<Made<'ctx>> {
        // SAFETY: the caller's word.
        unsafe { init.made(class) }
    }
}

impl<T: Extendable> ExceptionBase for T where T::Base: ExceptionBase {}
