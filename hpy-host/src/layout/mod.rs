//! Memory layout of types and instances, and what the host knows of a type.
//!
//! - [`type_layout`]: offsets of the slots in a type object.
//! - [`type_info`]: the host's record of a type that it made, reachable from the type.
//! - [`type_extras`]: what a type has beyond HPy's spec.
//! - [`pypy_field_slots`]: classes with slots for what fields hold, on PyPy.
//! - [`type_check`]: `isinstance`, with a look at the memory.
//! - [`payload_offset`]: offset of the payload in an instance; [`external_payload`]: payloads outside of the instance.
//! - [`type_tag`]: the word before a payload that says which type the instance was made as.

#![allow(non_snake_case, non_upper_case_globals)] // the names are HPy's and the C API's

pub(crate) mod external_payload;
pub(crate) mod payload_offset;
pub(crate) mod pypy_field_slots;
pub(crate) mod type_check;
pub(crate) mod type_extras;
pub(crate) mod type_info;
pub(crate) mod type_layout;
pub(crate) mod type_tag;
