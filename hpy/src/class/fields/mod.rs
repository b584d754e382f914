//! [`Field`]: a Python object owned by an instance of a class, and visible to the garbage collector.

pub(crate) mod detect;
pub(in crate::class) mod dropped;
pub(crate) mod storage;
#[cfg(test)]
mod tests;

use core::fmt;
use core::marker::{PhantomData, PhantomPinned};
use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;

use hpy_sys::HPy;
use hpy_sys::cast::{signed, unsigned};

use super::Class;
use super::type_slot::payload_of;
use crate::class::fields::storage::{Assign, Node, load, lock, store};
use crate::core::dropped_handles::{close_dropped, close_later};
use crate::core::host::Host;
use crate::core::markers::{Any, PythonType};
use crate::core::{Context, Handle, Traverse, Visitor, ffi};

/// A Python object stored in an instance of a class (HPy's `HPyField`), or nothing.
///
/// A field belongs into the struct of a `#[hpy::class]`, also inside an `Option`, a `Vec`, a map, or a struct with
/// `#[derive(hpy::Fields)]`. The interpreter's garbage collector traverses it and finds cycles through fields. Loading and
/// storing take a handle to the instance, which a method receives as `slf`.
///
/// ```
/// #[hpy::module]
/// mod tree {
///     use hpy::{Context, Field, Handle};
///
///     #[class]
///     struct Node {
///         parent: Field<Node>,
///         children: Vec<Field<Node>>,
///     }
///
///     #[methods]
///     impl Node {
///         #[new]
///         fn new(parent: Option<Handle<'_, Node>>) -> Self {
///             Node { parent: Field::from(parent), children: Vec::new() }
///         }
///
///         #[getter]
///         fn parent<'ctx>(&self, slf: &Handle<'ctx, Node>) -> Option<Handle<'ctx, Node>> {
///             self.parent.load(slf)
///         }
///
///         fn adopt<'ctx>(&mut self, slf: &Handle<'ctx, Node>, child: &Handle<'ctx, Node>) {
///             self.children.push(Field::of(slf, child));
///         }
///     }
/// }
/// # fn main() {}
/// ```
///
/// A field refers to a slot of one instance. Moving it to another instance in Rust does not move the object. Dropping or
/// overwriting a field releases the object when the mutable borrow of the instance ends. There is one exception: a field that
/// is moved out of the struct itself before it is dropped keeps the object until the instance is deallocated.
/// [Clear](Field::clear) it first.
pub struct Field<T = Any> {
    /// One of the forms of [`Place`].
    place: AtomicUsize,
    /// The raw handle of a field that is not yet part of an instance; or where in its instance a field of the struct itself
    /// stands, from which it may be moved away.
    detail: isize,
    ty: PhantomData<fn() -> T>,
    /// A struct that holds a field is not `Unpin`: by that the macro knows it.
    _pinned: PhantomPinned,
}

/// The state of a field, as its word encodes it.
enum Place<'a> {
    /// It is new, and holds nothing.
    None,
    /// A place in the payload of its instance, by number.
    Slot(usize),
    /// A place on the heap.
    Node(&'a Node),
    /// It is new, and holds a handle of its own.
    Pending,
}

const SLOT: usize = 1;
const NODE: usize = 2;
const PENDING: usize = 3;
const TAG: usize = 3;

impl<T> Field<T> {
    /// Creates a field with `value`, for an instance that is about to be created.
    ///
    /// For an existing instance, use [`Field::of`].
    ///
    /// Handles that were dropped where no context was at hand are closed first, which can run Python code (`__del__`): hold no
    /// lock that such code may want.
    #[inline]
    pub fn new<'ctx>(value: impl Into<Handle<'ctx, T>>) -> Self {
        let value = value.into();
        let ctx = value.ctx();
        close_dropped(ctx);
        Field::with(Host::of(ctx).number() << 2 | PENDING, value.into_raw()._i)
    }

    /// Creates an empty field.
    #[inline]
    pub fn empty() -> Self {
        Field::with(0, 0)
    }

    fn with(place: usize, detail: isize) -> Self {
        Field { place: AtomicUsize::new(place), detail, ty: PhantomData, _pinned: PhantomPinned }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn place(&self) -> Place<'_> {
        let word = self.place.load(Ordering::Acquire);
        match word & TAG {
            SLOT => Place::Slot(word >> 2),
            // SAFETY: invariant 9: the field owns a count of the node.
            NODE => Place::Node(unsafe { &*core::ptr::with_exposed_provenance::<Node>(word & !TAG) }),
            PENDING => Place::Pending,
            _ => Place::None,
        }
    }

    /// Names a place on the heap from now on, unless another thread was faster.
    fn name(&self, node: Arc<Node>, instead_of: usize) -> bool {
        let word = Arc::into_raw(node).expose_provenance() | NODE;
        let named =
            self.place.compare_exchange(instead_of, word, Ordering::AcqRel, Ordering::Relaxed).is_ok();
        if !named {
            // Another thread was faster.
            // SAFETY: the count that was just given away.
            drop(unsafe { Arc::from_raw(core::ptr::with_exposed_provenance::<Node>(word & !TAG)) });
        }
        named
    }
}

impl<T: PythonType> Field<T> {
    /// Creates a field of an existing instance, with `value`.
    pub fn of<'ctx, C: Class>(owner: &Handle<'ctx, C>, value: &Handle<'ctx, T>) -> Self {
        let field = Field::empty();
        field.store(owner, value);
        field
    }

    /// Returns a new handle to the object (`HPyField_Load`), or `None` if the field is empty.
    ///
    /// # Panics
    ///
    /// Panics if the field does not belong to `owner`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn load<'ctx, C: Class>(&self, owner: &Handle<'ctx, C>) -> Option<Handle<'ctx, T>> {
        let payload = payload_of(owner);
        let (ctx, raw) = (owner.ctx(), owner.as_raw());
        let place = match self.place() {
            Place::Slot(index) => payload.and_then(|payload| payload.place(index)),
            Place::Node(node) => payload.and_then(|payload| node.of(&payload.more)),
            Place::None => return None,
            Place::Pending => return self.load_pending(owner),
        };
        let Some(place) = place else { foreign::<C>() };
        // SAFETY: the place was just proven to be one of the owner's.
        let value = unsafe { load(ctx, raw, place) }?;
        match value.downcast_into() {
            Ok(value) => Some(value),
            Err(_) => foreign::<C>(),
        }
    }

    /// Stores `value` (`HPyField_Store`) and releases the previous object.
    ///
    /// # Panics
    ///
    /// Panics if the field does not belong to `owner`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn store<'ctx, C: Class>(&self, owner: &Handle<'ctx, C>, value: &Handle<'ctx, T>) {
        self.put(owner, value.as_raw());
    }

    /// Empties the field and releases the object.
    ///
    /// # Panics
    ///
    /// Panics if the field does not belong to `owner`.
    pub fn clear<C: Class>(&self, owner: &Handle<'_, C>) {
        if !matches!(self.place(), Place::None) {
            self.put(owner, HPy::NULL);
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn put<C: Class>(&self, owner: &Handle<'_, C>, value: HPy) {
        let Some(payload) = payload_of(owner) else { foreign::<C>() };
        let (ctx, raw) = (owner.ctx(), owner.as_raw());
        let place = match self.place() {
            Place::Slot(index) => payload.place(index),
            Place::Node(node) => node.of(&payload.more),
            Place::None | Place::Pending => {
                self.adopt(owner);
                return self.put(owner, value);
            }
        };
        let Some(place) = place else { foreign::<C>() };
        // SAFETY: the place was just proven to be one of the owner's.
        unsafe { store(ctx, raw, place, value) }
    }

    #[cold]
    fn load_pending<'ctx, C: Class>(&self, owner: &Handle<'ctx, C>) -> Option<Handle<'ctx, T>> {
        self.adopt(owner);
        self.load(owner)
    }

    /// Makes the field belong to the owner.
    #[cold]
    fn adopt<C: Class>(&self, owner: &Handle<'_, C>) {
        assert!(C::GC, "{} has no fields that the garbage collector knows of", C::NAME);
        let Some(payload) = payload_of(owner) else { foreign::<C>() };
        // SAFETY: the owner's own list of fields.
        unsafe { self.join(owner.ctx(), owner.as_raw(), &payload.more) }
    }
}

impl<T> Field<T> {
    /// Makes the field one of the instance's that `more` belongs to, unless it is one of somebody's already. Other threads may
    /// do the same at the same time, for other instances.
    ///
    /// # Safety
    ///
    /// `owner` is an open handle of `ctx` on the object that `more` belongs to.
    pub(in crate::class) unsafe fn join(
        &self,
        ctx: Context<'_>,
        owner: HPy,
        more: &crate::class::fields::storage::MoreFields,
    ) {
        let word = self.place.load(Ordering::Acquire);
        if word & TAG == SLOT || word & TAG == NODE {
            return; // another thread was faster
        }
        // SAFETY: the caller's word.
        let node = unsafe { more.add(ctx, owner) };
        if word & TAG != PENDING {
            self.name(node, word);
            return;
        }
        own_host(ctx, word);
        let pending = HPy { _i: self.detail };
        // Whoever changes the word closes the handle, after that, and changes the word under this lock. So under the lock a
        // word that still says so says that the handle is open; with a GIL, so it does until Python code is run.
        let value: Handle<'_> = {
            let _locked = lock(self.address());
            if self.place.load(Ordering::Acquire) != word {
                return; // another thread was faster
            }
            // SAFETY: the handle is open, as just said.
            unsafe { Handle::from_raw(ctx, ffi::dup(ctx, pending)) }
        };
        // The field names the place when it holds the object, so that nobody finds it empty.
        let Some(place) = node.of(more) else { return };
        // SAFETY: a new place of the owner's.
        unsafe { store(ctx, owner, place, value.as_raw()) };
        let named = {
            let _locked = lock(self.address());
            self.name(node.clone(), word)
        };
        // SAFETY: the handle was the field's own, and is closed by the one thread that changed the word; or it is the owner's
        // place, which nobody knows.
        unsafe {
            if named {
                hpy_host::calls::HPy_Close(ctx.raw(), pending);
            } else {
                store(ctx, owner, place, HPy::NULL);
            }
        }
    }

    fn address(&self) -> usize {
        (&raw const self.place).addr()
    }
}

/// Panics unless a field whose word is `word` holds a handle of this host.
fn own_host(ctx: Context<'_>, word: usize) {
    let host = Host::from_number(word >> 2);
    assert!(
        host == Host::of(ctx),
        "this field was made in another HPy host of this process ({}), and can't be used in this one",
        host.name()
    );
}

/// A method was given a field and an instance that don't belong together.
#[cold]
#[inline(never)]
fn foreign<C: Class>() -> ! {
    panic!("this field does not belong to this {} object, or its object has no value", C::NAME)
}

impl<T> Drop for Field<T> {
    #[inline]
    fn drop(&mut self) {
        let word = *self.place.get_mut();
        match word & TAG {
            SLOT => {
                let address = self.address();
                if unsigned(self.detail) == address {
                    dropped::in_place(address, word >> 2);
                }
            }
            NODE => {
                let node = core::ptr::with_exposed_provenance::<Node>(word & !TAG);
                // SAFETY: invariant 9: the count that the field owns.
                dropped::node(unsafe { Arc::from_raw(node) })
            }
            PENDING => {
                close_later(self.detail, Host::from_number(word >> 2));
            }
            _ => {}
        }
    }
}

impl<T> Default for Field<T> {
    /// Creates an empty field.
    fn default() -> Self {
        Field::empty()
    }
}

impl<'ctx, T> From<Handle<'ctx, T>> for Field<T> {
    fn from(value: Handle<'ctx, T>) -> Self {
        Field::new(value)
    }
}

impl<'ctx, T> From<&Handle<'ctx, T>> for Field<T> {
    fn from(value: &Handle<'ctx, T>) -> Self {
        Field::new(value.clone())
    }
}

impl<'ctx, T> From<Option<Handle<'ctx, T>>> for Field<T> {
    fn from(value: Option<Handle<'ctx, T>>) -> Self {
        value.map_or_else(Field::empty, Field::new)
    }
}

// SAFETY: it visits nothing: the instance's slots have the objects.
unsafe impl<T> Traverse for Field<T> {
    const HOLDS: bool = false;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn traverse(&self, _: &mut Visitor<'_>) {}
}

impl<T> fmt::Debug for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Field").finish_non_exhaustive()
    }
}

/// A type that may contain [`Field`]s. They are located when an instance is created.
///
/// Derive it for a struct that contains fields and is part of a class.
#[diagnostic::on_unimplemented(
    message = "`{Self}` holds fields where they can't be found",
    label = "a `Field` is in here",
    note = "for a struct of your own, write `#[derive(hpy::Fields)]`"
)]
pub trait Fields {
    /// Makes all fields in this value belong to the instance.
    #[doc(hidden)]
    fn assign(&mut self, assign: &mut Assign<'_, '_>);
}

impl<T> Fields for Field<T> {
    fn assign(&mut self, assign: &mut Assign<'_, '_>) {
        match *self.place.get_mut() & TAG {
            SLOT => *self.place.get_mut() = 0, // of another instance
            NODE => *self = Field::empty(),
            _ => {}
        }
        // SAFETY: `Assign` says whose list it is.
        unsafe { self.join(assign.ctx, assign.owner, assign.more) }
    }
}

/// Makes a field of the struct itself belong to the instance.
#[doc(hidden)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn assign_slot<T>(field: &mut Field<T>, assign: &mut Assign<'_, '_>) {
    let Some((index, place)) = assign.next() else { return };
    let word = *field.place.get_mut();
    let ctx = assign.ctx;
    match word & TAG {
        PENDING => {
            own_host(ctx, word);
            let value = HPy { _i: field.detail };
            // SAFETY: `Assign` says whose place it is; the handle is the field's own, and closed once.
            unsafe {
                store(ctx, assign.owner, place, value);
                hpy_host::calls::HPy_Close(ctx.raw(), value);
            }
        }
        0 => {}
        SLOT => {} // of another instance
        _ => *field = Field::empty(),
    }
    *field.place.get_mut() = index << 2 | SLOT;
    field.detail = signed(assign.final_address(field.address()));
}

macro_rules! containers {
    ($($(#[$doc:meta])* [$($param:ident),*] $ty:ty => $items:ident;)*) => {$(
        impl<$($param),*> Fields for $ty
        where
            containers!(@item $($param),*): Fields,
        {
            fn assign(&mut self, assign: &mut Assign<'_, '_>) {
                self.$items().for_each(|item| item.assign(assign));
            }
        }
    )*};
    (@item $item:ident) => { $item };
    (@item $key:ident, $item:ident) => { $item };
    (@item $key:ident, $item:ident, $hasher:ident) => { $item };
}

containers! {
    [F] Option<F> => iter_mut;
    [F] Vec<F> => iter_mut;
    [F] Box<[F]> => iter_mut;
    [F] std::collections::VecDeque<F> => iter_mut;
    [F] std::collections::LinkedList<F> => iter_mut;
    [K, F] std::collections::BTreeMap<K, F> => values_mut;
    [K, F, S] std::collections::HashMap<K, F, S> => values_mut;
}

impl<F: Fields, const N: usize> Fields for [F; N] {
    fn assign(&mut self, assign: &mut Assign<'_, '_>) {
        self.iter_mut().for_each(|item| item.assign(assign));
    }
}

impl<F: Fields> Fields for Box<F> {
    fn assign(&mut self, assign: &mut Assign<'_, '_>) {
        (**self).assign(assign);
    }
}
