//! The interpreter's C API: types, the table of functions, fallbacks, handles and reference counts.
//!
//! - [`types`]: types and constants of the C API.
//! - `functions` (generated from `capi.txt`): the type of the table. `function_names`: the names of its functions.
//! - `table`: the table, and symbol lookup. `load_table`: fills the table when the first module is imported.
//! - `fallback`, `missing_functions`: replacements for functions that the interpreter lacks; `stand_ins` (generated) puts them in.
//! - `handle`, `embedded_context`: handles of the embedded context, and the static that it lives in.
//! - [`refs`]: reference counts. [`deep_release`]: releases without deep recursion. `tuple`: creation of tuples.
//! - `interned`: method tables, names and other data that an interpreter keeps pointers to.
//! - `fault`: failures that become Python exceptions. `import_error`: failures of an import.

pub mod deep_release;
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
