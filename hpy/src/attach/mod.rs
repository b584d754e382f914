//! [`attach`]: Python called from anywhere. [`HashKey`](hash_key::HashKey), which is built on it.

pub(crate) mod hash_key;

use core::ffi::{c_int, c_void};
use core::fmt;
use core::sync::atomic::Ordering;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hpy_host::context::extensions::Refused;
use hpy_sys::HPyContext;

use crate::call::through_host::ANNOUNCED;
use crate::core::dropped_handles::close_dropped;
use crate::core::exceptions::RuntimeError;
use crate::core::host::LOADED_BY_EMBEDDED;
use crate::core::{Context, Error};

/// Runs `f` with a context, on any thread: one that Rust made, or one that runs Python already.
///
/// For code that Python is needed in and no context reaches: a thread of one's own, a callback of another library, an
/// implementation of `Eq`, `Display` or `Drop`. A thread that is attached already, by a call from Python or by another
/// `attach`, costs a look at its state. Any other is attached for the time of `f`, and waits for the GIL where there is one; the
/// interpreter makes a thread state for it and discards it at the end, so let one `attach` do much.
///
/// ```
/// #[hpy::module(host = "embedded")]
/// mod progress {
///     use hpy::{Context, Py};
///
///     /// Works in a thread of its own, and tells `callback` how far it is.
///     #[function]
///     fn work(ctx: Context<'_>, steps: u32, callback: Py) {
///         let worker = move || {
///             for step in 0..steps {
///                 // … work …
///                 let told = hpy::attach(|ctx| callback.bind(ctx).call((step,)).is_ok());
///                 if told != Ok(true) {
///                     break;
///                 }
///             }
///         };
///         // The GIL is free meanwhile, for the worker.
///         ctx.detach(|| std::thread::spawn(worker).join().unwrap());
///     }
/// }
/// # fn main() {}
/// ```
///
/// A thread that waits for another one to attach must not hold the GIL: wait in [`detach`](Context::detach).
///
/// An exception that is on its way when `attach` runs inside of a call, as in the `Drop` of a dying instance, is kept and goes
/// on afterwards.
///
/// # Errors
///
/// [`AttachError`] where Python can't be called: before the import of the first module of this file, from the end of the
/// interpreter on, in a sub-interpreter, and on HPy hosts that have no function for it. Then `f` is not called.
///
/// # Panics
///
/// As `f` does; the thread is detached before.
pub fn attach<R>(f: impl for<'ctx> FnOnce(Context<'ctx>) -> R) -> Result<R, AttachError> {
    let mut f = Some(f);
    let mut result = None;
    run(&mut |ctx| result = f.take().map(|f| f(ctx)))?;
    result.ok_or(AttachError(Refused::Unsupported))
}

/// What is run, whatever its result.
type Work<'a> = dyn for<'ctx> FnMut(Context<'ctx>) + 'a;

fn run(work: &mut Work<'_>) -> Result<(), AttachError> {
    if hpy_host::interp::threads::has_home() {
        let _attached = hpy_host::interp::attach::enter().map_err(AttachError)?;
        // SAFETY: invariant 1: this thread is attached until `_attached` is dropped, and `work` works for every `'ctx`.
        let ctx = unsafe { Context::from_raw(hpy_host::context::address()) };
        close_dropped(ctx);
        work(ctx);
        return Ok(());
    }
    through_host(work)
}

/// Attaches through the package `hpy-host`, which may run the file in debug or trace mode.
#[cold]
fn through_host(work: &mut Work<'_>) -> Result<(), AttachError> {
    struct Call<'a, 'b> {
        work: &'a mut Work<'b>,
        panic: Option<Box<dyn Any + Send>>,
    }
    /// # Safety
    ///
    /// Only for a host to call, with the data that it was given.
    unsafe extern "C" fn call(ctx: *mut HPyContext, data: *mut c_void) {
        // SAFETY: the host's word; invariant 1: the context is this thread's until this function returns, and `work` works for
        // every `'ctx`.
        unsafe {
            let call = &mut *data.cast::<Call<'_, '_>>();
            let ctx = Context::from_raw(ctx);
            let work = AssertUnwindSafe(|| {
                close_dropped(ctx);
                (call.work)(ctx);
            });
            call.panic = catch_unwind(work).err();
        }
    }
    let announced = ANNOUNCED.load(Ordering::Acquire);
    if announced.is_null() {
        // GraalPy's own host announces no context.
        let loaded = !LOADED_BY_EMBEDDED.load(Ordering::Relaxed);
        return Err(AttachError(if loaded { Refused::Unsupported } else { Refused::NotImported }));
    }
    // SAFETY: a host announces a context that lives as long as the file's modules.
    let extensions = unsafe { hpy_host::context::extensions::of(announced) };
    let Some(extensions) = extensions.filter(|extensions| extensions.count >= 6) else {
        return Err(AttachError(Refused::Unsupported));
    };
    let mut data = Call { work, panic: None };
    // SAFETY: the host has the function; the data lives until it returns.
    let refused = unsafe { (extensions.attach)(announced, call, (&raw mut data).cast()) };
    if let Some(panic) = data.panic {
        resume_unwind(panic);
    }
    refused_by(refused)
}

fn refused_by(number: c_int) -> Result<(), AttachError> {
    let all = [Refused::NotImported, Refused::Finalizing, Refused::OtherInterpreter];
    match number {
        0 => Ok(()),
        _ => Err(AttachError(
            all.into_iter().find(|refused| *refused as c_int == number).unwrap_or(Refused::Unsupported),
        )),
    }
}

/// Can [`attach`] work with the host of this context?
pub(crate) fn is_supported(ctx: Context<'_>) -> bool {
    ctx.extensions().is_some_and(|extensions| extensions.count >= 6)
}

/// Why [`attach`] could not run Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttachError(Refused);

impl AttachError {
    /// Returns whether the interpreter is ending or has ended: a thread of one's own should end, too.
    #[must_use]
    pub fn is_finalizing(&self) -> bool {
        self.0 == Refused::Finalizing
    }
}

impl fmt::Display for AttachError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Refused::NotImported => "can't attach to Python: no module of this extension has been imported",
            Refused::Finalizing => "can't attach to Python: the interpreter is shutting down",
            Refused::OtherInterpreter => {
                "can't attach to Python: this thread belongs to another interpreter of the process than the extension"
            }
            Refused::Unsupported => {
                "can't attach to Python: the HPy host that loaded this extension has no function for it; write \
                 `#[hpy::module(host = \"embedded\")]`, or set HPY_HOST=embedded"
            }
        })
    }
}

impl std::error::Error for AttachError {}

impl From<AttachError> for Error {
    fn from(error: AttachError) -> Self {
        Error::new::<RuntimeError>(error.to_string())
    }
}
