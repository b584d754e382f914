//! Modes: the context that a module receives, either the plain one of the embedded host or one that wraps it.

use std::sync::OnceLock;

use hpy::exceptions::ValueError;
use hpy::{Context, Error, Result};
use hpy_debug::debug::Debug;
use hpy_debug::trace::Trace;
use hpy_sys::HPyContext;

/// `MODE_UNIVERSAL`, `MODE_DEBUG` and `MODE_TRACE` of the Python package.
const UNIVERSAL: i32 = 0;
const DEBUG: i32 = 1;
const TRACE: i32 = 2;

/// The context of a mode. It is complete, and lives for ever.
pub(crate) fn context(ctx: Context<'_>, mode: i32) -> Result<*mut HPyContext> {
    match mode {
        UNIVERSAL => Ok(hpy_host::context::embedded()),
        DEBUG => Ok(debug(ctx).context()),
        TRACE => Ok(trace(ctx).context()),
        other => Err(Error::new::<ValueError>(format!("invalid HPy mode: {other}"))),
    }
}

/// Debug mode over this file's host: one for the process.
pub(crate) fn debug(_: Context<'_>) -> &'static Debug {
    static DEBUG: OnceLock<&'static Debug> = OnceLock::new();
    // SAFETY: the embedded context is whole and lives for ever, and this thread runs Python, as it has a context.
    DEBUG.get_or_init(|| unsafe { Debug::new(hpy_host::context::embedded()) })
}

/// Trace mode over this file's host: one for the process.
pub(crate) fn trace(_: Context<'_>) -> &'static Trace {
    static TRACE: OnceLock<&'static Trace> = OnceLock::new();
    // SAFETY: the embedded context is whole and lives for ever.
    TRACE.get_or_init(|| unsafe { Trace::new(hpy_host::context::embedded()) })
}
