//! Descriptors: `__get__`, `__set__` and `__delete__`.

use core::ffi::c_int;

use super::This;
use crate::call::self_check::this;
use crate::call::slot as s;
use crate::call::trampoline::Mode;
use crate::class::methods::slot::{Slot, SlotDef};
use crate::class::tables::{ExtraDef, ExtraMethods};
use crate::core::exceptions::AttributeError;
use crate::core::{Context, Error, Handle, Ref, Result};

/// `__get__`.
pub trait DescrGetSlot: Slot {
    /// The attribute of `instance`, or of the class `owner` if that is `None`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn call<'ctx>(
        ctx: Context<'ctx>,
        this: This<'_, 'ctx, Self>,
        instance: Ref<'_, 'ctx>,
        owner: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>>;
}

impl<S: DescrGetSlot> s::DescrGet for SlotDef<S> {
    fn run<'ctx>(
        mode: Mode,
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        instance: Option<Ref<'_, 'ctx>>,
        owner: Option<Ref<'_, 'ctx>>,
    ) -> Result<Handle<'ctx>> {
        // SAFETY: every object is an `Any`.
        let none: Ref<'_, 'ctx> = unsafe { ctx.none().cast_unchecked() };
        S::call(ctx, this(mode, a)?, instance.unwrap_or(none), owner.unwrap_or(none))
    }
}

impl<S: DescrGetSlot> SlotDef<S> {
    /// `tp_descr_get`.
    pub const fn extra_descr_get(slot: c_int, methods: ExtraMethods<S::Class>) -> ExtraDef<S::Class> {
        assert!(matches!(slot, 54), "the slot has another signature");
        ExtraDef { slot, functions: s::descr_get::trampolines::<Self>(), methods }
    }
}

/// `__set__` and `__delete__`.
pub trait DescrSetSlot: Slot {
    /// `instance.attribute = value`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn set<'ctx>(
        _: Context<'ctx>,
        _: This<'_, 'ctx, Self>,
        _instance: Ref<'_, 'ctx>,
        _value: Ref<'_, 'ctx>,
    ) -> Result<()> {
        Err(Error::new::<AttributeError>("__set__"))
    }

    /// `del instance.attribute`.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn delete<'ctx>(_: Context<'ctx>, _: This<'_, 'ctx, Self>, _instance: Ref<'_, 'ctx>) -> Result<()> {
        Err(Error::new::<AttributeError>("__delete__"))
    }
}

impl<S: DescrSetSlot> s::DescrSet for SlotDef<S> {
    fn run<'ctx>(
        mode: Mode,
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        instance: Ref<'_, 'ctx>,
        value: Option<Ref<'_, 'ctx>>,
    ) -> Result<()> {
        match value {
            Some(value) => S::set(ctx, this(mode, a)?, instance, value),
            None => S::delete(ctx, this(mode, a)?, instance),
        }
    }
}

impl<S: DescrSetSlot> SlotDef<S> {
    /// `tp_descr_set`.
    pub const fn extra_descr_set(slot: c_int, methods: ExtraMethods<S::Class>) -> ExtraDef<S::Class> {
        assert!(matches!(slot, 55), "the slot has another signature");
        ExtraDef { slot, functions: s::descr_set::trampolines::<Self>(), methods }
    }
}
