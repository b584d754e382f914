//! Write Python extensions in Rust: one binary that every Python can import.
//!
//! ```
//! #[hpy::module]
//! mod word_count {
//!     use std::collections::HashMap;
//!
//!     /// Count the words of a text.
//!     #[function(signature = (text, /, *, min_length = 1, ignore_case = false))]
//!     fn count(text: &str, min_length: usize, ignore_case: bool) -> HashMap<String, u64> {
//!         let mut counts = HashMap::new();
//!         for word in text.split_whitespace().filter(|word| word.len() >= min_length) {
//!             let word = if ignore_case { word.to_lowercase() } else { word.to_owned() };
//!             *counts.entry(word).or_insert(0) += 1;
//!         }
//!         counts
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! The library that `cargo build` produces imports on CPython 3.8 and later, free-threaded CPython, PyPy and GraalPy. It
//! contains an embedded host, which implements HPy's universal ABI on top of the C API of the interpreter that loads it. It
//! also works with a native HPy host where that is the better choice.
//!
//! # Overview
//!
//! - [`module`](macro@module) and [`function`](macro@function): the attributes.
//! - [`Context`]: proof that this thread may call Python. [`Handle`] and [`Ref`]: owned and borrowed handles to Python
//!   objects. [`Global`]: an object in a `static`. [`Field`]: one in an instance. [`Py`]: one anywhere.
//! - [`attach`](fn@attach): Python called from any thread. [`HashKey`]: Python objects as keys of maps.
//! - [`Iter`]: Rust iterators for Python. [`Callable::new`](types::Callable::new): closures for Python. [`PyFn`]: functions of
//!   Python for Rust. [`intern!`]: constant names.
//! - [`View`]: memory exported to Python. [`Buffer`]: memory of Python's objects.
//! - [`types`]: markers for Python's builtin types. [`convert`]: which Rust types convert.
//! - [`class`](macro@class), [`methods`](macro@methods), [`enumeration`](macro@enumeration): Rust types as Python classes.
//! - [`Error`], [`exceptions`]: Python's exceptions.
//!
//! # Panics
//!
//! A panic never crosses into the interpreter: it becomes `hpy.PanicException`, a `BaseException` with the message. All
//! extensions in a process share this class. Once one of them is imported, `from hpy import PanicException` works.

#![warn(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::cast_lossless,
    clippy::cast_ptr_alignment,
    clippy::ptr_as_ptr,
    clippy::ptr_cast_constness
)]

// Storeys, from the ground up: each imports from those before it only.
mod core;

pub mod convert;
pub mod types;

pub mod buffer;

mod call;

mod attach;

pub mod class;

mod enums;

mod module;

// What the macros name of all of them.
#[doc(hidden)]
pub mod impl_;

// Runs when a wheel is built, and imports nothing.
pub mod bindgen;

pub use crate::core::exceptions;
pub use crate::core::{
    AttrName, Context, Error, ErrorArg, ErrorArgs, FromPython, FromPythonOwned, Global, Handle, Hint,
    Interned, IntoPython, Py, Ref, Result, Traverse, Visitor,
};
pub use attach::hash_key::HashKey;
pub use attach::{AttachError, attach};
pub use buffer::{Buffer, BufferMut, View};
pub use class::callable::{Args, CallableBuilder, FromArgs};
pub use class::iter::Iter;
pub use class::{Class, ClassRef, ClassRefMut, Field, Fields, Init};
pub use enums::{Enumeration, Flag, Flags};
pub use hpy_macros::{
    Fields, FromPython, IntoPython, Traverse, class, enumeration, function, methods, module,
};
pub use types::call::{CallArgs, CallKwargs};
pub use types::object::CompareOp;
pub use types::py_fn::PyFn;

/// Returns the kind of host that loaded the modules of this library: `"embedded"`, or `"native"` for a host of the
/// interpreter. Python reads it as `module.__hpy_host__`. Before the first import, this returns `"embedded"`.
pub fn host_name() -> &'static str {
    module::host_name()
}

/// The code blocks of the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

/// The code blocks of the guide.
#[cfg(doctest)]
#[doc = include_str!("../../docs/guide/README.md")]
mod guide {}

/// The code blocks of the guide's chapter on classes.
#[cfg(doctest)]
#[doc = include_str!("../../docs/guide/classes.md")]
mod guide_classes {}

/// The code blocks of the guide's chapter on memory.
#[cfg(doctest)]
#[doc = include_str!("../../docs/guide/buffers.md")]
mod guide_buffers {}

/// The code blocks of the guide's chapter on enums.
#[cfg(doctest)]
#[doc = include_str!("../../docs/guide/enums.md")]
mod guide_enums {}

/// The code blocks of the guide's chapter on base classes.
#[cfg(doctest)]
#[doc = include_str!("../../docs/guide/inheritance.md")]
mod guide_inheritance {}
