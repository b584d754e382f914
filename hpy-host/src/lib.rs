//! A host for HPy's universal ABI over the C API of whichever interpreter loads the file.
//!
//! An [`HPyContext`](hpy_sys::HPyContext) whose functions call the interpreter's C API. Nothing of the interpreter is
//! linked: each function is looked up by name when the first module is imported. Handles are object pointers, so that
//! most functions of the context are one call.
//!
//! - `capi`, `gen/capi.rs`, `names`, `fallback`, `missing`: the table of the C API.
//! - [`interp`]: which interpreter this is, and what its objects look like.
//! - [`refs`]: reference counts; `cell`: references that threads share; `tuple`: new tuples.
//! - [`context`], `ctx`: the context and its functions; [`calls`]: calls of them that the linker sees.
//! - `module`, [`embed`]: from tables to modules; the body of `PyInit_<module>`. [`foreign`]: modules of other files.
//! - `ending`: what becomes of threads when the interpreter shuts down.
//! - `reason`: why a file can't be imported.
//! - `types`: types and their instances.
//! - `stack`: turns stack overflows into `RecursionError`; [`exact`]: reads numbers without a look at the stack.
//! - [`ext`]: what this host can do beyond HPy.
//! - `platform`: what operating systems do differently.
//! - `kept`: what interpreters keep pointers to, made once for equal contents.

#![warn(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::cast_lossless,
    clippy::cast_ptr_alignment,
    clippy::ptr_as_ptr,
    clippy::ptr_cast_constness
)]
// C's `long` has 32 bits on some systems: what changes its type there changes nothing.
#![cfg_attr(
    any(windows, target_pointer_width = "32"),
    allow(clippy::useless_conversion, clippy::unnecessary_cast)
)]

mod capi;
mod cell;
pub mod context;
pub mod cpy;
mod ctx;
pub mod detached;
mod docstring;
pub mod embed;
mod ending;
pub mod exact;
pub mod ext;
mod fallback;
pub mod foreign;
#[path = "gen/mod.rs"]
mod generated;
pub mod interp;
mod kept;
mod missing;
mod module;
mod names;
mod platform;
mod reason;
pub mod refs;
mod stack;
mod tuple;
mod types;

pub use capi::api;
pub use ctx::RealCall;
pub use ctx::size::{LONGEST, TOO_LONG};
pub use generated::calls;
pub use generated::capi::Api;
pub use types::instance::{allocate, are_simple};
