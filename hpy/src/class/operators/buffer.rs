//! `__buffer__`: buffer exports of instances.

use core::ffi::{c_int, c_void};

use hpy_sys::{HPy, HPy_buffer, HPyContext, cpy_PyObject};

use crate::buffer::exports::{Exporter, Filled};
use crate::buffer::{AnyView, exports};
use crate::call::definition::{Definition, Functions};
use crate::call::self_check::this;
use crate::call::through_host::through_host;
use crate::call::trampoline::{Mode, failed, handle};
use crate::class::Class;
use crate::class::methods::receiver::NotFrozen;
use crate::class::methods::slot::Slot;
use crate::class::payload::Payload;
use crate::class::type_slot::{own_data_of, payload_of};
use crate::core::exceptions::BufferError;
use crate::core::panic::guard;
use crate::core::{Context, Error, Ref, Result, ffi};

/// `__buffer__` by `&self`: Python may read.
pub trait BufferSlot: Slot {
    /// The dunder method.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn view(this: &Self::Class) -> Result<AnyView<'_>>;
}

/// `__buffer__` by `&mut self`: Python may write, if the view lets it.
pub trait BufferMutSlot: Slot<Class: NotFrozen> {
    /// The dunder method.
    ///
    /// # Errors
    ///
    /// Returns the method's error.
    fn view(this: &mut Self::Class) -> Result<AnyView<'_>>;
}

/// How the value is borrowed while it is exported.
trait Export: Slot {
    /// Borrows the value, and shows it. The borrow stays when the view is gone.
    ///
    /// # Errors
    ///
    /// Returns an error if the value can't be borrowed, or the method's error.
    fn begin<'a>(this: &'a Ref<'_, '_, Self::Class>) -> Result<AnyView<'a>>;
    /// Ends the borrow.
    ///
    /// # Safety
    ///
    /// The payload of an object that is alive, whose value [`Export::begin`] borrowed.
    unsafe fn end(payload: *const ());
}

/// The slots of a [`BufferSlot`].
#[derive(Debug)]
pub struct BufferDef<S>(core::marker::PhantomData<S>);

/// The slots of a [`BufferMutSlot`].
#[derive(Debug)]
pub struct BufferMutDef<S>(core::marker::PhantomData<S>);

impl<S: Slot> Slot for BufferDef<S> {
    type Class = S::Class;
}

impl<S: Slot> Slot for BufferMutDef<S> {
    type Class = S::Class;
}

impl<S: BufferSlot> Export for BufferDef<S> {
    fn begin<'a>(this: &'a Ref<'_, '_, S::Class>) -> Result<AnyView<'a>> {
        let value = this.handle().borrow()?;
        let raw = S::view(&value)?.raw;
        core::mem::forget(value);
        // The value stays where it is, and borrowed.
        Ok(AnyView::of_raw(raw))
    }

    unsafe fn end(payload: *const ()) {
        // SAFETY: the caller's word.
        let payload = unsafe { &*payload.cast::<Payload<S::Class>>() };
        payload.release(payload.atomic());
    }
}

impl<S: BufferMutSlot> Export for BufferMutDef<S> {
    fn begin<'a>(this: &'a Ref<'_, '_, S::Class>) -> Result<AnyView<'a>> {
        let mut value = this.handle().borrow_mut()?;
        let raw = S::view(&mut value)?.raw;
        core::mem::forget(value);
        // The value stays where it is, and borrowed.
        Ok(AnyView::of_raw(raw))
    }

    unsafe fn end(payload: *const ()) {
        // SAFETY: the caller's word.
        let payload = unsafe { &*payload.cast::<Payload<S::Class>>() };
        payload.release_mut(payload.atomic());
    }
}

macro_rules! pairs {
    ($($def:ident: $bound:ident;)*) => {$(
        impl<S: $bound> $def<S> {
            /// `bf_getbuffer`.
            pub const GET: Definition<S::Class> = get_pair::<Self, _>();
            /// `bf_releasebuffer`.
            pub const RELEASE: Definition<S::Class> = release_pair::<Self, _>();
        }
    )*};
}
pairs!(BufferDef: BufferSlot; BufferMutDef: BufferMutSlot;);

const fn get_pair<E: Export, C>() -> Definition<C> {
    let implementation = hpy_get::<E> as *const c_void;
    let slot = hpy_sys::HPy_bf_getbuffer;
    Definition::slot(
        slot,
        Functions {
            hpy: implementation,
            portable: cpy_get::<E> as *const c_void,
            direct: direct_get::<E> as *const c_void,
        },
    )
}

const fn release_pair<E: Export, C>() -> Definition<C> {
    let implementation = hpy_release::<E> as *const c_void;
    let slot = hpy_sys::HPy_bf_releasebuffer;
    Definition::slot(
        slot,
        Functions {
            hpy: implementation,
            portable: cpy_release::<E> as *const c_void,
            direct: direct_release::<E> as *const c_void,
        },
    )
}

/// An exporter's own part of `tp_destroy`.
pub(crate) fn exporter_ended<T: Class>(payload: &Payload<T>) {
    exports::ended(payload.address());
}

/// Does the interpreter read strided memory as if it had no gaps? PyPy's `bytes(view)` and `view.tobytes()` do.
#[cold]
fn ignores_strides(ctx: Context<'_>) -> bool {
    let name = || ctx.import("sys")?.getattr("implementation")?.getattr("name")?.extract::<String>();
    // An interpreter that does not say its name is treated as the one that needs care.
    name().map_or(true, |name| name == "pypy")
}

/// The part of an object that `E` exports; `None` if the host gave the object no memory.
fn exporter<E: Export>(this: &Ref<'_, '_, E::Class>) -> Option<Exporter> {
    let payload: *const Payload<E::Class> = payload_of(this.handle())?;
    Some(Exporter { object: own_data_of(this.handle()).addr(), payload: payload.cast(), end: E::end })
}

fn get<'ctx, E: Export>(
    ctx: Context<'ctx>,
    this: Ref<'_, 'ctx, E::Class>,
    buffer: &mut HPy_buffer,
    flags: c_int,
) -> Result<()> {
    let Some(exporter) = exporter::<E>(&this) else {
        this.handle().borrow()?;
        return Ok(());
    };
    let mut filled = exports::again(exporter, buffer, flags);
    if let Filled::Ask = filled {
        let view = E::begin(&this)?;
        if !view.raw.is_one_block() && ignores_strides(ctx) {
            // SAFETY: `begin` borrowed the value.
            unsafe { (exporter.end)(exporter.payload) };
            return Err(Error::new::<BufferError>(
                "PyPy reads such memory without its strides, and so beyond its end: copy the items",
            ));
        }
        // SAFETY: `begin` borrowed the value.
        filled = unsafe { exports::first(exporter, view.raw, buffer, flags) };
    }
    if let Filled::No(reason) = filled {
        return Err(Error::new::<BufferError>(reason));
    }
    // SAFETY: invariant 2; the host owns the new handle.
    buffer.obj = unsafe { ffi::dup(ctx, this.as_raw()) };
    Ok(())
}

/// # Safety
///
/// The host's word for a call of `bf_getbuffer`.
unsafe fn get_of<E: Export>(
    ctx: *mut HPyContext,
    mode: Mode,
    instance: HPy,
    buffer: *mut HPy_buffer,
    flags: c_int,
) -> c_int {
    // SAFETY: the host's word; `get` works for every `'ctx`, and nothing of `'ctx` outlives this function.
    let outside = unsafe { Context::from_raw(ctx) };
    let result = guard(outside, move || {
        // SAFETY: as above; the host's struct is ours for the call.
        unsafe {
            let ctx = Context::from_raw(ctx);
            let buffer = &mut *buffer;
            buffer.obj = HPy::NULL;
            get::<E>(ctx, this(mode, Ref::from_raw(ctx, instance))?, buffer, flags)
        }
    });
    let status = match result {
        Ok(()) => 0,
        Err(error) => {
            failed(outside, error);
            -1
        }
    };
    if !outside.is_embedded() {
        crate::core::pending_exception::call_ends(outside.raw(), status == 0);
    }
    status
}

/// # Safety
///
/// The host's word for a call of `bf_releasebuffer`.
unsafe fn release_of<E: Export>(ctx: *mut HPyContext, mode: Mode, instance: HPy) {
    // SAFETY: the host's word; nothing of `'ctx` outlives this function.
    let ctx = unsafe { Context::from_raw(ctx) };
    // SAFETY: the host's word: the handle is open.
    let Ok(this): Result<Ref<'_, '_, E::Class>> = this(mode, unsafe { Ref::from_raw(ctx, instance) }) else {
        return;
    };
    // SAFETY: the host's word: the object is alive.
    unsafe { exports::release(own_data_of(this.handle()).addr()) }
}

/// # Safety
///
/// Only for a host to call, by the rules of `bf_getbuffer`.
unsafe extern "C" fn hpy_get<E: Export>(
    ctx: *mut HPyContext,
    instance: HPy,
    buffer: *mut HPy_buffer,
    flags: c_int,
) -> c_int {
    // SAFETY: the host's word.
    unsafe { get_of::<E>(ctx, Mode::Given, instance, buffer, flags) }
}

/// # Safety
///
/// Only for a host to call, by the rules of `bf_getbuffer`.
unsafe extern "C" fn direct_get<E: Export>(
    instance: *mut cpy_PyObject,
    buffer: *mut HPy_buffer,
    flags: c_int,
) -> c_int {
    // SAFETY: the host's word; invariant 5: handles are object pointers, so the interpreter's struct begins as HPy's does.
    unsafe { get_of::<E>(hpy_host::context::address(), Mode::Direct, handle(instance), buffer, flags) }
}

/// # Safety
///
/// Only for a host to call, by the rules of `bf_getbuffer`.
unsafe extern "C" fn cpy_get<E: Export>(
    instance: *mut cpy_PyObject,
    view: *mut hpy_sys::cpy_Py_buffer,
    flags: c_int,
) -> c_int {
    let mut args = hpy_sys::_HPyFunc_args_GETBUFFERPROC { self_: instance, view, flags, result: -1 };
    // SAFETY: the struct and the function of this signature.
    unsafe {
        through_host::<{ hpy_sys::HPyFunc_GETBUFFERPROC }>(
            hpy_get::<E> as *const c_void,
            (&raw mut args).cast(),
        );
    }
    args.result
}

/// # Safety
///
/// Only for a host to call, by the rules of `bf_releasebuffer`.
unsafe extern "C" fn hpy_release<E: Export>(ctx: *mut HPyContext, instance: HPy, _: *mut HPy_buffer) {
    // SAFETY: the host's word.
    unsafe { release_of::<E>(ctx, Mode::Given, instance) }
}

/// # Safety
///
/// Only for a host to call, by the rules of `bf_releasebuffer`.
unsafe extern "C" fn direct_release<E: Export>(instance: *mut cpy_PyObject, _: *mut HPy_buffer) {
    // SAFETY: the host's word; invariant 5: handles are object pointers.
    unsafe { release_of::<E>(hpy_host::context::address(), Mode::Direct, handle(instance)) }
}

/// # Safety
///
/// Only for a host to call, by the rules of `bf_releasebuffer`.
unsafe extern "C" fn cpy_release<E: Export>(instance: *mut cpy_PyObject, view: *mut hpy_sys::cpy_Py_buffer) {
    let mut args = hpy_sys::_HPyFunc_args_RELEASEBUFFERPROC { self_: instance, view };
    // SAFETY: the struct and the function of this signature.
    unsafe {
        through_host::<{ hpy_sys::HPyFunc_RELEASEBUFFERPROC }>(
            hpy_release::<E> as *const c_void,
            (&raw mut args).cast(),
        );
    }
}
