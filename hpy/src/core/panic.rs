//! Turns panics into Python exceptions at the boundary.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::context::Context;
use super::error::{Error, Result};
use super::exceptions::{BaseException, ExceptionType, ImportError, new_type_of};
use super::global::Global;
use super::handle::Handle;
use super::markers::{Dict, List, Type};

/// `hpy.PanicException`. Every module's table registers it.
pub(crate) static PANIC_EXCEPTION: Global<Type> = Global::new();

/// Runs `f`; a panic becomes `PanicException`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn guard<'ctx, R>(ctx: Context<'ctx>, f: impl FnOnce() -> Result<R>) -> Result<R> {
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(result) => result,
        Err(payload) => Err(panicked(ctx, payload)),
    }
}

/// The payload of an unwinding that carries an exception to the end of a function: a comparison in a Rust map can't return one.
/// The exception itself is in [`RAISED`], as it can't change threads.
struct Raised;

thread_local!(static RAISED: RefCell<Option<Error>> = const { RefCell::new(None) });

/// Can this thread still carry one? Not once its thread-local values are dropped.
pub(crate) fn can_unwind() -> bool {
    RAISED.try_with(|_| ()).is_ok()
}

/// Unwinds with an exception. Whoever catches it asks [`raised`] for the exception.
#[cold]
pub(crate) fn unwind(error: Error) -> ! {
    RAISED.set(Some(error));
    std::panic::resume_unwind(Box::new(Raised))
}

/// Returns the exception that [`unwind`] has thrown, or the payload of another panic.
#[cold]
pub(crate) fn raised(payload: Box<dyn Any + Send>) -> core::result::Result<Error, Box<dyn Any + Send>> {
    if !payload.is::<Raised>() {
        return Err(payload);
    }
    RAISED.take().ok_or(payload)
}

/// Returns the exception for a panic: a `BaseException`, so that `except Exception` does not hide a bug.
#[cold]
#[inline(never)]
pub(crate) fn panicked(ctx: Context<'_>, payload: Box<dyn Any + Send>) -> Error {
    let payload = match raised(payload) {
        Ok(error) => return error,
        Err(payload) => payload,
    };
    let message = match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => match payload.downcast::<&'static str>() {
            Ok(text) => (*text).to_owned(),
            Err(other) => {
                // Its drop may panic, too: then it is leaked.
                let _ = catch_unwind(AssertUnwindSafe(|| drop(other))).map_err(std::mem::forget);
                "a panic without a message".to_owned()
            }
        },
    };
    match exception_type(ctx) {
        Ok(ty) => Error::from_type(&ty, &message),
        Err(error) => error,
    }
}

/// The class, which all extensions of the process share: whoever is first makes it and leaves it in the module `hpy`.
///
/// # Errors
///
/// Returns the exception raised by Python, usually a `MemoryError`.
pub(crate) fn exception_type(ctx: Context<'_>) -> Result<Handle<'_, Type>> {
    if let Some(ty) = PANIC_EXCEPTION.load(ctx) {
        return Ok(ty);
    }
    let names = home(ctx)?;
    let ty = match names.get(NAME)? {
        Some(found) if is_panic_exception(&found)? => found.downcast_into()?,
        _ => {
            let made = make(ctx)?;
            // Another thread may be faster.
            match names.as_any().call_method("setdefault", (NAME, &made))? {
                kept if is_panic_exception(&kept)? => kept.downcast_into()?,
                _ => made,
            }
        }
    };
    PANIC_EXCEPTION.store(ctx, &ty);
    Ok(ty)
}

const NAME: &str = "PanicException";

fn make(ctx: Context<'_>) -> Result<Handle<'_, Type>> {
    let base = BaseException::type_object(ctx);
    let doc = c"A Rust panic. It derives from BaseException: a panic is a bug, not an error to be handled.";
    new_type_of(ctx, c"hpy.PanicException", doc, Some(base.as_any()), None)
}

/// Something else may stand there: it is Python's to change.
fn is_panic_exception(found: &Handle<'_>) -> Result<bool> {
    let base = BaseException::type_object(found.ctx());
    Ok(Type::holds(found) && found.downcast::<Type>()?.is_subtype_of(&base))
}

/// The names in the module `hpy`: HPy's own package where that is installed, else a module with nothing but the exception.
/// A module that can't be used counts as one that is not there; the class is this file's own then.
fn home(ctx: Context<'_>) -> Result<Handle<'_, Dict>> {
    let found = match ctx.import("hpy") {
        Ok(module) => module.into_any(),
        Err(error) if error.is_instance_of::<ImportError>(ctx) => {
            drop(error);
            let module = ctx.import("types")?.call_method(
                "ModuleType",
                ("hpy", "What extensions share that are made with the Rust crate `hpy`."),
            )?;
            module.setattr("__path__", List::new(ctx)?)?; // a package, whose modules others may bring
            ctx.import("sys")?.getattr("modules")?.call_method("setdefault", ("hpy", module))?
        }
        Err(error) => return Err(error),
    };
    if found.hasattr("__dict__")? {
        let names = found.getattr("__dict__")?;
        if names.is_a::<Dict>()? {
            return names.downcast_into();
        }
    }
    Dict::new(ctx)
}
