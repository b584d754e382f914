//! Marker types for Python's builtin types: the `T` of [`Handle<'ctx, T>`](crate::Handle).
//!
//! A marker type has no values. Its constructors take the context (`List::new(ctx)`), and its methods are methods of the
//! handle (`list.append(1)`). Methods of all objects are defined on `Handle<'ctx, T>` for every `T`. Convert a handle of [`Any`]
//! to a more specific one with [`Handle::downcast`](crate::Handle::downcast), or take the specific one as a parameter:
//!
//! ```
//! use hpy::{Handle, Result, types::{Dict, List}};
//!
//! fn keys<'ctx>(dict: &Handle<'ctx, Dict>) -> Result<Handle<'ctx, List>> {
//!     dict.keys()
//! }
//! ```

mod arithmetic;
mod bytes;
pub(crate) mod call;
mod capsule;
mod dict;
mod handle_array;
mod int;
pub(crate) mod iterator;
mod list;
mod module;
pub(crate) mod object;
pub(crate) mod py_fn;
mod set;
mod slice;
mod str;
mod tuple;
mod r#type;

pub use crate::core::markers::*;
pub use capsule::Capsule;
pub use iterator::{Items, Iterator};
pub use slice::SliceIndices;
