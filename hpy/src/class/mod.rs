//! Rust structs as Python classes: [`Class`], and what a handle on an instance can do.
//!
//! ```
//! #[hpy::module]
//! mod counters {
//!     /// Counts in steps.
//!     #[class]
//!     struct Counter {
//!         #[hpy(get, set)]
//!         step: i64,
//!         value: i64,
//!     }
//!
//!     #[methods]
//!     impl Counter {
//!         #[new]
//!         #[hpy(signature = (step = 1))]
//!         fn new(step: i64) -> Self {
//!             Counter { step, value: 0 }
//!         }
//!
//!         #[getter]
//!         fn value(&self) -> i64 {
//!             self.value
//!         }
//!
//!         fn advance(&mut self) -> i64 {
//!             self.value += self.step;
//!             self.value
//!         }
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! # Borrowing
//!
//! Python shares objects freely, and Rust does not share what it changes. So each instance of a class that is not `frozen`
//! counts its borrows: a method with `&self` borrows, one with `&mut self` borrows mutably, and a borrow that would alias
//! raises `RuntimeError` instead. A `frozen` class needs no count: it has shared borrows only.
//!
//! # Threads
//!
//! Instances are `Send` and `Sync`: any thread may use and drop them. A class that is `unsendable` need be neither: only the
//! thread that made an instance may use it, others get a `RuntimeError`; and an instance that dies on another thread is
//! leaked, without running its `Drop`.

// The object model. These files import each other freely, as the trait `Class` names all of its parts.
pub(crate) mod bases;
pub(crate) mod fields;
pub(crate) mod instance;
pub(crate) mod payload;
mod sealed;
pub(crate) mod type_slot;

// On top of it, from the ground up: each imports from those before it only.
pub(crate) mod tables;

pub(crate) mod methods;

pub(crate) mod operators;

pub(crate) mod derived;

pub(crate) mod type_object;

pub(crate) mod iter;

use crate::core::markers::Type;
use crate::core::{Handle, Result};

pub use bases::Base;
pub use bases::builtin::{BaseArgs, ExceptionBase};
pub use fields::{Field, Fields};
pub use instance::parts::{BaseParts, Init, Parts};
pub use payload::borrow::{ClassRef, ClassRefMut};

#[doc(hidden)]
pub use bases::Root;
#[doc(hidden)]
pub use bases::builtin::Raised;
#[doc(hidden)]
pub use fields::assign_slot;
#[doc(hidden)]
pub use fields::storage::{Assign, FieldSlot, FieldSlots};
#[doc(hidden)]
pub use instance::parts::Made;
#[doc(hidden)]
pub use payload::{Frozen, Mutability, Mutable, Sendable, Threads, Unsendable, check_size};
#[doc(hidden)]
pub use type_slot::{ClassSlot, TypeSlot};

/// A Rust struct or enum that is a Python class: made by [`#[hpy::class]`](macro@crate::class), never by hand.
///
/// # Safety
///
/// `GC` is true if a value can hold a [`Field`], and `assign` gives each of them its place.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a class for Python",
    label = "neither a marker of `hpy::types` nor made with `#[hpy::class]`",
    note = "write `#[hpy::class]` above the struct"
)]
pub unsafe trait Class: Sized + 'static {
    /// The name in Python, without the module.
    const NAME: &'static str;

    /// The class that it extends; [`Any`](crate::types::Any), `object`, if it does not say.
    type Base: Base;

    /// Whether values can change while Python sees them.
    #[doc(hidden)]
    type Mutability: Mutability;

    /// The threads that may use an instance.
    #[doc(hidden)]
    type Threads: Threads<Self>;

    /// Room for the fields that stand in the struct itself.
    #[doc(hidden)]
    type Fields: FieldSlots;

    /// Whether an instance may hold fields.
    #[doc(hidden)]
    const GC: bool;

    /// Gives the fields of a new value their places.
    #[doc(hidden)]
    fn assign(&mut self, assign: &mut Assign<'_, '_>);

    /// The class in the running interpreter.
    #[doc(hidden)]
    fn slot() -> &'static TypeSlot<Self>;

    /// Whether a value may stand for an existing object, as that of an enum does.
    #[doc(hidden)]
    const KNOWN: bool = false;

    /// The object that the value stands for, as that of an enum does; gives the value back if each gets an object of its own.
    #[doc(hidden)]
    #[inline(always)]
    fn into_known<'ctx>(
        self,
        _: &Handle<'ctx, Type>,
    ) -> core::result::Result<Result<Handle<'ctx, Self>>, Self> {
        Err(self)
    }
}
