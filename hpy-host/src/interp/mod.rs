//! The running interpreter: which one it is, what its objects look like in memory, and what it asks of native code.
//!
//! - [`interpreter`](mod@interpreter): implementation, version and properties; found when the first module is imported.
//! - [`owned`]: a reference that is given back when it goes out of scope.
//! - [`constants`]: `None`, exceptions and types, the constants of the embedded context.
//! - [`object_layout`]: probes for reference counts and the items of tuples.
//! - [`payload`](mod@payload): where an instance's payload begins.
//! - [`fast_number`]: reading exact `int`s and `float`s without a look at the stack.
//! - [`locked_ref`]: references that threads share without a GIL.
//! - [`stack`]: turns stack overflows into `RecursionError`.
//! - [`shutdown`]: threads that return to Python while the interpreter shuts down.
//! - [`threads`]: whether this thread may call Python; [`detach_check`]: a check for calls inside of `detach`.
//! - [`docstring`]: docstrings as the interpreter wants them.

pub(crate) mod constants;
pub mod detach_check;
pub(crate) mod docstring;
pub mod fast_number;
mod interpreter;
pub(crate) mod locked_ref;
pub(crate) mod object_layout;
mod owned;
pub(crate) mod payload;
pub(crate) mod shutdown;
pub(crate) mod stack;
pub(crate) mod threads;

pub use interpreter::{
    Implementation, Interpreter, interpreter, reads_by_index, refuses_surrogates, type_at, type_of,
};
pub(crate) use interpreter::{is_cpython, probe};
pub(crate) use owned::Owned;
pub use payload::payload;
