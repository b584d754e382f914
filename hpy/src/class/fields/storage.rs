//! Storage of fields. A [`Field`](super::Field) only names a slot in here, so moving it in Rust never moves what the
//! garbage collector visits.
//!
//! A field that stands in the struct itself has a slot in the payload ([`FieldSlots`]). Any other, one in a `Vec` for example,
//! has a [`Node`] on the heap, registered with the payload ([`MoreFields`]).

use core::cell::UnsafeCell;
use core::ffi::c_void;
use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};
use std::sync::Arc;

use hpy_sys::{HPy, HPyField, HPyFunc_visitproc};

use super::dropped;
use crate::class::payload::borrow_flag::free_threaded;
use crate::class::sealed::Sealed;
use crate::core::{Context, Handle};

/// Places for the fields that stand in the struct itself: an array.
pub trait FieldSlots: Sealed {
    /// The number of slots.
    const COUNT: usize;
    /// Returns all slots.
    fn all(&self) -> &[UnsafeCell<HPyField>];
}

/// One place.
pub type FieldSlot = UnsafeCell<HPyField>;

impl<const N: usize> Sealed for [FieldSlot; N] {}

impl<const N: usize> FieldSlots for [FieldSlot; N] {
    const COUNT: usize = N;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn all(&self) -> &[UnsafeCell<HPyField>] {
        self
    }
}

/// The place of one field of an instance.
pub(in crate::class) struct Node {
    raw: UnsafeCell<HPyField>,
    /// The address of the instance's [`MoreFields`]; 0 when it is gone.
    owner: AtomicUsize,
}

// SAFETY: invariant 9: `raw` is only touched with a context at hand, under the lock of its address.
unsafe impl Send for Node {}
// SAFETY: as above.
unsafe impl Sync for Node {}

impl Node {
    /// The place, if it is one of that instance.
    ///
    /// Relaxed: the number only changes when its instance ends. Whoever has another instance at that address got the memory, or
    /// the instance, after that, and sees the change.
    pub(in crate::class) fn of(&self, owner: &MoreFields) -> Option<&UnsafeCell<HPyField>> {
        (self.owner() == owner.address()).then_some(&self.raw)
    }

    /// The address of its instance's list; 0 when that is gone.
    pub(super) fn owner(&self) -> usize {
        self.owner.load(Ordering::Relaxed)
    }
}

/// The nodes of an instance. All zero is valid: none.
#[repr(C)]
pub(in crate::class) struct MoreFields(AtomicPtr<Nodes>);

impl core::fmt::Debug for MoreFields {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("MoreFields").finish_non_exhaustive()
    }
}

struct Nodes {
    all: Vec<Arc<Node>>,
    /// Look for those that no field names any more when there are so many.
    sweep_at: usize,
}

impl MoreFields {
    fn address(&self) -> usize {
        (&raw const *self).addr()
    }

    /// A new place.
    ///
    /// # Safety
    ///
    /// `owner` is an open handle of `ctx` on the object that this belongs to.
    pub(in crate::class) unsafe fn add(&self, ctx: Context<'_>, owner: HPy) -> Arc<Node> {
        let node = Arc::new(Node {
            raw: UnsafeCell::new(HPyField { _i: 0 }),
            owner: AtomicUsize::new(self.address()),
        });
        let unused = {
            let _locked = lock(self.address());
            let mut nodes = self.0.load(Ordering::Relaxed);
            if nodes.is_null() {
                nodes = Box::into_raw(Box::new(Nodes { all: Vec::new(), sweep_at: 8 }));
                self.0.store(nodes, Ordering::Relaxed);
            }
            // SAFETY: invariant 9: made above or before, locked, and freed by `abandon` only.
            let nodes = unsafe { &mut *nodes };
            let unused = nodes.sweep();
            nodes.all.push(node.clone());
            unused
        };
        for node in unused {
            // SAFETY: the caller's word; only we know the node.
            unsafe { hpy_host::calls::HPyField_Store(ctx.raw(), owner, node.raw.get(), HPy::NULL) };
        }
        node
    }

    /// Lets go of what dropped fields hold, at the end of a mutable borrow: fields of the value can't be dropped without.
    /// `slots` are the places for fields of the struct itself, and `value` is where the value begins, which is before them.
    ///
    /// No place is written here and by [`MoreFields::add`] at the same time: that one takes out a node when nobody else has it
    /// any more (and `Arc::get_mut` orders what the others did before), but here we have each node until it is let go.
    ///
    /// # Safety
    ///
    /// As for [`MoreFields::add`], also of `value` and `slots`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::class) unsafe fn let_go(
        &self,
        ctx: Context<'_>,
        owner: HPy,
        value: usize,
        slots: &[FieldSlot],
    ) {
        if dropped::are_any() {
            // SAFETY: the caller's word.
            unsafe { self.let_go_now(ctx, owner, value, slots) }
        }
    }

    #[cold]
    #[inline(never)]
    unsafe fn let_go_now(&self, ctx: Context<'_>, owner: HPy, value: usize, slots: &[FieldSlot]) {
        let (indices, nodes) = dropped::take(&(value..slots.as_ptr().addr()), self.address());
        let slots = indices.iter().filter_map(|index| slots.get(*index));
        for place in slots.chain(nodes.iter().map(|node| &node.raw)) {
            // SAFETY: the caller's word: a place of the owner's, which no field names any more.
            unsafe { store(ctx, owner, place, HPy::NULL) };
        }
    }

    /// See [`Payload::traverse`](crate::class::payload::Payload::traverse).
    ///
    /// # Safety
    ///
    /// As there.
    pub(in crate::class) unsafe fn traverse(&self, visit: HPyFunc_visitproc, arg: *mut c_void) -> i32 {
        let nodes = self.0.load(Ordering::Relaxed);
        if nodes.is_null() {
            return 0;
        }
        // SAFETY: invariant 9: no other thread runs Python now, so nobody changes the list.
        for node in unsafe { &(*nodes).all } {
            // SAFETY: the caller's word.
            let rc = unsafe { self::visit(&node.raw, visit, arg) };
            if rc != 0 {
                return rc;
            }
        }
        0
    }

    /// The instance is gone: fields that outlive it hold nothing.
    pub(in crate::class) fn abandon(&self) {
        let nodes = self.0.swap(core::ptr::null_mut(), Ordering::Relaxed);
        if nodes.is_null() {
            return;
        }
        // SAFETY: invariant 9: made by `add`, and freed once.
        for node in unsafe { Box::from_raw(nodes) }.all {
            node.owner.store(0, Ordering::Relaxed);
        }
    }
}

impl Nodes {
    /// Takes out the nodes that no field names any more.
    fn sweep(&mut self) -> Vec<Arc<Node>> {
        let mut unused = Vec::new();
        if self.all.len() >= self.sweep_at {
            for i in (0..self.all.len()).rev() {
                // Not `strong_count`: this also orders what the last field did with the place before what is done now.
                if Arc::get_mut(&mut self.all[i]).is_some() {
                    unused.push(self.all.swap_remove(i));
                }
            }
            self.sweep_at = 2 * self.all.len().max(4);
        }
        unused
    }
}

/// Shows a place to a host, unless it holds nothing: that hosts do not expect.
///
/// # Safety
///
/// A host's word for `tp_traverse`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::class) unsafe fn visit(place: &FieldSlot, visit: HPyFunc_visitproc, arg: *mut c_void) -> i32 {
    // SAFETY: the caller's word: nobody changes the place now, and `visit` may be called with `arg`.
    unsafe { if (*place.get()).is_null() { 0 } else { visit(place.get(), arg) } }
}

/// Held while a place is read or written. Python may run without a GIL; with one, that is the lock. Nobody runs Python
/// code while holding it, so it is only ever held for a few instructions.
pub(in crate::class) struct Locked(Option<&'static AtomicBool>);

impl Drop for Locked {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        if let Some(lock) = self.0 {
            lock.store(false, Ordering::Release);
        }
    }
}

/// The lock for an address.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::class) fn lock(address: usize) -> Locked {
    if free_threaded() { spin(address) } else { Locked(None) }
}

#[cold]
fn spin(address: usize) -> Locked {
    static LOCKS: [AtomicBool; 64] = [const { AtomicBool::new(false) }; 64];
    let lock = &LOCKS[(address >> 4) % LOCKS.len()];
    while lock.swap(true, Ordering::Acquire) {
        core::hint::spin_loop();
    }
    Locked(Some(lock))
}

/// Gives the fields of a new value their places, in the order in which they stand in the struct.
#[derive(Debug)]
pub struct Assign<'a, 'ctx> {
    pub(in crate::class) ctx: Context<'ctx>,
    pub(in crate::class) owner: HPy,
    slots: &'a [UnsafeCell<HPyField>],
    pub(in crate::class) more: &'a MoreFields,
    next: usize,
    /// How far the value is from where it will stand.
    way: usize,
}

impl<'a, 'ctx> Assign<'a, 'ctx> {
    /// # Safety
    ///
    /// `owner` is an open handle of `ctx` on the object whose places the other two are. The value at `from` will be moved to
    /// `to`, and stay there.
    pub(in crate::class) unsafe fn new(
        ctx: Context<'ctx>,
        owner: HPy,
        slots: &'a [UnsafeCell<HPyField>],
        more: &'a MoreFields,
        (from, to): (usize, usize),
    ) -> Self {
        Assign { ctx, owner, slots, more, next: 0, way: to.wrapping_sub(from) }
    }

    /// Returns the final address of a part of the value.
    pub(super) fn final_address(&self, of: usize) -> usize {
        of.wrapping_add(self.way)
    }

    /// The next place in the payload, with its number.
    pub(in crate::class) fn next(&mut self) -> Option<(usize, &'a UnsafeCell<HPyField>)> {
        let index = self.next;
        self.next += 1;
        self.slots.get(index).map(|slot| (index, slot))
    }
}

/// Loads the object in a slot; `None` if it is empty.
///
/// # Safety
///
/// `owner` is an open handle of `ctx` on the object whose place this is.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::class) unsafe fn load<'ctx>(
    ctx: Context<'ctx>,
    owner: HPy,
    place: &UnsafeCell<HPyField>,
) -> Option<Handle<'ctx>> {
    let _locked = lock(place.get().addr());
    // SAFETY: the caller's word.
    unsafe { load_locked(ctx, owner, place) }
}

#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn load_locked<'ctx>(
    ctx: Context<'ctx>,
    owner: HPy,
    place: &UnsafeCell<HPyField>,
) -> Option<Handle<'ctx>> {
    // SAFETY: invariant 9: the place is locked and of that owner; a field that holds something can be loaded.
    unsafe {
        let field = *place.get();
        if field.is_null() {
            return None;
        }
        let h = hpy_host::calls::HPyField_Load(ctx.raw(), owner, field);
        if h.is_null() { None } else { Some(Handle::from_raw(ctx, h)) }
    }
}

/// Makes a place hold `value`, or nothing if that is null.
///
/// # Safety
///
/// As for [`load`]; `value` is null or an open handle of `ctx`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(in crate::class) unsafe fn store(ctx: Context<'_>, owner: HPy, place: &UnsafeCell<HPyField>, value: HPy) {
    // SAFETY: invariant 9: the place is of that owner, and locked where that is needed.
    let set = || unsafe { hpy_host::calls::HPyField_Store(ctx.raw(), owner, place.get(), value) };
    if !free_threaded() {
        return set();
    }
    // Let go after the lock is given back: it may be the last reference, whose end runs Python code.
    let _old = {
        let _locked = lock(place.get().addr());
        // SAFETY: the caller's word.
        let old = unsafe { load_locked(ctx, owner, place) };
        set();
        old
    };
}
