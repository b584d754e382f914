//! [`Error`]: a Python exception in one word.

pub(crate) mod arguments;
mod from_io;
mod from_std;
pub(crate) mod mismatch;

use std::borrow::Cow;
use std::fmt;

use hpy_sys::{HPy, HPyContext};

use super::context::Context;
use super::exceptions::ExceptionType;
use super::handle::Handle;
use super::host::Host;
use super::markers::{Any, Type};
use super::pending_exception::Pending;
use arguments::Plain;
use mismatch::Mismatch;

/// The result of functions that call Python.
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// A Python exception, either raised by Python or to be raised when it is returned.
///
/// Return it from a function to raise the exception in Python, or drop it to discard the exception. An `Error` is one word in
/// size. It can't be sent to another thread. It does not implement [`std::error::Error`], because showing it may require
/// Python ([`Error::value`]).
///
/// The embedded host takes the exception out of the interpreter, so Python may be called while an `Error` exists. On native
/// hosts the exception stays pending in the interpreter, because HPy has no function to fetch it: return or drop the error
/// before calling Python again.
pub struct Error(Box<State>);

enum State {
    /// Not raised yet: a type of the context, and a message.
    New { ty: TypeOf, message: Cow<'static, str> },
    /// Not created yet: a type of the context, and arguments.
    Args { ty: TypeOf, args: Vec<Plain> },
    /// A conversion met another type than it expected.
    Mismatch(Mismatch),
    /// Taken out of the interpreter: an exception object, and the context and the host that its handle belongs to.
    Raised { ctx: *mut HPyContext, host: Host, value: HPy },
    /// Still pending in the interpreter, on a host that can't take it out.
    Pending(Pending),
    /// Created when it is raised; `None` while that happens.
    Deferred(Option<Box<dyn Deferred>>),
}

/// An exception object that is created when it is raised.
pub(crate) trait Deferred {
    /// Creates the exception object.
    fn make<'ctx>(self: Box<Self>, ctx: Context<'ctx>) -> Result<Handle<'ctx>>;
    /// Returns the exception's class.
    fn class<'ctx>(&self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>>;
}

/// Function that returns an exception type, which lives as long as the context.
pub(crate) type TypeOf = for<'ctx> fn(Context<'ctx>) -> super::handle::Ref<'ctx, 'ctx, Type>;

impl Error {
    /// Creates an exception of a builtin type with a message: `Error::new::<exceptions::ValueError>("…")`.
    #[cold]
    pub fn new<E: ExceptionType>(message: impl Into<Cow<'static, str>>) -> Self {
        let ty = if E::BUILTIN { E::type_object } else { checked::<E> };
        Error::with_message(ty, message.into())
    }

    #[cold]
    pub(crate) fn with_message(ty: TypeOf, message: Cow<'static, str>) -> Self {
        Error::with(State::New { ty, message })
    }

    #[cold]
    pub(crate) fn with_args(ty: TypeOf, args: Vec<Plain>) -> Self {
        Error::with(State::Args { ty, args })
    }

    /// Returns whether the exception is still pending in the interpreter, so that Python can't be called while it lives.
    pub(crate) fn is_pending(&self) -> bool {
        matches!(*self.0, State::Pending(_))
    }

    /// Returns whether the error must be passed on to the caller. A `MemoryError` or a `RecursionError` says nothing about the
    /// object being converted, and neither does an exception that is not an `Exception`, such as `KeyboardInterrupt` or a panic.
    pub(crate) fn must_propagate(&self, ctx: Context<'_>) -> bool {
        use super::exceptions as e;
        !self.is_instance_of::<e::Exception>(ctx)
            || self.is_instance_of::<e::MemoryError>(ctx)
            || self.is_instance_of::<e::RecursionError>(ctx)
    }

    /// Returns whether this crate created the message, so that a location or a name can be added to it.
    pub(crate) fn has_message(&self) -> bool {
        matches!(*self.0, State::New { .. } | State::Mismatch(_))
    }

    /// Creates an error from an exception object (`raise value`), or a `TypeError` if `value` is not an exception
    /// (`HPyErr_SetObject`).
    #[cold]
    pub fn from_value(value: &Handle<'_, Any>) -> Self {
        match value.type_() {
            Ok(ty) => raise(&ty, value),
            Err(error) => error,
        }
    }

    /// Creates an error `ty(message)` from an exception type, such as one returned by
    /// [`exceptions::new_type`](super::exceptions::new_type) (`HPyErr_SetObject`).
    #[cold]
    pub fn from_type(ty: &Handle<'_, Type>, message: &str) -> Self {
        match super::markers::Str::new(ty.ctx(), message) {
            Ok(text) => raise(ty, &text.into_any()),
            Err(error) => error,
        }
    }

    /// Takes the exception that a failed call has set out of the interpreter.
    #[cold]
    #[inline(never)]
    pub(crate) fn fetch(ctx: Context<'_>) -> Self {
        let raw = ctx.raw();
        let Some(ext) = ctx.extensions() else { return Error::with(State::Pending(Pending::new(raw))) };
        // SAFETY: invariant 2, and the host says that it has the function.
        let value = unsafe { (ext.err_fetch)(raw) };
        if value.is_null() {
            return Error::new::<super::exceptions::SystemError>(
                "a Python function failed without an exception",
            );
        }
        Error::with(State::Raised { ctx: raw, host: Host::of(ctx), value })
    }

    /// Creates an error whose exception object is created when it is raised.
    #[cold]
    pub(crate) fn deferred(exception: Box<dyn Deferred>) -> Self {
        Error::with(State::Deferred(Some(exception)))
    }

    fn with(state: State) -> Self {
        Error(Box::new(state))
    }

    /// Sets the exception in the interpreter, so that Python sees it.
    ///
    /// Callers are outside of the panic guard of a call. An exception type or the values of an exception may be defined by the
    /// user, whose code can panic. The panic then becomes the exception.
    #[cold]
    #[inline(never)]
    pub(crate) fn restore(self, ctx: Context<'_>) {
        let set = super::panic::guard(ctx, move || {
            self.set(ctx);
            Ok(())
        });
        if let Err(panic) = set {
            panic.set(ctx); // of a type of this crate's
        }
    }

    fn set(mut self, ctx: Context<'_>) {
        let raw = ctx.raw();
        match &mut *self.0 {
            State::New { ty, message } => set_string(ctx, &ty(ctx), message),
            State::Args { ty, args } => match arguments::exception(ctx, *ty, args) {
                Ok(value) => Error::from_value(&value).restore(ctx),
                Err(error) => error.restore(ctx),
            },
            State::Mismatch(mismatch) => {
                let ty = super::exceptions::TypeError::type_object(ctx);
                set_string(ctx, &ty, &mismatch.alone());
            }
            State::Raised { host, .. } if *host != Host::of(ctx) => elsewhere(*host).restore(ctx),
            State::Raised { value, .. } => {
                if let Some(ext) = ctx.extensions() {
                    // SAFETY: invariant 2: the exception is an open handle, and stays ours.
                    unsafe { (ext.err_restore)(raw, *value) };
                }
            }
            State::Pending(pending) if !pending.is_current(ctx) => over().restore(ctx),
            State::Pending(pending) => pending.leave(),
            State::Deferred(exception) => {
                let Some(exception) = exception.take() else { return };
                match exception.make(ctx) {
                    Ok(value) => Error::from_value(&value).restore(ctx),
                    Err(error) => error.restore(ctx),
                }
            }
        }
    }

    /// Returns whether the exception is an instance of `E` or of a subclass (`except E`).
    pub fn is_instance_of<E: ExceptionType>(&self, ctx: Context<'_>) -> bool {
        self.matches(&E::type_object(ctx))
    }

    /// Returns whether the exception is an instance of `ty` or of a subclass (`except ty`).
    pub fn matches(&self, ty: &Handle<'_, Type>) -> bool {
        let ctx = ty.ctx();
        match &*self.0 {
            State::New { ty: own, .. } | State::Args { ty: own, .. } => own(ctx).is_subtype_of(ty),
            State::Mismatch(_) => super::exceptions::TypeError::type_object(ctx).is_subtype_of(ty),
            State::Raised { host, .. } if *host != Host::of(ctx) => elsewhere(*host).matches(ty),
            State::Pending(pending) if !pending.is_current(ctx) => over().matches(ty),
            State::Raised { value, .. } => {
                // SAFETY: invariant 2: both handles are open, of one host.
                unsafe { hpy_host::calls::HPy_TypeCheck(ctx.raw(), *value, ty.as_raw()) != 0 }
            }
            State::Pending(_) => {
                // SAFETY: invariant 2.
                unsafe { hpy_host::calls::HPyErr_ExceptionMatches(ctx.raw(), ty.as_raw()) != 0 }
            }
            State::Deferred(exception) => {
                let class = exception.as_ref().map(|exception| exception.class(ctx));
                class.is_some_and(|class| class.is_ok_and(|class| class.is_subtype_of(ty)))
            }
        }
    }

    /// Returns the exception object.
    ///
    /// # Errors
    ///
    /// Returns a `NotImplementedError` on a native host, which can't take an exception out of the interpreter; only
    /// [`Error::matches`] works there. That error replaces the exception.
    pub fn value<'ctx>(self, ctx: Context<'ctx>) -> Result<Handle<'ctx>> {
        self.restore(ctx);
        let error = Error::fetch(ctx);
        match *error.0 {
            State::Raised { value, .. } => {
                // SAFETY: invariant 3: a new handle on the exception; `error` closes its own.
                Ok(unsafe { Handle::from_raw(ctx, hpy_host::calls::HPy_Dup(ctx.raw(), value)) })
            }
            State::New { .. } | State::Args { .. } | State::Mismatch(_) | State::Deferred(_) => Err(error),
            State::Pending(_) => {
                let host = ctx.name();
                drop(error);
                Err(Error::new::<super::exceptions::NotImplementedError>(format!(
                    "{host} can't take an exception out of the interpreter; load this module with HPY_HOST=embedded"
                )))
            }
        }
    }

    /// Reports the exception as unraisable in the context of `object` (`sys.unraisablehook`, `HPyErr_WriteUnraisable`).
    pub fn write_unraisable<T>(self, object: &Handle<'_, T>) {
        let ctx = object.ctx();
        self.restore(ctx);
        // SAFETY: invariant 2: the handle is open.
        unsafe { hpy_host::calls::HPyErr_WriteUnraisable(ctx.raw(), object.as_raw()) }
    }
}

/// Creates the error for an exception that was raised in another host.
#[cold]
fn elsewhere(host: Host) -> Error {
    Error::new::<super::exceptions::RuntimeError>(format!(
        "this exception was raised in another HPy host of this process ({}), and can't be used in this one",
        host.name()
    ))
}

/// Creates the error for an exception kept after its call, on a host that can't take it out of the interpreter.
#[cold]
fn over() -> Error {
    Error::new::<super::exceptions::RuntimeError>(
        "this exception belongs to an earlier call: this HPy host can't keep an exception",
    )
}

impl Drop for State {
    fn drop(&mut self) {
        match *self {
            // `Pending` drops itself.
            State::New { .. }
            | State::Args { .. }
            | State::Mismatch(_)
            | State::Pending(_)
            | State::Deferred(_) => {}
            State::Raised { ctx, value, .. } => {
                // SAFETY: invariant 7: an `Error` stays on the thread that made it. If that thread does not run
                // Python at this time (a thread-local that dies with the thread), the reference is leaked instead.
                // The call of the context may be over.
                unsafe {
                    if let Some(ext) = hpy_host::context::extensions::of(ctx) {
                        if (ext.runs_python)(ctx) != 0 {
                            (ext.close_kept)(ctx, value);
                        }
                    }
                }
            }
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            State::New { message, .. } => write!(f, "Error({message:?})"),
            State::Args { args, .. } => write!(f, "Error{args:?}"),
            State::Mismatch(m) => write!(f, "Error({:?})", m.alone()),
            State::Raised { .. } | State::Pending(_) => f.write_str("Error(raised by Python)"),
            State::Deferred(_) => f.write_str("Error(to be raised)"),
        }
    }
}

/// Returns the type object of a user-defined exception type, or `TypeError` if it is not an exception type. Not every host
/// checks that.
fn checked<'ctx, E: ExceptionType>(ctx: Context<'ctx>) -> super::handle::Ref<'ctx, 'ctx, Type> {
    let ty = E::type_object(ctx);
    let base = super::exceptions::BaseException::type_object(ctx);
    match ty.getattr("__mro__").and_then(|classes| classes.contains(&*base)) {
        Ok(true) => ty,
        _ => super::exceptions::TypeError::type_object(ctx),
    }
}

/// Calls `HPyErr_SetObject` and fetches the exception. Returns a `TypeError` for a type that is not an exception type.
#[inline(never)]
fn raise(ty: &Handle<'_, Type>, value: &Handle<'_, Any>) -> Error {
    let ctx = ty.ctx();
    // By the classes that it inherits from: not every host's HPyType_IsSubtype can be trusted with a new type.
    let base = super::exceptions::BaseException::type_object(ctx);
    match ty.getattr("__mro__").and_then(|classes| classes.contains(&*base)) {
        Ok(true) => {}
        Ok(false) => {
            return match ty.name() {
                Ok(name) => Error::new::<super::exceptions::TypeError>(format!(
                    "exceptions must derive from BaseException, not {name}"
                )),
                Err(error) => error,
            };
        }
        Err(error) => return error,
    }
    // SAFETY: invariant 2: both handles are open.
    unsafe { hpy_host::calls::HPyErr_SetObject(ctx.raw(), ty.as_raw(), value.as_raw()) };
    Error::fetch(ctx)
}

/// `HPyErr_SetString` for any text, NULs included.
#[inline(never)]
fn set_string(ctx: Context<'_>, ty: &Handle<'_, Type>, message: &str) {
    let text = super::text::new_str(ctx, message);
    if text.is_null() {
        return; // a MemoryError is set: as good an exception as any now
    }
    // SAFETY: invariant 2: both handles are open; the text is ours and closed once.
    unsafe {
        hpy_host::calls::HPyErr_SetObject(ctx.raw(), ty.as_raw(), text);
        hpy_host::calls::HPy_Close(ctx.raw(), text);
    }
}
