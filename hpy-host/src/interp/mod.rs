//! The running interpreter: which one it is, probes of its objects, stack checks, threads and shutdown.
//!
//! - `interpreter`: implementation, version and properties, probed when the first module is imported.
//! - `owned`: an owned reference. `constants`: the constants of the embedded context.
//! - `object_layout`: probes of reference counts and tuple items. `payload`: offset of an instance's payload.
//! - [`fast_number`]: fast paths for exact `int`s and `float`s.
//! - [`imported_buffer`]: memory of Python objects, held through the buffer protocol.
//! - [`items`]: items of exact lists, tuples and dicts, read in place.
//! - `locked_ref`: references that threads share without a GIL.
//! - `stack`: `RecursionError` instead of a stack overflow. `fetch`: `PyErr_Fetch`, with enough stack on PyPy.
//! - `shutdown`: threads that return to Python during interpreter shutdown.
//! - `threads`: whether this thread may call Python. [`detach_check`]: detection of calls to Python inside `detach`.
//! - `docstring`: docstrings with and without a signature.
//! - [`attach`](mod@attach): entering Python from any thread.

pub mod attach;
pub(crate) mod constants;
pub mod detach_check;
pub(crate) mod docstring;
pub mod fast_number;
pub(crate) mod fetch;
pub mod imported_buffer;
mod interpreter;
pub mod items;
pub(crate) mod locked_ref;
pub(crate) mod object_layout;
mod owned;
pub(crate) mod payload;
pub(crate) mod shutdown;
pub mod stack;
pub mod threads;

pub use interpreter::{
    Implementation, Interpreter, interpreter, reads_by_index, refuses_surrogates, type_at, type_of,
};
pub(crate) use interpreter::{is_cpython, probe};
pub(crate) use owned::Owned;
pub use payload::{header, payload};
