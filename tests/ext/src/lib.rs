//! The extension that `tests/py` loads on every interpreter: one module per topic, all in this one file.
//! `src/<topic>.rs` is tested by `tests/py/test_<topic>.py`; `alive.rs` is no topic.

#![allow(clippy::module_inception)] // a topic is a file, and the Python module in it has its name

mod alive;
mod attaching;
mod bases;
mod binary_operators;
mod buffers;
mod buffers_in;
mod calls;
mod classes;
mod closures;
mod constant_names;
mod containers;
mod converts;
mod data_enums;
mod datamodel;
mod derives;
mod dict_and_weakrefs;
mod enumerations;
mod enums;
mod errors;
mod exported_items;
mod extends;
mod fields;
mod finalizers;
mod free_threading;
mod functions;
mod generics;
mod globals;
mod hash_keys;
mod hostile;
mod hostile_classes;
mod instances;
mod items_in_place;
mod iterators;
mod modules;
mod newtypes;
mod numbers;
mod objects;
mod operators;
mod owned_objects;
mod panics;
mod pickling;
mod protocols;
mod records;
mod recursion;
mod references;
mod sequences;
mod signatures;
mod submodules;
mod texts;
mod threads;
mod torture;
mod twins;
mod twins_extending;
