//! Raw bindings to HPy's universal ABI, as defined by `hpy.h` of HPy 0.9.0.
//!
//! This crate defines three parts of the ABI:
//!
//! - [`HPyContext`], the table of constants and functions that a host passes to every call, in the order of HPy 0.9.0
//!   followed by the ten members that were added later (`gen/context.rs`);
//! - [`HPyContext_PyPy`], the same table in the order of PyPy 7.3.1x, where one of the later members stands in the middle
//!   (`gen/pypy.rs`); [`view`] records which of the two a library was loaded with;
//! - the tables that an extension passes to a host: [`HPyModuleDef`], [`HPyDef`], [`HPyType_Spec`] (`defs.rs`).
//!
//! The functions (`HPy_Add`, …) call through the context. Names are HPy's own; what they do is in HPy's documentation.
//! What is generated derives from HPy's `public_api.h`, by `cargo xtask gen`.

#![warn(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::cast_lossless,
    clippy::cast_ptr_alignment,
    clippy::ptr_as_ptr,
    clippy::ptr_cast_constness
)]
#![no_std]
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals)] // the names are HPy's

#[doc(hidden)]
pub mod cast;
mod defs;
#[path = "gen/mod.rs"]
mod generated;
mod trampoline;
mod types;
pub mod view;

pub use defs::*;
pub use generated::context::HPyContext;
pub use generated::pypy::HPyContext_PyPy;
pub use generated::signatures::*;
pub use generated::slots::*;
pub use generated::universal::*;
pub use trampoline::*;
pub use types::*;

impl core::fmt::Debug for HPyContext {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("HPyContext").field("abi_version", &self.abi_version).finish_non_exhaustive()
    }
}

impl core::fmt::Debug for HPyContext_PyPy {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("HPyContext_PyPy").field("abi_version", &self.abi_version).finish_non_exhaustive()
    }
}
