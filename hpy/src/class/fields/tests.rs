//! Fields used by several threads at once, without a GIL and without Python: the context of these tests counts references in
//! memory that Miri checks.

#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "small numbers, and memory of the right type"
)]

use core::ffi::c_void;
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex, PoisonError};

use hpy_sys::{HPy, HPyContext, HPyField};

use super::dropped::Dying;
use super::storage::{Assign, FieldSlot, MoreFields};
use super::{Field, assign_slot};
use crate::class::payload::borrow_flag;
use crate::core::markers::Any;
use crate::core::{Context, Handle};

/// An object is a count of references.
type Object = AtomicUsize;

static ALIVE: AtomicUsize = AtomicUsize::new(0);

fn object() -> HPy {
    ALIVE.fetch_add(1, Ordering::Relaxed);
    HPy { _i: Box::into_raw(Box::new(Object::new(1))).expose_provenance() as isize }
}

/// # Safety
///
/// A live object.
unsafe fn count<'a>(h: HPy) -> &'a Object {
    // SAFETY: the caller's word.
    unsafe { &*core::ptr::with_exposed_provenance(h._i as usize) }
}

unsafe extern "C" fn dup(_: *mut HPyContext, h: HPy) -> HPy {
    if !h.is_null() {
        // SAFETY: HPy's rules.
        let before = unsafe { count(h) }.fetch_add(1, Ordering::Relaxed);
        assert_ne!(before, 0);
    }
    h
}

unsafe extern "C" fn close(_: *mut HPyContext, h: HPy) {
    // SAFETY: HPy's rules.
    unsafe {
        if !h.is_null() && count(h).fetch_sub(1, Ordering::AcqRel) == 1 {
            ALIVE.fetch_sub(1, Ordering::Relaxed);
            drop(Box::<Object>::from_raw(core::ptr::with_exposed_provenance_mut(h._i as usize)));
        }
    }
}

unsafe extern "C" fn field_store(ctx: *mut HPyContext, _: HPy, field: *mut HPyField, h: HPy) {
    // SAFETY: HPy's rules.
    unsafe {
        let old = core::ptr::replace(field, HPyField { _i: dup(ctx, h)._i });
        close(ctx, HPy { _i: old._i });
    }
}

unsafe extern "C" fn field_load(ctx: *mut HPyContext, _: HPy, field: HPyField) -> HPy {
    // SAFETY: HPy's rules.
    unsafe { dup(ctx, HPy { _i: field._i }) }
}

/// A context for these functions only.
fn context() -> Box<MaybeUninit<HPyContext>> {
    let mut context: Box<MaybeUninit<HPyContext>> = Box::new(MaybeUninit::zeroed());
    let raw = context.as_mut_ptr();
    // SAFETY: the members are written one by one.
    unsafe {
        (&raw mut (*raw).name).write(c"counts references".as_ptr());
        (&raw mut (*raw).ctx_Dup).write(dup);
        (&raw mut (*raw).ctx_Close).write(close);
        (&raw mut (*raw).ctx_Field_Store).write(field_store);
        (&raw mut (*raw).ctx_Field_Load).write(field_load);
    }
    context
}

/// An instance's list of fields: all zero.
struct Owner(MoreFields);

impl Owner {
    fn new() -> Self {
        // SAFETY: all zero is valid.
        Owner(unsafe { MaybeUninit::zeroed().assume_init() })
    }
}

// SAFETY: as a payload without a GIL.
unsafe impl Sync for Owner {}

unsafe extern "C" fn end(field: *mut HPyField, _: *mut c_void) -> i32 {
    // SAFETY: a field of an owner that ends, which holds an object.
    unsafe { close(core::ptr::null_mut(), HPy { _i: core::ptr::replace(field, HPyField::NULL)._i }) };
    0
}

/// Held by a test that looks at [`ALIVE`].
static COUNTING: Mutex<()> = Mutex::new(());

fn counting() -> impl Drop {
    COUNTING.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn threads_that_adopt_one_field() {
    let _counting = counting();
    borrow_flag::run_threads_at_once();
    let mut context = context();
    let ctx = context.as_mut_ptr().expose_provenance();
    // SAFETY: a context for what is called here.
    let here = move || unsafe { Context::from_raw(core::ptr::with_exposed_provenance_mut(ctx)) };
    for _ in 0..if cfg!(miri) { 15 } else { 300 } {
        let (owners, start) = ([Owner::new(), Owner::new(), Owner::new()], Barrier::new(3));
        // SAFETY: a new object.
        let field = Field::<Any>::new(unsafe { Handle::<Any>::from_raw(here(), object()) });
        std::thread::scope(|scope| {
            for owner in &owners {
                let (field, start) = (&field, &start);
                scope.spawn(move || {
                    start.wait();
                    // SAFETY: the owner's list; the context does not ask for the owner.
                    unsafe { field.join(here(), HPy { _i: 8 }, &owner.0) };
                });
            }
        });
        let mut held = 0;
        for owner in &owners {
            unsafe extern "C" fn one(_: *mut HPyField, held: *mut c_void) -> i32 {
                // SAFETY: the argument below.
                unsafe { *held.cast::<i32>() += 1 };
                0
            }
            // SAFETY: nobody changes the list.
            unsafe { owner.0.traverse(one, (&raw mut held).cast()) };
        }
        assert_eq!(
            (held, ALIVE.load(Ordering::Relaxed)),
            (1, 1),
            "one owner has it, and it has one reference"
        );
        for owner in &owners {
            // SAFETY: the owner ends.
            unsafe { owner.0.traverse(end, core::ptr::null_mut()) };
            owner.0.abandon();
        }
        assert_eq!(ALIVE.load(Ordering::Relaxed), 0);
    }
}

#[test]
fn fields_that_end_on_other_threads() {
    borrow_flag::run_threads_at_once();
    let mut context = context();
    let ctx = context.as_mut_ptr().expose_provenance();
    // SAFETY: as above.
    let here = move || unsafe { Context::from_raw(core::ptr::with_exposed_provenance_mut(ctx)) };
    let owner = &Owner::new();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(move || {
                for _ in 0..if cfg!(miri) { 20 } else { 500 } {
                    let field = Field::<Any>::empty();
                    // SAFETY: as above. The list is swept now and then, and fields of other threads end meanwhile.
                    unsafe { field.join(here(), HPy { _i: 8 }, &owner.0) };
                }
            });
        }
    });
    owner.0.abandon();
}

#[test]
fn threads_that_drop_and_let_go_and_sweep() {
    let _counting = counting();
    borrow_flag::run_threads_at_once();
    let mut context = context();
    let ctx = context.as_mut_ptr().expose_provenance();
    // SAFETY: as above.
    let here = move || unsafe { Context::from_raw(core::ptr::with_exposed_provenance_mut(ctx)) };
    let owner = &Owner::new();
    // SAFETY: the owner's list; it has no places for fields of the struct.
    let let_go = move || unsafe { owner.0.let_go(here(), HPy { _i: 8 }, 0, &[]) };
    std::thread::scope(|scope| {
        for thread in 0..3 {
            scope.spawn(move || {
                for turn in 0..if cfg!(miri) { 12 } else { 500 } {
                    // SAFETY: a new object.
                    let field = Field::<Any>::new(unsafe { Handle::<Any>::from_raw(here(), object()) });
                    // SAFETY: the owner's list.
                    unsafe { field.join(here(), HPy { _i: 8 }, &owner.0) };
                    drop(field);
                    if turn % 3 == thread {
                        let_go();
                    }
                }
            });
        }
    });
    let_go();
    assert_eq!(ALIVE.load(Ordering::Relaxed), 0);
    owner.0.abandon();
}

/// An instance with one field in the struct, in the order in which a payload has its parts.
#[repr(C)]
struct Instance {
    value: MaybeUninit<Field<Any>>,
    slots: [FieldSlot; 1],
    more: MoreFields,
}

impl Instance {
    fn new() -> Box<Self> {
        // SAFETY: all zero is valid.
        Box::new(unsafe { MaybeUninit::zeroed().assume_init() })
    }

    fn address(&self) -> usize {
        (&raw const self.value).addr()
    }

    fn fill(&mut self, ctx: Context<'_>, mut value: Field<Any>) {
        let way = ((&raw const value).addr(), self.address());
        // SAFETY: the parts of this instance; the context does not ask for the owner.
        let mut assign = unsafe { Assign::new(ctx, HPy { _i: 8 }, &self.slots, &self.more, way) };
        assign_slot(&mut value, &mut assign);
        self.value.write(value);
    }

    fn let_go(&self, ctx: Context<'_>) {
        // SAFETY: the parts of this instance.
        unsafe { self.more.let_go(ctx, HPy { _i: 8 }, self.address(), &self.slots) }
    }

    fn die(&mut self) {
        let dying = Dying::new(self.address()..self.slots.as_ptr().addr());
        // SAFETY: the instance has a value; nobody uses it any more.
        unsafe { self.value.assume_init_drop() };
        drop(dying);
        let [slot] = &self.slots;
        // SAFETY: the place of the instance.
        unsafe {
            close(core::ptr::null_mut(), HPy { _i: core::ptr::replace(slot.get(), HPyField::NULL)._i })
        };
    }
}

#[test]
fn a_field_that_is_replaced_where_it_stands() {
    let _counting = counting();
    let mut context = context();
    // SAFETY: a context for what is called here.
    let ctx = unsafe { Context::from_raw(context.as_mut_ptr()) };
    // SAFETY: a new object.
    let field = || Field::<Any>::new(unsafe { Handle::<Any>::from_raw(ctx, object()) });
    let alive = || ALIVE.load(Ordering::Relaxed);
    let mut instance = Instance::new();

    instance.fill(ctx, field());
    // SAFETY: there is a value.
    unsafe { *instance.value.assume_init_mut() = Field::empty() };
    assert_eq!(alive(), 1, "there was no context");
    instance.let_go(ctx);
    assert_eq!(alive(), 0);
    instance.let_go(ctx);
    instance.die();

    // One that dies while others do: what its fields said is forgotten.
    instance.fill(ctx, field());
    // SAFETY: as above.
    unsafe { *instance.value.assume_init_mut() = Field::empty() };
    instance.die();
    assert_eq!(alive(), 0);
    instance.fill(ctx, field());
    instance.let_go(ctx);
    assert_eq!(alive(), 1, "this one was never dropped");

    // Moved away, it keeps its place.
    // SAFETY: as above.
    drop(core::mem::take(unsafe { instance.value.assume_init_mut() }));
    instance.let_go(ctx);
    assert_eq!(alive(), 1);
    instance.die();
    assert_eq!(alive(), 0);
}
