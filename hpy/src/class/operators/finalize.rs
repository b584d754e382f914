//! The finalizer, `__del__`: runs once, before the instance is deallocated.

use core::ffi::c_void;

use hpy_sys::{HPy, HPyContext, cpy_PyObject};

use super::This;
use crate::call::definition::{Definition, Functions};
use crate::call::self_check::this;
use crate::call::through_host::through_host;
use crate::call::trampoline::{Mode, handle};
use crate::class::methods::slot::{Slot, SlotDef};
use crate::class::type_slot::payload_of;
use crate::core::panic::guard;
use crate::core::{Context, Error, Ref, Result, ffi};

/// `__del__`.
pub trait FinalizeSlot: Slot {
    /// The dunder method.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn call<'ctx>(ctx: Context<'ctx>, this: This<'_, 'ctx, Self>) -> Result<()>;
}

impl<S: FinalizeSlot> SlotDef<S> {
    /// `tp_finalize`.
    pub const fn finalize() -> Definition<S::Class> {
        let implementation = hpy::<S> as *const c_void;
        let slot = hpy_sys::HPy_tp_finalize;
        Definition::slot(
            slot,
            Functions {
                hpy: implementation,
                portable: cpy::<S> as *const c_void,
                direct: direct::<S> as *const c_void,
            },
        )
    }
}

/// Calls `__del__`, unless the instance has no value.
#[inline]
fn finalize<'ctx, S: FinalizeSlot>(ctx: Context<'ctx>, this: This<'_, 'ctx, S>) -> Result<()> {
    match payload_of(this.handle()) {
        Some(payload) if !payload.is_empty() => S::call(ctx, this),
        _ => Ok(()),
    }
}

/// An exception may be pending while an instance is deallocated; it must be preserved. An exception raised by `__del__` has no
/// caller, so it is reported as unraisable.
///
/// # Safety
///
/// The host's word for a call: `ctx` is a live context for this thread, and the handle is open and of it.
unsafe fn call<S: FinalizeSlot>(ctx: *mut HPyContext, mode: Mode, instance: HPy) {
    // SAFETY: the caller's word; the function works for every `'ctx`, and nothing of `'ctx` outlives it.
    let outside = unsafe { Context::from_raw(ctx) };
    let before = ffi::error_occurred(outside).then(|| Error::fetch(outside));
    let result = guard(outside, move || {
        // SAFETY: as above. The context is made anew in here, so that its value is known in here.
        unsafe {
            let ctx = Context::from_raw(ctx);
            finalize::<S>(ctx, this(mode, Ref::from_raw(ctx, instance))?)
        }
    });
    if let Err(error) = result {
        unraisable(outside, instance, error);
    }
    if let Some(before) = before {
        before.restore(outside);
    }
}

#[cold]
fn unraisable(ctx: Context<'_>, instance: HPy, error: Error) {
    error.restore(ctx);
    // SAFETY: invariant 2: an exception is pending, which is what this function wants.
    unsafe { hpy_host::calls::HPyErr_WriteUnraisable(ctx.raw(), instance) };
}

/// # Safety
///
/// Only for a host to call, by the rules of `tp_finalize`.
unsafe extern "C" fn hpy<S: FinalizeSlot>(ctx: *mut HPyContext, instance: HPy) {
    // SAFETY: the host's word.
    unsafe { call::<S>(ctx, Mode::Given, instance) }
}

/// # Safety
///
/// Only for a host to call, by the rules of `tp_finalize`.
unsafe extern "C" fn direct<S: FinalizeSlot>(instance: *mut cpy_PyObject) {
    // SAFETY: the host's word; invariant 5: handles are object pointers.
    unsafe { call::<S>(hpy_host::context::address(), Mode::Direct, handle(instance)) }
}

/// # Safety
///
/// Only for a host to call, by the rules of `tp_finalize`.
unsafe extern "C" fn cpy<S: FinalizeSlot>(instance: *mut cpy_PyObject) {
    let mut args = hpy_sys::_HPyFunc_args_DESTRUCTOR { arg0: instance };
    // SAFETY: the struct and the function of this signature.
    unsafe {
        through_host::<{ hpy_sys::HPyFunc_DESTRUCTOR }>(hpy::<S> as *const c_void, (&raw mut args).cast());
    }
}
