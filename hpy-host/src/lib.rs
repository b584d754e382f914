//! A host for HPy's universal ABI over the C API of whichever interpreter loads the file.
//!
//! An [`HPyContext`](hpy_sys::HPyContext) whose functions call the interpreter's C API. Nothing of the interpreter is
//! linked: each function is looked up by name when the first module is imported. Handles are object pointers, so that
//! most functions of the context are one call.
//!
//! Each folder is a storey that uses those above it in this list, and nothing below it:
//!
//! - `platform`: what operating systems do differently.
//! - [`capi`]: the table of the C API.
//! - [`interp`]: which interpreter this is, what its objects look like, reference counts, stack and shutdown.
//! - `layout`: memory layout of types and instances.
//! - `instance`: instances, from allocation to deallocation.
//! - `types`: types, from HPy's spec.
//! - [`context`]: the functions of the context; [`context::calls`]: calls of them that the linker sees.
//! - [`load`]: modules.

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
