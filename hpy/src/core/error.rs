//! [`Error`]: a Python exception on its way, in one word.

use std::borrow::Cow;
use std::fmt;

use hpy_sys::{HPy, HPyContext};

use super::context::Context;
use super::error_args::Plain;
use super::exceptions::ExceptionType;
use super::handle::Handle;
use super::host::Host;
use super::markers::{Any, Type};
use super::pending::Pending;

/// What functions that call Python return.
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// A Python exception: one that Python raised, or one that is still to be raised.
///
/// Return it from a function and Python sees it; drop it and it is gone. One word, made only on the failing path.
/// It can't leave its thread, and it is not a [`std::error::Error`]: what it says may need Python to be told
/// ([`Error::value`]).
///
/// Where the host can take an exception out of the interpreter (ours can), none is pending while an `Error` lives, so
/// that Python may be called. On other HPy hosts it stays pending in the interpreter, as HPy has no function for it:
/// return the error, or drop it, before Python is called again.
pub struct Error(Box<State>);

enum State {
    /// To be raised: a type of the context, and a message.
    New { ty: TypeOf, message: Cow<'static, str> },
    /// To be made of a type of the context, and arguments.
    Args { ty: TypeOf, args: Vec<Plain> },
    /// A conversion met another type than it expected.
    Mismatch(Mismatch),
    /// Taken out of the interpreter: an exception object, and the context and the host that its handle belongs to.
    Raised { ctx: *mut HPyContext, host: Host, value: HPy },
    /// Still pending in the interpreter, on a host that can't take it out.
    Pending(Pending),
    /// To be made and raised; `None` while that is done.
    Deferred(Option<Box<dyn Deferred>>),
}

/// An exception object that is made when it is raised.
pub(crate) trait Deferred {
    /// Makes it.
    fn make<'ctx>(self: Box<Self>, ctx: Context<'ctx>) -> Result<Handle<'ctx>>;
    /// Its class.
    fn class<'ctx>(&self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Type>>;
}

/// Gives the raw handle of an exception type that lives as long as the context.
pub(crate) type TypeOf = for<'ctx> fn(Context<'ctx>) -> super::handle::Ref<'ctx, 'ctx, Type>;

/// Which type was expected, which one came, and where inside the argument.
struct Mismatch {
    expected: String,
    actual: String,
    place: String,
    /// The handle that was not converted, to be compared with other open ones only: a user's conversion may fail for an
    /// object that it got from its own.
    value: isize,
}

impl Mismatch {
    /// The message where nothing else is known.
    fn alone(&self) -> String {
        if self.place.is_empty() {
            format!("must be {}, not {}", self.expected, self.actual)
        } else {
            self.to_string()
        }
    }

    /// Is it about that object itself?
    fn is_of(&self, value: HPy) -> bool {
        self.place.is_empty() && self.value == value._i
    }
}

impl Error {
    /// An exception of a builtin type with a message: `Error::new::<exceptions::ValueError>("…")`.
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

    /// Is it still pending in the interpreter, so that Python can't be called while it lives?
    pub(crate) fn is_pending(&self) -> bool {
        matches!(*self.0, State::Pending(_))
    }

    /// Must it reach the caller, whatever was tried? A `MemoryError` or a `RecursionError` says nothing of the object at
    /// hand, and neither does what is no `Exception`: a `KeyboardInterrupt`, or a panic.
    pub(crate) fn must_propagate(&self, ctx: Context<'_>) -> bool {
        use super::exceptions as e;
        !self.is_instance_of::<e::Exception>(ctx)
            || self.is_instance_of::<e::MemoryError>(ctx)
            || self.is_instance_of::<e::RecursionError>(ctx)
    }

    /// Has it a message of ours, which a place or a name can be added to?
    pub(crate) fn has_message(&self) -> bool {
        matches!(*self.0, State::New { .. } | State::Mismatch(_))
    }

    /// What was expected, if it says no more than that `value` is of another type.
    pub(crate) fn expected_of(&self, value: HPy) -> Option<&str> {
        match &*self.0 {
            State::Mismatch(mismatch) if mismatch.is_of(value) => Some(&mismatch.expected),
            _ => None,
        }
    }

    /// Adds that `None` would do, too.
    #[cold]
    pub(crate) fn or_none(mut self, value: HPy) -> Self {
        match &mut *self.0 {
            State::Mismatch(mismatch) if mismatch.is_of(value) => mismatch.expected.push_str(" | None"),
            _ => {}
        }
        self
    }

    /// Raises an exception object (`raise value`); a `TypeError` if it is none.
    #[cold]
    pub fn from_value(value: &Handle<'_, Any>) -> Self {
        match value.type_() {
            Ok(ty) => raise(&ty, value),
            Err(error) => error,
        }
    }

    /// Raises `ty(message)` for an exception type at hand, such as one of [`exceptions::new_type`](super::exceptions::new_type).
    #[cold]
    pub fn from_type(ty: &Handle<'_, Type>, message: &str) -> Self {
        match super::markers::Str::new(ty.ctx(), message) {
            Ok(text) => raise(ty, &text.into_any()),
            Err(error) => error,
        }
    }

    /// What a conversion returns for an object of a wrong type: becomes a `TypeError` that names the argument, what
    /// was expected (as Python writes types), and the type of `value`.
    #[cold]
    pub fn type_mismatch<T>(expected: impl Into<String>, value: &Handle<'_, T>) -> Self {
        match type_name(value.as_any()) {
            Ok(actual) => {
                let (expected, place, value) = (expected.into(), String::new(), value.as_raw()._i);
                Error::with(State::Mismatch(Mismatch { expected, actual, place, value }))
            }
            Err(error) => error,
        }
    }

    /// Takes the exception that a failed call has set.
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

    /// An exception that is made when it is raised.
    #[cold]
    pub(crate) fn deferred(exception: Box<dyn Deferred>) -> Self {
        Error::with(State::Deferred(Some(exception)))
    }

    fn with(state: State) -> Self {
        Error(Box::new(state))
    }

    /// Sets the exception in the interpreter, for the caller in Python to see.
    ///
    /// Callers stand outside of the guard of a call. An exception type or the values of an exception may be a user's,
    /// whose code can panic; then it is the panic that becomes the exception.
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
            State::Args { ty, args } => match super::error_args::exception(ctx, *ty, args) {
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

    /// Is the exception an instance of `E` or of a subclass (`except E`)?
    pub fn is_instance_of<E: ExceptionType>(&self, ctx: Context<'_>) -> bool {
        self.matches(&E::type_object(ctx))
    }

    /// Is the exception an instance of `ty` or of a subclass (`except ty`)?
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

    /// The exception object.
    ///
    /// # Errors
    ///
    /// `NotImplementedError` on a host that can't take an exception out of the interpreter, which is any but ours:
    /// there only [`Error::matches`] works. It takes the place of the exception.
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

    /// Reports the exception as one that nobody can catch (`sys.unraisablehook`, `HPyErr_WriteUnraisable`).
    pub fn write_unraisable<T>(self, object: &Handle<'_, T>) {
        let ctx = object.ctx();
        self.restore(ctx);
        // SAFETY: invariant 2: the handle is open.
        unsafe { hpy_host::calls::HPyErr_WriteUnraisable(ctx.raw(), object.as_raw()) }
    }

    /// Adds where in a container the conversion of `value` failed: `item 3`, `key`.
    #[cold]
    pub(crate) fn at(mut self, place: impl fmt::Display, value: HPy) -> Self {
        match &mut *self.0 {
            State::Mismatch(m) if m.is_of(value) => m.place = place.to_string(),
            State::Mismatch(m) if m.place.is_empty() => m.place = format!("{place}, a value of it"),
            State::Mismatch(m) => m.place = format!("{place}, {}", m.place),
            State::New { message, .. } => *message = format!("{place}: {message}").into(),
            State::Args { .. } | State::Raised { .. } | State::Pending(_) | State::Deferred(_) => {}
        }
        self
    }

    /// Names the attribute in an error of a conversion; leaves what Python raised as it is.
    #[cold]
    pub(crate) fn for_attribute(mut self, attribute: &str, value: HPy) -> Self {
        match &mut *self.0 {
            State::Mismatch(m) if m.is_of(value) => {
                let message = format!("attribute '{attribute}' must be {}, not {}", m.expected, m.actual);
                Error::new::<super::exceptions::TypeError>(message)
            }
            State::Mismatch(m) => {
                Error::new::<super::exceptions::TypeError>(format!("attribute '{attribute}': {m}"))
            }
            State::New { message, .. } => {
                *message = format!("attribute '{attribute}': {message}").into();
                self
            }
            State::Args { .. } | State::Raised { .. } | State::Pending(_) | State::Deferred(_) => self,
        }
    }

    /// Names the function and its argument in an error of a conversion; leaves what Python raised as it is.
    #[cold]
    pub(crate) fn for_argument(
        mut self,
        function: &dyn fmt::Display,
        argument: &str,
        expected: &dyn fmt::Display,
        value: HPy,
    ) -> Self {
        match &mut *self.0 {
            State::Mismatch(m) => {
                let message = if m.is_of(value) {
                    format!("{function}() argument '{argument}' must be {}, not {}", m.expected, m.actual)
                } else {
                    format!("{function}() argument '{argument}' must be {expected}: {m}")
                };
                Error::new::<super::exceptions::TypeError>(message)
            }
            State::New { message, .. } => {
                *message = format!("{function}() argument '{argument}': {message}").into();
                self
            }
            State::Args { .. } | State::Raised { .. } | State::Pending(_) | State::Deferred(_) => self,
        }
    }
}

/// What an exception of another host is in this one.
#[cold]
fn elsewhere(host: Host) -> Error {
    Error::new::<super::exceptions::RuntimeError>(format!(
        "this exception was raised in another HPy host of this process ({}), and can't be used in this one",
        host.name()
    ))
}

/// What an exception is that was kept after its call, on a host that can't take it out of the interpreter.
#[cold]
fn over() -> Error {
    Error::new::<super::exceptions::RuntimeError>(
        "this exception belongs to an earlier call: this HPy host can't keep an exception",
    )
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.place.is_empty() { "a value of it" } else { &self.place };
        write!(f, "{place} must be {}, not {}", self.expected, self.actual)
    }
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
                    if let Some(ext) = hpy_host::ext::of(ctx) {
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

/// The type object of a user's exception type; that of `TypeError` if it is none. Not every host looks at it.
fn checked<'ctx, E: ExceptionType>(ctx: Context<'ctx>) -> super::handle::Ref<'ctx, 'ctx, Type> {
    let ty = E::type_object(ctx);
    let base = super::exceptions::BaseException::type_object(ctx);
    match ty.getattr("__mro__").and_then(|classes| classes.contains(&*base)) {
        Ok(true) => ty,
        _ => super::exceptions::TypeError::type_object(ctx),
    }
}

/// `HPyErr_SetObject`, and the exception taken out again; a `TypeError` for a type that is no exception's.
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

/// `type(value).__qualname__`, with the module unless that is `builtins`; `object` for a type that does not tell.
///
/// # Errors
///
/// Those of [`Error::must_propagate`] only.
pub(crate) fn type_name(value: &Handle<'_, Any>) -> Result<String> {
    let name = || -> Result<String> {
        let ty = value.type_()?;
        let (name, module) = (text_of(&ty, "__qualname__")?, text_of(&ty, "__module__")?);
        Ok(if module == "builtins" || module == "__main__" { name } else { format!("{module}.{name}") })
    };
    if value.is_none() {
        return Ok("None".to_owned());
    }
    match name() {
        Err(error) if !error.must_propagate(value.ctx()) => Ok("object".to_owned()),
        name => name,
    }
}

#[inline(never)]
fn text_of(ty: &Handle<'_, Type>, name: &str) -> Result<String> {
    ty.getattr(name)?.extract()
}

macro_rules! from_std {
    ($($source:ty => $exception:ident),* $(,)?) => {$(
        impl From<$source> for Error {
            fn from(error: $source) -> Self {
                Error::new::<super::exceptions::$exception>(error.to_string())
            }
        }
    )*};
}

from_std! {
    core::str::Utf8Error => ValueError,
    std::string::FromUtf8Error => ValueError,
    std::ffi::NulError => ValueError,
    core::num::ParseIntError => ValueError,
    core::num::ParseFloatError => ValueError,
    core::str::ParseBoolError => ValueError,
    core::char::ParseCharError => ValueError,
    core::char::CharTryFromError => ValueError,
    core::num::TryFromIntError => OverflowError,
    core::array::TryFromSliceError => ValueError,
    std::net::AddrParseError => ValueError,
    std::time::SystemTimeError => ValueError,
    fmt::Error => RuntimeError,
}

impl From<core::convert::Infallible> for Error {
    fn from(never: core::convert::Infallible) -> Self {
        match never {}
    }
}
