//! Types: from HPy's spec to a heap type of the interpreter, and the life of its instances.
//!
//! - [`check`]: what a spec must not say.
//! - [`extras`]: what HPy has no words for.
//! - [`slots`], [`member`]: from HPy's definitions to the interpreter's slots, methods, members and attributes.
//! - [`methods`]: methods where PyPy's wrappers of slots differ from CPython's.
//! - [`spec`]: puts them together and makes the type; [`meta`]: with a metaclass, where the C API can't.
//! - [`own`]: what the host knows of a type that it made, found again from the type.
//! - [`layout`]: where in a type its parts stand; [`place`]: where in an instance its own data.
//! - [`tag`]: as what an instance was made, where its type may not tell.
//! - [`class`]: `__class__`, where an instance must not get just any.
//! - [`instance`]: making instances, their own data, their call function.
//! - [`aside`]: own data that is not in the instance.
//! - [`life`]: traverse, clear and the end of an instance.
//! - [`field`]: the references that an instance holds; [`held`]: where they are on PyPy.
//! - [`attached`]: `__dict__` and weak references.
//! - [`buffer`]: the buffers that an instance exports.

#![allow(non_snake_case, non_upper_case_globals)] // the names are HPy's and the C API's

mod aside;
pub(crate) mod attached;
mod buffer;
mod check;
mod class;
mod extras;
pub(crate) mod field;
mod held;
pub(crate) mod instance;
pub(crate) mod layout;
mod life;
mod member;
mod meta;
mod methods;
mod one_sided;
mod own;
pub(crate) mod place;
mod slots;
mod spec;
pub(crate) mod tag;

pub(crate) use spec::from_spec;
