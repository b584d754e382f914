//! The interpreter's C API: its types, the table of its functions, and what stands in for functions that are missing.
//!
//! - [`types`]: the C API's types and constants.
//! - [`functions`] (generated from `capi.txt`): the table's type; [`function_names`]: the names in it.
//! - [`table`]: fills the table when the first module is imported.
//! - [`fallback`], [`missing_functions`]: replacements for functions that the interpreter lacks.
//! - [`handle`], [`embedded_context`]: handles of the embedded context, and where that is.
//! - [`refs`]: reference counts; [`tuple`]: new tuples.
//! - [`interned`]: method tables, names and the like that an interpreter keeps pointers to.
//! - [`fault`]: failures on their way to a Python exception.
//! - [`import_error`]: the error of a failed import.

pub(crate) mod embedded_context;
pub(crate) mod fallback;
pub(crate) mod fault;
pub(crate) mod function_names;
#[path = "gen/functions.rs"]
pub(crate) mod functions;
pub(crate) mod handle;
pub(crate) mod import_error;
pub(crate) mod interned;
pub(crate) mod load_table;
pub(crate) mod missing_functions;
pub mod refs;
#[path = "gen/stand_ins.rs"]
mod stand_ins;
pub(crate) mod table;
pub(crate) mod tuple;
pub mod types;
