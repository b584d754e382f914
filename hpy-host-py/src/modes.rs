//! Which context a module gets: the plain one of this file's host, or one that wraps it.

use hpy::exceptions::{NotImplementedError, ValueError};
use hpy::{Error, Result};
use hpy_sys::HPyContext;

/// `MODE_UNIVERSAL`, `MODE_DEBUG` and `MODE_TRACE` of the Python package.
const UNIVERSAL: i32 = 0;
const DEBUG: i32 = 1;
const TRACE: i32 = 2;

/// The context of a mode. It is complete, and lives for ever.
pub(crate) fn context(mode: i32) -> Result<*mut HPyContext> {
    let plain = hpy_host::context::embedded();
    match mode {
        UNIVERSAL => Ok(plain),
        DEBUG => Err(absent("debug")),
        TRACE => Err(absent("trace")),
        other => Err(Error::new::<ValueError>(format!("invalid HPy mode: {other}"))),
    }
}

fn absent(mode: &str) -> Error {
    let version = env!("CARGO_PKG_VERSION");
    Error::new::<NotImplementedError>(format!("hpy-host {version} has no {mode} mode yet"))
}
