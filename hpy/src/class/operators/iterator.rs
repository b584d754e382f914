//! Iterators: `__next__` and `__anext__`.

use core::ffi::c_int;

use super::This;
use crate::call::self_check::this;
use crate::call::slot as s;
use crate::call::trampoline::Mode;
use crate::class::methods::slot::{Slot, SlotDef};
use crate::class::tables::{ExtraDef, ExtraMethods};
use crate::core::exceptions::StopAsyncIteration;
use crate::core::{Context, Error, Handle, Ref, Result};

/// `__next__`.
pub trait NextSlot: Slot {
    /// The next item; `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>) -> Result<Option<Handle<'ctx>>>;
}

impl<S: NextSlot> s::Next for SlotDef<S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn run<'ctx>(mode: Mode, ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<Option<Handle<'ctx>>> {
        S::call(ctx, this(mode, a)?)
    }
}

impl<S: NextSlot> SlotDef<S> {
    /// `tp_iternext`.
    pub const fn extra_next(slot: c_int, methods: ExtraMethods<S::Class>) -> ExtraDef<S::Class> {
        assert!(matches!(slot, 63), "the slot has another signature");
        ExtraDef { slot, functions: s::next::trampolines::<Self>(), methods }
    }
}

/// `__anext__`: an awaitable; the end is an exception.
pub trait AsyncNextSlot: Slot {
    /// The next awaitable; `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>) -> Result<Option<Handle<'ctx>>>;
}

/// The slot of an [`AsyncNextSlot`].
#[derive(Debug)]
pub struct AsyncNextDef<S>(core::marker::PhantomData<S>);

impl<S: AsyncNextSlot> s::Iter for AsyncNextDef<S> {
    fn run<'ctx>(mode: Mode, ctx: Context<'ctx>, a: Ref<'_, 'ctx>) -> Result<Handle<'ctx>> {
        S::call(ctx, this(mode, a)?)?.ok_or_else(|| Error::new::<StopAsyncIteration>(""))
    }
}

impl<S: AsyncNextSlot> AsyncNextDef<S> {
    /// `am_anext`.
    pub const fn extra_anext(slot: c_int, methods: ExtraMethods<S::Class>) -> ExtraDef<S::Class> {
        assert!(matches!(slot, 79), "the slot has another signature");
        ExtraDef { slot, functions: s::iter::trampolines::<Self>(), methods }
    }
}
