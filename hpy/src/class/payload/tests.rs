//! Payloads in raw memory: their layout, and the life of a value inside. Miri runs these tests, too: they need no Python.

use core::ffi::c_void;
use core::mem::MaybeUninit;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::alloc::{Layout, alloc_zeroed, dealloc};

use hpy_sys::{HPy, HPyContext};

use super::Payload;
use crate::class::Class;
use crate::core::Context;

static DROPS: AtomicUsize = AtomicUsize::new(0);

#[derive(Debug)]
struct Counted(Box<u64>);

impl Drop for Counted {
    fn drop(&mut self) {
        DROPS.fetch_add(1, Ordering::Relaxed);
    }
}

#[hpy_macros::class(crate = "crate", module = "tests")]
struct Plain {
    counted: Counted,
}

#[hpy_macros::class(crate = "crate", module = "tests")]
struct Empty;

#[hpy_macros::class(crate = "crate", module = "tests")]
struct Small(#[allow(dead_code)] u8);

#[derive(Debug)]
#[repr(align(16))]
struct Sixteen(u8);

#[derive(Debug)]
#[repr(align(128))]
struct Wide(u8);

#[hpy_macros::class(crate = "crate", module = "tests", frozen)]
struct Aligned(Sixteen);

#[hpy_macros::class(crate = "crate", module = "tests", unsendable)]
struct Wider(Wide);

#[hpy_macros::class(crate = "crate", module = "tests")]
struct Numbers(Vec<u32>);

#[hpy_macros::class(crate = "crate", module = "tests")]
struct WithFields {
    one: crate::class::fields::Field,
    more: Vec<crate::class::fields::Field>,
}

/// The own data of an instance: zero, aligned to 8 bytes and no more.
struct Memory {
    start: *mut u8,
    layout: Layout,
}

impl Memory {
    fn of<T: Class>() -> Self {
        let layout = Layout::from_size_align(8 + Payload::<T>::SIZE, 256).unwrap();
        // SAFETY: the size is not zero.
        let start = unsafe { alloc_zeroed(layout) };
        assert!(!start.is_null());
        Memory { start, layout }
    }

    fn data(&self) -> *mut c_void {
        self.start.wrapping_add(8).cast()
    }

    fn payload<T: Class>(&self) -> &Payload<T> {
        // SAFETY: zero memory of that size, aligned to 8.
        unsafe { Payload::at(self.data()) }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        // SAFETY: allocated with that layout.
        unsafe { dealloc(self.start, self.layout) }
    }
}

fn fill<T: Class>(memory: &Memory, value: T) {
    let mut raw: Box<MaybeUninit<HPyContext>> = Box::new(MaybeUninit::zeroed());
    let raw: NonNull<HPyContext> = NonNull::from(&mut *raw).cast();
    // SAFETY: nothing is asked of the context, as the classes have no fields that hold anything.
    let _ = unsafe {
        let ctx = Context::from_raw(raw.as_ptr());
        memory.payload::<T>().fill(ctx, HPy { _i: 1 }, value)
    };
}

fn stands_inside<T: Class>() {
    let memory = Memory::of::<T>();
    let payload = memory.payload::<T>();
    let (begin, end) = (memory.data().addr(), memory.data().addr() + Payload::<T>::SIZE);
    let at = (&raw const *payload).addr();
    assert!(at % align_of::<Payload<T>>() == 0 && begin <= at && at + size_of::<Payload<T>>() <= end);
    assert!(payload.is_empty());
    assert!(payload.borrow().is_err());
    // SAFETY: nobody uses it.
    unsafe { payload.destroy() };
}

#[test]
fn payloads_are_aligned_and_stay_in_their_memory() {
    stands_inside::<Plain>();
    stands_inside::<Empty>();
    stands_inside::<Small>();
    stands_inside::<Aligned>();
    stands_inside::<Wider>();
    stands_inside::<Numbers>();
    stands_inside::<WithFields>();
    assert_eq!(Payload::<Small>::START, 0);
}

#[test]
fn a_value_lives_once() {
    let memory = Memory::of::<Plain>();
    fill(&memory, Plain { counted: Counted(Box::new(7)) });
    let payload = memory.payload::<Plain>();
    assert_eq!(*payload.borrow().unwrap().0.counted.0, 7);
    assert!(payload.borrow_mut().is_err());
    payload.release(payload.atomic());
    *payload.borrow_mut().unwrap().0.counted.0 += 1;
    assert!(payload.borrow().is_err() && payload.borrow_mut().is_err());
    payload.release_mut(payload.atomic());
    assert_eq!(*payload.borrow().unwrap().0.counted.0, 8);
    payload.release(payload.atomic());
    let before = DROPS.load(Ordering::Relaxed);
    // SAFETY: nobody uses it.
    unsafe {
        payload.destroy();
        payload.destroy();
    }
    assert_eq!(DROPS.load(Ordering::Relaxed), before + 1);
    assert!(payload.is_empty() && payload.borrow().is_err());
}

#[test]
fn aligned_values() {
    let memory = Memory::of::<Aligned>();
    fill(&memory, Aligned(Sixteen(16)));
    assert_eq!(memory.payload::<Aligned>().borrow().unwrap().0.0.0, 16);
    // SAFETY: nobody uses it.
    unsafe { memory.payload::<Aligned>().destroy() };
    let memory = Memory::of::<Wider>();
    fill(&memory, Wider(Wide(128)));
    let value = memory.payload::<Wider>().borrow().unwrap().0;
    assert_eq!(value.0.0, 128);
    assert_eq!((&raw const *value).addr() % 128, 0);
    memory.payload::<Wider>().release(memory.payload::<Wider>().atomic());
    // SAFETY: nobody uses it.
    unsafe { memory.payload::<Wider>().destroy() };
}

/// What an export does: the borrow stays, and the memory is used through a pointer meanwhile.
#[test]
fn memory_that_is_looked_at() {
    let memory = Memory::of::<Numbers>();
    fill(&memory, Numbers(vec![1, 2, 3]));
    let payload = memory.payload::<Numbers>();
    let numbers = &mut payload.borrow_mut().unwrap().0.0;
    let (start, len) = (numbers.as_mut_ptr(), numbers.len());
    for i in 0..len {
        // SAFETY: an item of the vector, which nobody else can have now.
        unsafe { *start.add(i) += 10 };
        assert!(payload.borrow().is_err() && payload.borrow_mut().is_err());
    }
    payload.release_mut(payload.atomic());
    assert_eq!(payload.borrow().unwrap().0.0, [11, 12, 13]);
    let start = payload.borrow().unwrap().0.0.as_ptr();
    // SAFETY: the vector is borrowed, and not changed.
    assert_eq!(unsafe { *start.add(2) }, 13);
    payload.release(payload.atomic());
    payload.release(payload.atomic());
    payload.borrow_mut().unwrap().0.0.push(4);
    payload.release_mut(payload.atomic());
    // SAFETY: nobody uses it.
    unsafe { payload.destroy() };
}

#[test]
fn fields_that_hold_nothing_are_not_shown() {
    unsafe extern "C" fn seen(_: *mut hpy_sys::HPyField, _: *mut c_void) -> i32 {
        1
    }
    let memory = Memory::of::<WithFields>();
    fill(&memory, WithFields { one: crate::class::fields::Field::empty(), more: Vec::new() });
    let payload = memory.payload::<WithFields>();
    assert!(payload.borrow().unwrap().0.more.is_empty());
    payload.release(payload.atomic());
    // SAFETY: nobody changes it; the visitor wants no argument.
    assert_eq!(unsafe { payload.traverse(seen, core::ptr::null_mut()) }, 0);
    // SAFETY: nobody uses it.
    unsafe { payload.destroy() };
}
