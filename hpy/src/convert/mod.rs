//! Conversions between Python objects and Rust values: [`FromPython`] and [`IntoPython`].
//!
//! | Python | Rust, as an argument | Rust, as a result |
//! |---|---|---|
//! | `bool` | `bool` | `bool` |
//! | `int` (and `__index__`) | `i8` … `i128`, `u8` … `u128`, `isize`, `usize` | the same |
//! | `float` (and `__float__`, `__index__`) | `f32`, `f64` | the same |
//! | `str` | `&str`, `String`, `Cow<str>`, `char` | the same |
//! | `bytes` | `&[u8]`; `Cow<[u8]>` and `Vec<u8>` from a `bytearray`, too | the same |
//! | anything with memory of numbers | [`Buffer`](crate::Buffer), [`BufferMut`](crate::BufferMut) | – |
//! | `None` or a value | `Option<T>` | `Option<T>`, `()` |
//! | a sequence (not a `str`) | `Vec<T>`, `[T; N]` | the same, as `list` |
//! | `tuple` | tuples to 12 | tuples to 12 |
//! | `dict` | `HashMap<K, V>`, `BTreeMap<K, V>` | the same |
//! | `set`, `frozenset` | `HashSet<T>`, `BTreeSet<T>` | the same, as `set` |
//! | any object | `&Handle<T>`, `Handle<T>`, [`Py<T>`](crate::Py) | the same, `&Py<T>`, `Ref<T>` |
//! | a callable | [`PyFn<(A, B), R>`](crate::PyFn) | the same; closures by [`Callable::new`](crate::types::Callable::new) |
//! | an object with a hash | [`HashKey<T>`](crate::HashKey) | `HashKey<T>`, `&HashKey<T>` |
//!
//! For your own types, derive [`FromPython`](macro@crate::FromPython) and [`IntoPython`](macro@crate::IntoPython), or
//! implement the traits.

mod bytes;
pub(crate) mod derived;
mod float_and_bool;
mod handle;
pub(crate) mod int;
mod mapping;
mod option;
mod py;
mod sequence;
mod set;
mod text;
pub(crate) mod tuple;

use crate::core::{Error, Handle, Hint};

pub use crate::core::{FromPython, FromPythonOwned, IntoPython};

/// Rejects a `str` where a sequence of items is expected, because splitting a string into its characters is usually a mistake.
fn no_text(value: &Handle<'_>, expected: &Hint) -> Result<(), Error> {
    if crate::core::markers::Str::holds(value) {
        Err(Error::type_mismatch(expected.to_string(), value))
    } else {
        Ok(())
    }
}
