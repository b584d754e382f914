//! A host for HPy's universal ABI over the C API of whichever interpreter loads the file.
//!
//! It provides an [`HPyContext`](hpy_sys::HPyContext) whose functions call the interpreter's C API. Nothing of the interpreter is
//! linked: each function is looked up by name when the first module is imported. Handles are object pointers, so most functions
//! of the context are a single call.
//!
//! Each folder is a storey. It imports those before it in this list, never one after it; `xtask/tests/storeys` checks that.
//!
//! - `platform`: operating systems: symbol lookup and stack bounds.
//! - [`capi`]: types of the C API, the table of its functions, fallbacks, handles and reference counts.
//! - [`interp`]: the running interpreter: probes of its objects, stack checks, threads and shutdown.
//! - `layout`: memory layout of types and instances, and the host's record of each type.
//! - `instance`: instances, from allocation to deallocation.
//! - `types`: heap types, made from HPy's specs.
//! - [`context`]: the functions of the context, and direct calls of them ([`context::calls`]).
//! - [`load`]: module loading.

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

pub mod capi;
pub mod context;
mod instance;
pub mod interp;
mod layout;
pub mod load;
mod platform;
mod types;

pub use capi::functions::Api;
pub use capi::table::api;
pub use context::RealCall;
pub use context::calls;
pub use context::size_limit::{LONGEST, TOO_LONG};
pub use instance::creation::{allocate, are_simple};
