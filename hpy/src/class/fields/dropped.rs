//! Fields that were dropped while their instance is alive. Their objects are released when the instance is next at hand.

use core::ops::Range;
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::storage::Node;

struct Dropped {
    nodes: Vec<Arc<Node>>,
    slots: Vec<Slot>,
}

/// A field that was dropped where it stood in the struct, and the number of its place in the payload.
struct Slot {
    address: usize,
    index: usize,
}

static DROPPED: Mutex<Dropped> = Mutex::new(Dropped { nodes: Vec::new(), slots: Vec::new() });
/// Are there any?
static ANY: AtomicBool = AtomicBool::new(false);
/// Are there any that stood in the struct? Their instance is mutably borrowed, so there are only ever a few.
static ANY_SLOTS: AtomicBool = AtomicBool::new(false);

impl Dropped {
    fn lock() -> MutexGuard<'static, Self> {
        DROPPED.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// To be called before the lock is given back.
    fn announce(&self) {
        ANY_SLOTS.store(!self.slots.is_empty(), Ordering::Relaxed);
        ANY.store(!self.slots.is_empty() || !self.nodes.is_empty(), Ordering::Relaxed);
    }

    /// Takes out the places of fields that stood in this range of memory.
    fn take_slots(&mut self, value: &Range<usize>) -> Vec<usize> {
        let (mine, others): (Vec<Slot>, _) =
            core::mem::take(&mut self.slots).into_iter().partition(|slot| value.contains(&slot.address));
        self.slots = others;
        mine.iter().map(|slot| slot.index).collect()
    }
}

/// Are there any?
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn are_any() -> bool {
    ANY.load(Ordering::Relaxed)
}

/// Takes out those of an instance: the numbers of the places of fields that stood in this range of memory, and the nodes of
/// this owner.
pub(super) fn take(value: &Range<usize>, owner: usize) -> (Vec<usize>, Vec<Arc<Node>>) {
    let mut dropped = Dropped::lock();
    let slots = dropped.take_slots(value);
    let mut nodes = Vec::new();
    for node in core::mem::take(&mut dropped.nodes) {
        match node.owner() {
            0 => {}
            its if its == owner => nodes.push(node),
            _ => dropped.nodes.push(node),
        }
    }
    dropped.announce();
    (slots, nodes)
}

/// The field of a node was dropped.
#[cold]
pub(super) fn node(node: Arc<Node>) {
    if node.owner() != 0 {
        let mut dropped = Dropped::lock();
        dropped.nodes.push(node);
        dropped.announce();
    }
}

/// A field was dropped where it stands in the struct of its instance: either the instance dies, or another field is put there.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn in_place(address: usize, index: usize) {
    if address < DYING_FROM.load(Ordering::Relaxed) || address >= DYING_TO.load(Ordering::Relaxed) {
        slot(Slot { address, index });
    }
}

#[cold]
#[inline(never)]
fn slot(slot: Slot) {
    let mut dropped = Dropped::lock();
    dropped.slots.push(slot);
    dropped.announce();
}

// The value that is dropped with its instance: its fields need not be noted, each by itself. Where several threads drop some
// at the same time, these words are those of the last one, and the fields of others are noted, and forgotten again.
static DYING_FROM: AtomicUsize = AtomicUsize::new(0);
static DYING_TO: AtomicUsize = AtomicUsize::new(0);

/// A value dies with its instance, as long as this lives.
pub(in crate::class) struct Dying(Range<usize>);

impl Dying {
    /// Of the value in this range of memory.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::class) fn new(value: Range<usize>) -> Self {
        DYING_FROM.store(value.start, Ordering::Relaxed);
        DYING_TO.store(value.end, Ordering::Relaxed);
        Dying(value)
    }
}

impl Drop for Dying {
    /// What comes to this memory next has nothing to do with fields that were dropped here.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        DYING_TO.store(0, Ordering::Relaxed);
        if ANY_SLOTS.load(Ordering::Relaxed) {
            forget(&self.0);
        }
    }
}

#[cold]
#[inline(never)]
fn forget(value: &Range<usize>) {
    let mut dropped = Dropped::lock();
    dropped.take_slots(value);
    dropped.announce();
}
