//! Panics stop at the boundary: they become a Python exception.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::context::Context;
use crate::error::{Error, Result};
use crate::exceptions::{BaseException, ExceptionType, RuntimeError, new_type_of};
use crate::global::Global;
use crate::handle::Handle;
use crate::types::Type;

/// `hpy.PanicException`, made when it is first needed. Every module's table registers it.
pub(crate) static PANIC_EXCEPTION: Global<Type> = Global::new();

/// Runs `f`; a panic becomes `PanicException`.
#[inline(always)]
pub(crate) fn guard<'ctx, R>(ctx: Context<'ctx>, f: impl FnOnce() -> Result<R>) -> Result<R> {
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(result) => result,
        Err(payload) => Err(panicked(ctx, payload)),
    }
}

/// The exception for a panic: a `BaseException`, so that `except Exception` does not hide a bug.
#[cold]
#[inline(never)]
pub(super) fn panicked(ctx: Context<'_>, payload: Box<dyn Any + Send>) -> Error {
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
        Err(_) => Error::new::<RuntimeError>(format!("panic: {message}")),
    }
}

fn exception_type(ctx: Context<'_>) -> Result<Handle<'_, Type>> {
    if let Some(ty) = PANIC_EXCEPTION.load(ctx) {
        return Ok(ty);
    }
    let base = BaseException::type_object(ctx);
    let doc = c"A Rust panic. It derives from BaseException: a panic is a bug, not an error to be handled.";
    let ty = new_type_of(ctx, c"hpy.PanicException", doc, Some(base.as_any()), None)?;
    PANIC_EXCEPTION.store(ctx, &ty);
    Ok(ty)
}
