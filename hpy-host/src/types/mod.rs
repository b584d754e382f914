//! Types: from HPy's spec to a heap type of the interpreter.
//!
//! - [`definitions`]: HPy's tables of definitions.
//! - [`check`]: validation of specs and their parameters.
//! - [`slots`]: from HPy's definitions to the interpreter's slots, methods, members and attributes.
//! - `extra_slots`: slots and methods beyond HPy's spec. `buffer_slots`: the buffer protocol.
//! - `partial_getset`: attributes without a getter or a setter.
//! - `metaclass`: types with a metaclass.
//! - [`from_spec`](fn@from_spec): makes the type from all of these.

#![allow(non_snake_case, non_upper_case_globals)] // the names are HPy's and the C API's

mod buffer_slots;
pub(crate) mod check;
pub(crate) mod definitions;
mod extra_slots;
mod from_spec;
mod metaclass;
mod partial_getset;
pub(crate) mod slots;

pub(crate) use from_spec::from_spec;
