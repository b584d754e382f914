//! [`Layout`]: where things stand in an instance of a class, as numbers, for code that is compiled once for all classes.

#![allow(
    clippy::cast_ptr_alignment,
    reason = "what stands at an offset of the payload is aligned as the payload is"
)]

use core::ffi::c_void;
use core::marker::PhantomData;
use core::mem::offset_of;

use hpy_sys::HPyType_BuiltinShape;

use super::borrow_flag::{Atomic, Cell, Refused};
use super::locate::data_of;
use super::{Mutability, Owner, Payload, Thread, Threads, foreign_thread, refused_by_name};
use crate::class::bases::Base;
use crate::class::fields::storage::{FieldSlot, FieldSlots, MoreFields};
use crate::class::{Class, ClassSlot};
use crate::core::exceptions::TypeError;
use crate::core::{Error, Handle, Result};

/// A class's payload in numbers, which are below 2³¹, as `check_size` sees to it.
pub(in crate::class) struct Layout {
    /// The class's name in Python.
    pub(in crate::class) name: &'static str,
    /// What instances begin with.
    pub(in crate::class) shape: HPyType_BuiltinShape,
    /// Where in an instance's own data the payload begins.
    pub(in crate::class) start: u32,
    align: u32,
    pub(in crate::class) frozen: bool,
    /// Where in the payload is the number of the thread that may use it, if only one may.
    thread: Option<u32>,
    /// Where in the payload the places of fields are, if there may be any.
    places: Option<Places>,
}

/// Where in a payload the places of fields are: those of the struct itself, and their number; and of all others.
#[derive(Clone, Copy)]
struct Places {
    fields: u32,
    count: u32,
    more: u32,
}

impl Layout {
    #[allow(clippy::cast_possible_truncation, reason = "below 2³¹, as `check_size` sees to it")]
    pub(in crate::class) const fn of<T: Class>() -> Self {
        Layout {
            name: <T as Class>::NAME,
            shape: <T::Base as Base>::SHAPE,
            start: Payload::<T>::START as u32,
            align: align_of::<Payload<T>>() as u32,
            frozen: <T::Mutability as Mutability>::FROZEN,
            // The other owner, that of all threads, has no bytes.
            thread: if size_of::<<T::Threads as Threads<T>>::Owner>() == size_of::<Thread>() {
                Some(offset_of!(Payload<T>, thread) as u32)
            } else {
                None
            },
            places: if T::GC {
                Some(Places {
                    fields: offset_of!(Payload<T>, fields) as u32,
                    count: <T::Fields as FieldSlots>::COUNT as u32,
                    more: offset_of!(Payload<T>, more) as u32,
                })
            } else {
                None
            },
        }
    }

    /// Where in an instance's own data its payload is.
    pub(in crate::class) fn payload_in(&self, data: *mut u8) -> *mut u8 {
        let start = data.wrapping_add(self.start as usize);
        start.wrapping_add(start.align_offset(self.align as usize))
    }

    /// Is the payload where the own data begins, and its borrow word all that says whether a value can be read?
    pub(in crate::class) const fn is_plain(&self) -> bool {
        self.shape == hpy_sys::HPyType_BuiltinShape_Object && self.align <= 8 && self.thread.is_none()
    }

    /// Can all threads use a value? Then an instance that begins as `object` can be read by [`borrow_plain`].
    pub(in crate::class) const fn is_plain_or_aligned(&self) -> bool {
        self.shape == hpy_sys::HPyType_BuiltinShape_Object && self.start == 0 && self.thread.is_none()
    }

    /// An instance's payload.
    ///
    /// # Errors
    ///
    /// `TypeError` if the host gave it no memory, as some do if `__new__` is skipped.
    ///
    /// # Safety
    ///
    /// A live instance of the class.
    unsafe fn payload(&self, this: &Handle<'_>) -> Result<*mut u8> {
        hpy_host::interp::detach_check::check();
        // SAFETY: the caller's word.
        let data: *mut u8 = unsafe { data_of(this, self.shape) }.cast();
        if data.is_null() {
            return Err(self.no_memory());
        }
        Ok(self.payload_in(data))
    }

    /// The same, if the running thread may use it.
    unsafe fn usable(&self, this: &Handle<'_>) -> Result<*mut u8> {
        // SAFETY: the caller's word; invariant 8: a payload of that layout.
        unsafe {
            let payload = self.payload(this)?;
            match self.thread {
                Some(thread) if !(*payload.add(thread as usize).cast::<Thread>()).mine() => {
                    Err(foreign_thread(self.name, word(payload).is_empty()))
                }
                _ => Ok(payload),
            }
        }
    }

    /// Borrows the value of an instance.
    ///
    /// # Errors
    ///
    /// It can't be borrowed now, or by this thread; or there is none.
    ///
    /// # Safety
    ///
    /// As for [`Layout::payload`].
    #[inline(never)]
    pub(in crate::class) unsafe fn borrow<'a>(&self, this: &'a Handle<'_>) -> Result<Shared<'a>> {
        // SAFETY: the caller's word; invariant 8.
        unsafe {
            let payload = self.usable(this)?;
            let word = word(payload);
            let borrowed = if self.frozen { word.frozen() } else { word.borrow() };
            match borrowed {
                Ok(((), atomic)) => Ok(Shared { payload, word, atomic, counted: !self.frozen }),
                Err(why) => Err(self.refused(why, payload)),
            }
        }
    }

    /// Borrows the value of an instance mutably.
    ///
    /// # Errors
    ///
    /// As there.
    ///
    /// # Safety
    ///
    /// As there; the class is not frozen.
    #[inline(never)]
    pub(in crate::class) unsafe fn borrow_mut<'a, 'ctx>(
        &self,
        this: &'a Handle<'ctx>,
    ) -> Result<Exclusive<'a, 'ctx>> {
        // SAFETY: the caller's word; invariant 8.
        unsafe {
            let payload = self.usable(this)?;
            let word = word(payload);
            match word.borrow_mut() {
                Ok((_, atomic)) => Ok(Exclusive { payload, word, atomic, places: self.places, owner: this }),
                Err(why) => Err(self.refused(why, payload)),
            }
        }
    }

    /// The host gave the instance no memory.
    #[cold]
    #[inline(never)]
    pub(in crate::class) fn no_memory(&self) -> Error {
        no_memory(self.name)
    }

    /// Why it can't be borrowed.
    #[cold]
    #[inline(never)]
    pub(in crate::class) fn refused(&self, why: Refused, payload: *const u8) -> Error {
        refused_by_name(self.name, why, payload.addr())
    }

    /// Is it an instance of the class? Where the host has not seen to it.
    ///
    /// # Errors
    ///
    /// `TypeError` if not.
    pub(in crate::class) fn check(&self, slot: &'static ClassSlot, value: &Handle<'_>) -> Result<()> {
        if slot.holds(value, self.shape) {
            return Ok(());
        }
        Err(crate::call::self_check::not_self(value, self.name))
    }
}

/// The word that says who borrows the value of a payload.
///
/// # Safety
///
/// A payload, alive for `'a`.
pub(in crate::class) unsafe fn word<'a>(payload: *const u8) -> &'a Cell<()> {
    // SAFETY: the caller's word: a payload begins with a cell, and a cell with its word.
    unsafe { &*payload.cast() }
}

/// Where in the payload of `T` the value is.
pub(in crate::class) const fn value_offset<T: Class>() -> usize {
    offset_of!(Payload<T>, cell) + Cell::<T>::VALUE
}

/// The layout of a class: one for all that refer to it.
pub(in crate::class) struct LayoutOf<T>(PhantomData<T>);

impl<T: Class> LayoutOf<T> {
    pub(in crate::class) const LAYOUT: &'static Layout = &Layout::of::<T>();
}

#[cold]
fn no_memory(name: &str) -> Error {
    Error::new::<TypeError>(format!(
        "this {name} object has no value: it was made without calling {name}.__new__, or the garbage collector has ended it"
    ))
}

/// A shared borrow of a value.
pub(in crate::class) struct Shared<'a> {
    pub(in crate::class) payload: *mut u8,
    word: &'a Cell<()>,
    atomic: Atomic,
    counted: bool,
}

impl<'a> Shared<'a> {
    /// One that `word` counts.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::class) fn counted(payload: *mut u8, word: &'a Cell<()>, atomic: Atomic) -> Self {
        Shared { payload, word, atomic, counted: true }
    }
}

impl Drop for Shared<'_> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        if self.counted {
            self.word.release(self.atomic);
        }
    }
}

/// A mutable borrow of a value.
pub(in crate::class) struct Exclusive<'a, 'ctx> {
    pub(in crate::class) payload: *mut u8,
    word: &'a Cell<()>,
    atomic: Atomic,
    places: Option<Places>,
    owner: &'a Handle<'ctx>,
}

impl Drop for Exclusive<'_, '_> {
    fn drop(&mut self) {
        self.word.release_mut(self.atomic);
        if let Some(Places { fields, count, more }) = self.places {
            // SAFETY: invariant 9: the owner's own fields, which stand there.
            unsafe {
                let fields = self.payload.add(fields as usize).cast::<FieldSlot>();
                let fields = core::slice::from_raw_parts(fields, count as usize);
                let more = &*self.payload.add(more as usize).cast::<MoreFields>();
                more.let_go(self.owner.ctx(), self.owner.as_raw(), self.payload.addr(), fields);
            }
        }
    }
}

/// The payload of an instance on PyPy's own host, where a class has no subclass with other data, and its name.
///
/// # Errors
///
/// As for [`Layout::borrow`].
///
/// # Safety
///
/// A live instance of a plain class with that alignment.
pub(in crate::class) unsafe fn borrow_plain<'a>(this: &'a Handle<'_>, align: usize) -> Result<Shared<'a>> {
    // SAFETY: the caller's word.
    unsafe {
        let data: *mut c_void = data_of(this, hpy_sys::HPyType_BuiltinShape_Object);
        if data.is_null() {
            return Err(no_memory(&this.type_()?.name()?));
        }
        let payload: *mut u8 = data.cast();
        let payload = payload.wrapping_add(payload.align_offset(align));
        let word = word(payload);
        match word.borrow() {
            Ok(((), atomic)) => Ok(Shared { payload, word, atomic, counted: true }),
            Err(why) => Err(refused_by_name(&this.type_()?.name()?, why, payload.addr())),
        }
    }
}
