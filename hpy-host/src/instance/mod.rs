//! Instances: allocation, calls, attributes, fields, traversal and deallocation.
//!
//! - [`creation`]: allocation, payload access, and the call function of an instance.
//! - [`fields`]: references that an instance holds. [`pypy_fields`]: their storage on PyPy.
//! - [`dict_and_weakrefs`]: `__dict__` and weak references.
//! - [`member_access`]: getters and setters of members that the interpreter can't access itself.
//! - [`slot_methods`]: methods that replace PyPy's slot wrappers.
//! - [`class_attribute`]: `__class__` on GraalPy.
//! - [`dealloc`]: traversal, clearing, finalizers and deallocation.

#![allow(non_snake_case, non_upper_case_globals)] // the names are HPy's and the C API's

pub(crate) mod class_attribute;
pub(crate) mod creation;
pub(crate) mod dealloc;
pub(crate) mod dict_and_weakrefs;
pub(crate) mod fields;
pub(crate) mod member_access;
pub(crate) mod pypy_fields;
pub(crate) mod slot_methods;
