//! Rust structs as Python classes: [`Class`], and methods of handles to instances.
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
//! Python shares objects freely, but Rust allows only one mutable reference to a value. Each instance of a class that is not
//! `frozen` therefore has a runtime borrow flag. A method with `&self` borrows the value, one with `&mut self` borrows it
//! mutably, and a conflicting borrow raises `RuntimeError`. A `frozen` class only has shared borrows, which are not counted.
//!
//! # Threads
//!
//! A class must be `Send` and `Sync`: any thread may use and drop an instance. A class with the option `unsendable` need be
//! neither. Only the thread that created an instance may use it, and other threads get a `RuntimeError`. An instance that is
//! deallocated on another thread is leaked, without running its `Drop`.

// The object model. These files import each other freely, as the trait `Class` names all of its parts.
pub(crate) mod bases;
pub(crate) mod field_attribute;
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

pub(crate) mod callable;

use crate::core::markers::Type;
use crate::core::{Handle, Result, Visitor};

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

/// A Rust struct or enum that is a Python class. Implemented by [`#[hpy::class]`](macro@crate::class) only.
///
/// # Safety
///
/// `GC` is true if a value can contain a [`Field`], and `assign` assigns a slot to each of them. `visit_objects` does what
/// [`Traverse`](crate::Traverse) asks for. Each of `FIELD_ATTRIBUTES` has the offset and the type of a field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a class for Python",
    label = "neither a marker of `hpy::types` nor made with `#[hpy::class]`",
    note = "write `#[hpy::class]` above the struct"
)]
pub unsafe trait Class: Sized + 'static {
    /// The name in Python, without the module.
    const NAME: &'static str;

    /// The base class; [`Any`](crate::types::Any), `object`, by default.
    type Base: Base;

    /// Whether values can change while Python sees them.
    #[doc(hidden)]
    type Mutability: Mutability;

    /// The threads that may use an instance.
    #[doc(hidden)]
    type Threads: Threads<Self>;

    /// Slots for the fields of the struct itself.
    #[doc(hidden)]
    type Fields: FieldSlots;

    /// Whether an instance may contain fields.
    #[doc(hidden)]
    const GC: bool;

    /// Assigns slots to the fields of a new value.
    #[doc(hidden)]
    fn assign(&mut self, _: &mut Assign<'_, '_>) {}

    /// Whether an instance may own objects that the collector visits.
    #[doc(hidden)]
    const OBJECTS: bool = false;

    /// Visits the objects that the value owns.
    #[doc(hidden)]
    fn visit_objects(&self, _: &mut Visitor<'_>) {}

    /// The attributes of its fields.
    #[doc(hidden)]
    const FIELD_ATTRIBUTES: &'static [field_attribute::FieldAttribute<Self>] = &[];

    /// The class in the running interpreter.
    #[doc(hidden)]
    fn slot() -> &'static TypeSlot<Self>;

    /// Whether a value may represent an existing object, as an enum's value does.
    #[doc(hidden)]
    const KNOWN: bool = false;

    /// Returns the existing object that an enum's value represents, or the value itself if every value gets a new object.
    #[doc(hidden)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn into_known<'ctx>(
        self,
        _: &Handle<'ctx, Type>,
    ) -> core::result::Result<Result<Handle<'ctx, Self>>, Self> {
        Err(self)
    }
}
