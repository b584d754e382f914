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

mod base;
mod builtin;
mod cell;
mod data;
pub(crate) mod exports;
mod field;
#[cfg(test)]
mod field_tests;
mod guard;
mod init;
mod object;
mod pair;
mod payload;
mod places;
mod sealed;
#[cfg(test)]
mod tests;
mod type_slot;

use crate::error::Result;
use crate::handle::Handle;
use crate::types::Type;

pub use base::Base;
pub use builtin::{BaseArgs, ExceptionBase};
pub use field::{Field, Fields};
pub use guard::{ClassRef, ClassRefMut};
pub use init::{BaseParts, Init, Parts};

pub(crate) use data::data_of;
pub(crate) use field::close_dropped;
pub(crate) use init::{Called, WithArgs, abstract_methods};
pub(crate) use pair::pair;
pub(crate) use payload::Payload;
pub(crate) use type_slot::{checks_self, choose_host, mixes_data, not_made, own_data_of, payload_of};

#[doc(hidden)]
pub use base::{Extendable, Root};
#[doc(hidden)]
pub use builtin::Raised;
#[doc(hidden)]
pub use field::assign_slot;
#[doc(hidden)]
pub use init::Made;
#[doc(hidden)]
pub use payload::{Frozen, Mutability, Mutable, Sendable, Threads, Unsendable, check_size};
#[doc(hidden)]
pub use places::{Assign, FieldSlot, FieldSlots};
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

    /// Can values change while Python sees them?
    #[doc(hidden)]
    type Mutability: Mutability;

    /// Which threads may use an instance?
    #[doc(hidden)]
    type Threads: Threads<Self>;

    /// Room for the fields that stand in the struct itself.
    #[doc(hidden)]
    type Fields: FieldSlots;

    /// May an instance hold fields?
    #[doc(hidden)]
    const GC: bool;

    /// Gives the fields of a new value their places.
    #[doc(hidden)]
    fn assign(&mut self, assign: &mut Assign<'_, '_>);

    /// The class in the running interpreter.
    #[doc(hidden)]
    fn slot() -> &'static TypeSlot<Self>;

    /// May a value stand for an object that exists, as that of an enum does?
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
