//! Memory layout of types and instances, and the host's record of each type.
//!
//! - [`type_layout`]: offsets of the slots of a type object.
//! - [`type_info`]: the host's record of a type that it made, reachable from the type.
//! - [`type_extras`]: what a type has beyond HPy's spec.
//! - [`type_check`]: `isinstance` for types with a payload.
//! - [`payload_offset`]: offset of the payload within an instance. [`external_payload`]: payloads outside the instance.
//! - [`type_tag`]: the word that records which type an instance was allocated as, on PyPy and GraalPy.
//! - [`pypy_field_slots`]: hidden slots for the values of fields, on PyPy.

#![allow(non_snake_case, non_upper_case_globals)] // the names are HPy's and the C API's

pub(crate) mod external_payload;
pub(crate) mod payload_offset;
pub(crate) mod pypy_field_slots;
pub(crate) mod type_check;
pub(crate) mod type_extras;
pub(crate) mod type_info;
pub(crate) mod type_layout;
pub(crate) mod type_tag;
