//! Write a Python extension in Rust: one file that every Python can import.
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
//! The file that `cargo build` leaves imports on CPython 3.8 and later, free-threaded CPython, PyPy and GraalPy: it
//! contains a host for HPy's universal ABI over the C API of whichever interpreter loads it, and serves a native HPy
//! host where that is the better one.
//!
//! # Map
//!
//! - [`module`](macro@module) and [`function`](macro@function): the attributes.
//! - [`Context`]: the proof that Python may be called now. [`Handle`] and [`Ref`]: Python objects, by their scope.
//!   [`Global`]: objects kept in a `static`.
//! - [`Iter`]: Rust iterators for Python. [`View`]: memory that Python may look at.
//! - [`types`]: markers for Python's builtin types. [`convert`]: which Rust types convert.
//! - [`class`](macro@class), [`methods`](macro@methods), [`enumeration`](macro@enumeration): Rust types as Python classes.
//! - [`Error`], [`exceptions`]: Python's exceptions.
//!
//! # Panics
//!
//! A panic never crosses into the interpreter: it becomes `hpy.PanicException`, a `BaseException` with the message. The class is
//! the same for all extensions in a process, and Python code can name it: `from hpy import PanicException` works once one of
//! them is imported.

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
    Context, Error, ErrorArg, ErrorArgs, FromPython, FromPythonOwned, Global, Handle, Hint, IntoPython, Ref,
    Result,
};
pub use buffer::View;
pub use class::iter::Iter;
pub use class::{Class, ClassRef, ClassRefMut, Field, Fields, Init};
pub use enums::{Enumeration, Flag, Flags};
pub use hpy_macros::{Fields, FromPython, IntoPython, class, enumeration, function, methods, module};
pub use types::call::{CallArgs, CallKwargs};
pub use types::object::CompareOp;

/// Returns the kind of host that serves the modules of this file: `"embedded"`, the one inside it, or `"native"`, one that the
/// interpreter brings. Python reads it as `module.__hpy_host__`. Before the first import it says `"embedded"`.
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

/// The code blocks of the guide's chapter on enums.
#[cfg(doctest)]
#[doc = include_str!("../../docs/guide/enums.md")]
mod guide_enums {}

/// The code blocks of the guide's chapter on base classes.
#[cfg(doctest)]
#[doc = include_str!("../../docs/guide/inheritance.md")]
mod guide_inheritance {}
