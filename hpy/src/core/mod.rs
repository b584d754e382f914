//! Core of the binding: contexts, handles, errors, globals, and the traits that these name.
//!
//! The files of this folder import each other freely: errors contain handles, operations on handles return errors, and both
//! need a context. None of them imports anything from another folder of the crate.

pub(crate) mod context;
pub(crate) mod conversion;
pub(crate) mod dropped_handles;
pub(crate) mod error;
pub mod exceptions;
pub(crate) mod ffi;
pub(crate) mod global;
pub(crate) mod handle;
pub(crate) mod host;
pub(crate) mod host_checks;
pub(crate) mod interned;
pub(crate) mod markers;
pub(crate) mod panic;
pub(crate) mod pending_exception;
pub(crate) mod py;
pub(crate) mod quick;
pub(crate) mod text;
pub(crate) mod traverse;
pub(crate) mod type_hint;

pub use context::Context;
pub use conversion::{FromPython, FromPythonOwned, IntoPython};
pub use error::arguments::{ErrorArg, ErrorArgs};
pub use error::{Error, Result};
pub use global::Global;
pub use handle::{Handle, Ref};
pub use interned::{AttrName, Interned};
pub use py::Py;
pub(crate) use quick::{InPlace, Quick};
pub use traverse::{Traverse, Visitor};
pub use type_hint::Hint;
