//! Attributes that are looked up by a method of the class.

use core::ffi::c_int;

use super::super::slot as s;
use super::super::trampoline::Mode;
use super::{ExtraDef, ExtraMethods, Slot, SlotDef, This, this};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::exceptions::AttributeError;
use crate::handle::{Handle, Ref};
use crate::types::Any;

/// `__getattribute__` and `__getattr__`.
pub trait GetAttrSlot: Slot {
    /// `this.name`.
    ///
    /// # Errors
    ///
    /// The method's own.
    #[inline(always)]
    fn attribute<'ctx>(
        ctx: Context<'ctx>,
        this: This<'_, 'ctx, Self>,
        name: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>> {
        generic_getattr(ctx, this.as_any(), &name)
    }

    /// `this.name`, where [`GetAttrSlot::attribute`] has raised `AttributeError`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn missing<'ctx>(
        _: Context<'ctx>,
        _: This<'_, 'ctx, Self>,
        _: Ref<'_, 'ctx>,
        error: Error,
    ) -> Result<Handle<'ctx>> {
        Err(error)
    }
}

impl<S: GetAttrSlot> s::GetAttr for SlotDef<S> {
    fn run<'ctx>(
        mode: Mode,
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        name: Ref<'_, 'ctx>,
    ) -> Result<Handle<'ctx>> {
        match S::attribute(ctx, this(mode, a)?, name) {
            Err(error) if error.is_instance_of::<AttributeError>(ctx) => {
                S::missing(ctx, this(mode, a)?, name, error)
            }
            result => result,
        }
    }
}

impl<S: GetAttrSlot> SlotDef<S> {
    /// `tp_getattro`.
    pub const fn extra_getattr(slot: c_int, methods: ExtraMethods<S::Class>) -> ExtraDef<S::Class> {
        assert!(matches!(slot, 58), "the slot has another signature");
        ExtraDef { slot, functions: s::get_attr::trampolines::<Self>(), methods }
    }
}

/// `object.__getattribute__(object, name)`.
///
/// # Errors
///
/// `AttributeError`, or what a descriptor raised.
pub fn generic_getattr<'ctx>(
    ctx: Context<'ctx>,
    object: &Handle<'ctx>,
    name: &Handle<'ctx>,
) -> Result<Handle<'ctx>> {
    if ctx.is_embedded() {
        let object = crate::ffi::object(object.as_raw());
        // SAFETY: invariant 5: the API is loaded, and handles are object pointers.
        let value = unsafe { hpy_host::ext::generic_getattr(object, crate::ffi::object(name.as_raw())) };
        // SAFETY: invariant 3: a new reference or NULL with an exception.
        return unsafe { Handle::from_result(ctx, hpy_sys::HPy { _i: value as isize }) };
    }
    ctx.type_of::<Any>()?.call_method("__getattribute__", (object, name))
}

/// `__setattr__` and `__delattr__`.
pub trait SetAttrSlot: Slot {
    /// `this.name = value`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn set<'ctx>(
        ctx: Context<'ctx>,
        this: This<'_, 'ctx, Self>,
        name: Ref<'_, 'ctx>,
        value: Ref<'_, 'ctx>,
    ) -> Result<()> {
        ctx.type_of::<Any>()?.call_method("__setattr__", (this.as_any(), name, value)).map(drop)
    }

    /// `del this.name`.
    ///
    /// # Errors
    ///
    /// The method's own.
    fn delete<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>, name: Ref<'_, 'ctx>) -> Result<()> {
        ctx.type_of::<Any>()?.call_method("__delattr__", (this.as_any(), name)).map(drop)
    }
}

impl<S: SetAttrSlot> s::SetAttr for SlotDef<S> {
    fn run<'ctx>(
        mode: Mode,
        ctx: Context<'ctx>,
        a: Ref<'_, 'ctx>,
        name: Ref<'_, 'ctx>,
        value: Option<Ref<'_, 'ctx>>,
    ) -> Result<()> {
        match value {
            Some(value) => S::set(ctx, this(mode, a)?, name, value),
            None => S::delete(ctx, this(mode, a)?, name),
        }
    }
}

impl<S: SetAttrSlot> SlotDef<S> {
    /// `tp_setattro`.
    pub const fn extra_setattr(slot: c_int, methods: ExtraMethods<S::Class>) -> ExtraDef<S::Class> {
        assert!(matches!(slot, 69), "the slot has another signature");
        ExtraDef { slot, functions: s::set_attr::trampolines::<Self>(), methods }
    }
}
