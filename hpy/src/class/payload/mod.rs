//! [`Payload`]: the part of an instance behind the interpreter's header.

pub(crate) mod borrow;
pub(crate) mod borrow_flag;
pub(crate) mod borrow_two;
pub(crate) mod layout;
pub(crate) mod locate;
#[cfg(test)]
mod tests;

use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::panic::{AssertUnwindSafe, catch_unwind};

use hpy_sys::{HPy, HPyField, HPyFunc_visitproc};

use super::Class;
use super::bases::Base;
use super::sealed::Sealed;
use crate::buffer::exports;
use crate::class::fields::dropped::Dying;
use crate::class::fields::storage::{Assign, FieldSlots, MoreFields};
use crate::class::payload::borrow_flag::{Atomic, Cell, Refused};
use crate::class::payload::layout::LayoutOf;
use crate::core::exceptions::{BufferError, RuntimeError, TypeError};
use crate::core::{Context, Error, Visitor};

/// The part of an instance's data that belongs to `T`, after that of the class that `T` extends. The host zeroes the memory,
/// which is a valid payload without a value.
#[repr(C)]
pub(crate) struct Payload<T: Class> {
    cell: Cell<T>,
    /// Who may use it: 0, or the number of a thread.
    thread: <T::Threads as Threads<T>>::Owner,
    /// The slots of the fields of the struct itself.
    pub(in crate::class) fields: T::Fields,
    /// The slots of all other fields.
    pub(in crate::class) more: MoreFields,
}

/// Can values change while Python sees them? [`Frozen`] or [`Mutable`].
pub trait Mutability: Sealed {
    /// No borrows are counted.
    const FROZEN: bool;
}

/// A class whose values never change.
#[derive(Debug)]
pub enum Frozen {}

/// A class whose values can be borrowed mutably.
#[derive(Debug)]
pub enum Mutable {}

impl Sealed for Frozen {}
impl Sealed for Mutable {}
impl Sealed for Sendable {}
impl Sealed for Unsendable {}
impl Sealed for () {}
impl Sealed for Thread {}

impl Mutability for Frozen {
    const FROZEN: bool = true;
}

impl Mutability for Mutable {
    const FROZEN: bool = false;
}

/// The threads that may use an instance: [`Sendable`] or [`Unsendable`].
#[diagnostic::on_unimplemented(
    message = "instances of a class are used by all threads of Python, but `{T}` is not `Send` and `Sync`",
    label = "can't be used by all threads",
    note = "`#[hpy::class(unsendable)]` binds each instance to the thread that made it"
)]
pub trait Threads<T>: Sealed {
    /// The state stored in an instance.
    type Owner: Owner;
}

/// The thread that created an instance, if the class needs it. All zero is valid.
pub trait Owner: Sealed {
    /// Records the current thread as the owner.
    fn take(&self);
    /// Returns whether the current thread may use the instance.
    fn mine(&self) -> bool;
}

/// All threads.
#[derive(Debug)]
pub enum Sendable {}

/// Only the creating thread.
#[derive(Debug)]
pub enum Unsendable {}

impl<T: Send + Sync> Threads<T> for Sendable {
    type Owner = ();
}

impl<T> Threads<T> for Unsendable {
    type Owner = Thread;
}

impl Owner for () {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take(&self) {}
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn mine(&self) -> bool {
        true
    }
}

/// Returns the number of the current thread, which is unique.
#[derive(Debug)]
pub struct Thread(AtomicUsize);

fn this_thread() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    thread_local! {
        // Not `fetch_add`: numbers must not begin anew, as they would on 32 bits after 4 billion threads.
        static NUMBER: usize = NEXT
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |next| next.checked_add(1))
            .expect("this process had too many threads");
    }
    // A number needs no destructor, so it is there until the thread ends.
    NUMBER.with(|number| *number)
}

impl Owner for Thread {
    fn take(&self) {
        self.0.store(this_thread(), Ordering::Relaxed);
    }
    fn mine(&self) -> bool {
        self.0.load(Ordering::Relaxed) == this_thread()
    }
}

/// Bytes that values of a class may have: Python's C API counts an instance's in an `int`. Some are needed for the header and
/// for fields.
const MOST_BYTES: usize = i32::MAX as usize - (1 << 20);

/// Fails to compile if instances of a class are too large for Python.
#[doc(hidden)]
pub const fn check_size<T: Class>() {
    assert!(
        size_of::<T>() <= MOST_BYTES && <T::Base as Base>::SIZE <= MOST_BYTES - size_of::<T>(),
        "instances of this class are larger than the 2 GiB that Python allows: put large data into a `Box` or a `Vec`"
    );
}

impl<T: Class> Payload<T> {
    /// Size in bytes of the data before this payload: that of the base classes.
    pub(crate) const START: usize = T::Base::SIZE;
    /// Bytes that an instance needs, with those by which this part may have to be moved: hosts align to 8 bytes only.
    pub(crate) const SIZE: usize = Self::START + size_of::<Self>() + Self::SLACK;
    /// Where the part of a class begins that extends `T`: with room for what a host may put behind an instance of `T`, the
    /// address of its `__call__`, its `__dict__`, and its weak references. `own_start` of `TypeExtras` has it checked.
    pub(crate) const END: usize = Self::SIZE.next_multiple_of(8) + 3 * 8;
    /// Whether deallocating an instance needs `tp_destroy`.
    pub(crate) const NEEDS_DESTROY: bool = core::mem::needs_drop::<T>() || T::GC;
    const SLACK: usize = if align_of::<Self>() > 8 { align_of::<Self>() - 8 } else { 0 };

    /// The payload in the memory that the host gave.
    ///
    /// # Safety
    ///
    /// `start` points to the data of an instance of `T`'s class: at least [`Payload::SIZE`] bytes, aligned to 8, alive for `'a`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) unsafe fn at<'a>(start: *mut core::ffi::c_void) -> &'a Self {
        let start: *mut u8 = start.cast::<u8>().wrapping_add(Self::START);
        let start =
            if Self::SLACK == 0 { start } else { start.wrapping_add(start.align_offset(align_of::<Self>())) };
        // SAFETY: the caller's word; all zero is valid, and so is everything that this crate writes there.
        unsafe { &*start.cast::<Self>() }
    }

    /// Gives an instance its value, unless it has one, or another call is about to give it one: Python code may have the
    /// instance already, as a class has that is made by a metaclass, and other threads may, too.
    ///
    /// # Safety
    ///
    /// `owner` is an open handle of `ctx` on the object whose payload this is.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) unsafe fn fill(&self, ctx: Context<'_>, owner: HPy, value: T) -> Result<(), Error> {
        self.cell.claim().map_err(|why| filled_before(T::NAME, why))?;
        // SAFETY: the caller's word; just claimed.
        unsafe { self.fill_fresh(ctx, owner, value) };
        Ok(())
    }

    /// The same where it is certain that there is none yet.
    ///
    /// # Safety
    ///
    /// As there; the payload is all zero and nobody else has the object, or the caller has claimed the cell.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) unsafe fn fill_fresh(&self, ctx: Context<'_>, owner: HPy, mut value: T) {
        // SAFETY: the caller's word. If `prepare` panics, a claimed cell stays claimed: an instance without a value.
        unsafe {
            self.prepare(ctx, owner, &mut value);
            self.cell.fill_claimed(value);
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn prepare(&self, ctx: Context<'_>, owner: HPy, value: &mut T) {
        if T::GC {
            let way = ((&raw const *value).addr(), self.cell.value_address());
            // SAFETY: the caller's word.
            value.assign(&mut unsafe { Assign::new(ctx, owner, self.fields.all(), &self.more, way) });
        }
        self.thread.take();
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::class) fn borrow(&self) -> Result<(&T, Atomic), Error> {
        if !self.thread.mine() {
            return Err(foreign_thread(T::NAME, self.cell.is_empty()));
        }
        let value = if T::Mutability::FROZEN { self.cell.frozen() } else { self.cell.borrow() };
        value.map_err(|why| self.refused(why))
    }

    /// [`Payload::borrow`] of two; `None` where that takes more than a look, or is refused.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::class) fn borrow_both<'a>(one: &'a Self, two: &'a Self) -> Option<(&'a T, &'a T)> {
        if !one.thread.mine() || !two.thread.mine() {
            return None;
        }
        if T::Mutability::FROZEN {
            return Some((one.cell.frozen().ok()?.0, two.cell.frozen().ok()?.0));
        }
        Cell::borrow_both(&one.cell, &two.cell)
    }

    fn refused(&self, why: Refused) -> Error {
        LayoutOf::<T>::LAYOUT.refused(why, (&raw const *self).cast())
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn release(&self, atomic: Atomic) {
        if !T::Mutability::FROZEN {
            self.cell.release(atomic);
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[allow(clippy::mut_from_ref)] // the cell keeps others out
    pub(in crate::class) fn borrow_mut(&self) -> Result<(&mut T, Atomic), Error> {
        if !self.thread.mine() {
            return Err(foreign_thread(T::NAME, self.cell.is_empty()));
        }
        const { assert!(!T::Mutability::FROZEN, "a frozen class has no mutable borrows") };
        self.cell.borrow_mut().map_err(|why| self.refused(why))
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn release_mut(&self, atomic: Atomic) {
        self.cell.release_mut(atomic);
    }

    /// For who ends a borrow, and has not remembered how.
    pub(crate) fn atomic(&self) -> Atomic {
        self.cell.atomic()
    }

    /// By which it is known which exports are its own.
    pub(crate) fn address(&self) -> usize {
        (&raw const *self).addr()
    }

    /// Has it no value?
    pub(crate) fn is_empty(&self) -> bool {
        self.cell.is_empty()
    }

    /// The place of a field of the struct itself, by number.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::class) fn place(&self, index: usize) -> Option<&UnsafeCell<HPyField>> {
        self.fields.all().get(index)
    }

    /// Lets go of what fields hold that were dropped by the mutable borrow that just ended.
    ///
    /// # Safety
    ///
    /// `owner` is an open handle of `ctx` on the object whose payload this is.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) unsafe fn let_go(&self, ctx: Context<'_>, owner: HPy) {
        if T::GC {
            // SAFETY: the caller's word.
            unsafe { self.more.let_go(ctx, owner, self.address(), self.fields.all()) }
        }
    }

    /// Memory in which the value stands, and no place of a field.
    fn value_range(&self) -> core::ops::Range<usize> {
        self.address()..(&raw const self.fields).addr()
    }

    /// Visits the objects that the value owns, unless somebody changes it, or it belongs to another thread.
    ///
    /// # Safety
    ///
    /// A host's word for `tp_traverse`: no other thread runs Python.
    pub(crate) unsafe fn visit_objects(&self, visitor: &mut Visitor<'_>) {
        if self.thread.mine() {
            // SAFETY: the caller's word.
            if let Some(value) = unsafe { self.cell.peek() } {
                value.visit_objects(visitor);
            }
        }
    }

    /// Drops the value, for `tp_clear`, which breaks cycles; unless it is borrowed, or belongs to another thread. An instance
    /// without a value remains.
    ///
    /// Not that of a frozen class, as for Python's tuples: a value that never changes is part of a cycle only together with one that
    /// does. Its borrows are not counted, and what ends in a cycle can bring an instance back to life, by its `Drop`.
    ///
    /// # Safety
    ///
    /// A host's word for `tp_clear`, after it has emptied the slots of the instance's fields.
    pub(crate) unsafe fn clear(&self) {
        if T::Mutability::FROZEN || !self.thread.mine() {
            return;
        }
        let drop_value = |value: *mut T| {
            if T::GC {
                self.more.abandon(); // as in `destroy`
            }
            let _dying = (T::Fields::COUNT != 0).then(|| Dying::new(self.value_range()));
            // SAFETY: there is a value, which nobody borrows or will borrow.
            let drop = || unsafe { core::ptr::drop_in_place(value) };
            let _ = catch_unwind(AssertUnwindSafe(drop)).map_err(core::mem::forget);
        };
        // SAFETY: borrows are counted, as the class is not frozen.
        unsafe { self.cell.clear_unused(drop_value) }
    }

    /// Drops the value, for `tp_destroy`. Runs no Python code.
    ///
    /// # Safety
    ///
    /// The object dies: nobody will use it.
    pub(crate) unsafe fn destroy(&self) {
        if T::GC {
            self.more.abandon(); // before the fields are dropped, so that they have nothing to say
        }
        // What is noted of its fields is forgotten before another instance gets the memory, also if the value is leaked.
        let _dying = (T::Fields::COUNT != 0).then(|| Dying::new(self.value_range()));
        if self.thread.mine() {
            // SAFETY: the caller's word.
            let clear = || unsafe { self.cell.clear() };
            // What a `Drop` has to say about a panic it has said by the panic hook.
            let _ = catch_unwind(AssertUnwindSafe(clear)).map_err(core::mem::forget);
        }
    }
}

impl<T: Class> Payload<T> {
    /// Calls `visit` for each object in a field, and stops if it returns a value other than 0.
    ///
    /// # Safety
    ///
    /// A host's word for `tp_traverse`: no other thread runs Python, and `visit` may be called with `arg`.
    pub(crate) unsafe fn traverse(&self, visit: HPyFunc_visitproc, arg: *mut core::ffi::c_void) -> i32 {
        for field in self.fields.all() {
            // SAFETY: the caller's word.
            let rc = unsafe { crate::class::fields::storage::visit(field, visit, arg) };
            if rc != 0 {
                return rc;
            }
        }
        // SAFETY: the caller's word.
        unsafe { self.more.traverse(visit, arg) }
    }
}

#[cold]
#[inline(never)]
pub(in crate::class) fn filled_before(name: &str, why: Refused) -> Error {
    let state = if why == Refused::Filling { "that is still being made" } else { "that exists" };
    Error::new::<TypeError>(format!(
        "{name}.__new__() was given a {name} object {state}, not a new one: does a metaclass return it from its __new__?"
    ))
}

#[cold]
fn foreign_thread(name: &str, empty: bool) -> Error {
    if empty {
        return refused_by_name(name, Refused::Empty, 0); // that of another thread may just be put in: not by this one
    }
    Error::new::<RuntimeError>(format!("this {name} object can only be used by the thread that made it"))
}

#[cold]
fn refused_by_name(name: &str, why: Refused, payload: usize) -> Error {
    let exported = !matches!(why, Refused::Empty | Refused::Filling) && exports::is_exported(payload);
    match why {
        Refused::Borrowed if exported => Error::new::<BufferError>(format!(
            "this {name} object can't be changed now, as its memory is exported: a memoryview or an array looks at it"
        )),
        Refused::MutablyBorrowed if exported => Error::new::<BufferError>(format!(
            "this {name} object can't be used now, as its memory is exported: a memoryview or an array may write to it"
        )),
        Refused::Empty => Error::new::<TypeError>(format!(
            "this {name} object has no value: it was made without calling {name}.__new__, or the garbage collector has ended it"
        )),
        Refused::Filling => Error::new::<TypeError>(format!(
            "this {name} object has no value yet: it is still being made by {name}.__new__"
        )),
        Refused::TooOften => Error::new::<RuntimeError>(format!("this {name} object is borrowed too often")),
        Refused::Borrowed => {
            Error::new::<RuntimeError>(format!("this {name} object is in use and can't be changed now"))
        }
        Refused::MutablyBorrowed => {
            Error::new::<RuntimeError>(format!("this {name} object is being changed and can't be used now"))
        }
    }
}
