//! [`Global`]: a Python object in a `static`.

use core::cell::UnsafeCell;
use core::fmt;
use core::marker::PhantomData;
use core::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use hpy_sys::{HPy, HPyGlobal};

use super::context::Context;
use super::ffi;
use super::handle::Handle;
use super::host::Host;
use super::markers::Any;

/// A reference to a Python object in a `static` (HPy's `HPyGlobal`), initially empty.
///
/// Define it as a `static` inside `#[hpy::module]`, which registers it with the host. The methods of an unregistered
/// `Global` panic.
///
/// If a process loads the file through the embedded host and through another host, each has a separate value.
///
/// ```
/// #[hpy::module]
/// mod cache {
///     use hpy::{Context, Global, Handle, Result, types::Dict};
///
///     static SEEN: Global<Dict> = Global::new();
///
///     #[init]
///     fn init(ctx: Context<'_>) -> Result<()> {
///         SEEN.store(ctx, &Dict::new(ctx)?);
///         Ok(())
///     }
///
///     #[function]
///     fn remember(ctx: Context<'_>, key: &str) -> Result<usize> {
///         let seen = SEEN.load(ctx).expect("filled by init");
///         seen.setitem(key, true)?;
///         seen.len()
///     }
/// }
/// # fn main() {}
/// ```
#[repr(C)]
pub struct Global<T = Any> {
    slot: GlobalSlot,
    ty: PhantomData<fn() -> T>,
}

/// The part of a [`Global`] that the host knows of: what the module's table points at.
#[doc(hidden)]
#[repr(C)]
pub struct GlobalSlot {
    /// For hosts in other files. The first member, as hosts are given the address.
    raw: UnsafeCell<HPyGlobal>,
    /// The embedded host's: a handle, or 0. Both hosts may load one file in one process, and know nothing of each other.
    own: UnsafeCell<isize>,
    registered: AtomicBool,
    /// The [`Host`] that has stored into `raw`, by number; 0 if nobody has.
    stored_by: AtomicU8,
    locked: AtomicBool,
}

// SAFETY: invariant 6: `raw` and `own` are only touched with a context at hand and under the lock; the flags are atomic.
unsafe impl Sync for GlobalSlot {}

/// The lock of a slot, held while the host reads or replaces what is in it. Python may run without a GIL.
struct Locked<'a>(&'a GlobalSlot);

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        self.0.locked.store(false, Ordering::Release);
    }
}

impl GlobalSlot {
    /// Waits for the lock. Nobody runs Python code while holding it, so it is only ever held for a few instructions.
    fn lock(&self) -> Locked<'_> {
        while self.locked.swap(true, Ordering::Acquire) {
            core::hint::spin_loop();
        }
        Locked(self)
    }

    /// Marks the slot as known to the host: called for each entry of a module's table before the module's code runs.
    pub(crate) fn register(&self) {
        self.registered.store(true, Ordering::Relaxed);
    }

    /// Forgets what was stored: a host that loads the module's table anew may have done so, too.
    pub(crate) fn reset(&self) {
        self.stored_by.store(0, Ordering::Release);
    }

    /// [`Global::store`], whichever type it is.
    #[inline(never)]
    fn store<'ctx>(&'static self, ctx: Context<'ctx>, value: &Handle<'ctx>) {
        self.check();
        // Closed after the lock is given back: it may be the last reference, whose end runs Python code.
        let _old = {
            let _locked = self.lock();
            if ctx.is_embedded() {
                // SAFETY: invariant 6: the global is static and locked.
                let place = unsafe { &mut *self.own.get() };
                let old = core::mem::replace(place, value.clone().into_raw()._i);
                // SAFETY: invariants 3 and 5: the place owned the handle, which does not end with a call.
                (old != 0).then(|| unsafe { Handle::from_raw(ctx, HPy { _i: old }) })
            } else {
                // What another host has stored is its own: there is no context of it to close that with.
                let old = if self.is_foreign(ctx) { None } else { self.load_locked(ctx) };
                // SAFETY: invariant 6: the global is registered, static, locked, and this thread runs Python.
                unsafe { hpy_host::calls::HPyGlobal_Store(ctx.raw(), self.raw.get(), value.as_raw()) };
                self.stored_by.store(Host::of(ctx).byte(), Ordering::Release);
                old
            }
        };
    }

    /// Keeps `value` unless something is kept already; gives what is kept.
    pub(crate) fn store_first<'ctx>(&'static self, ctx: Context<'ctx>, value: &Handle<'ctx>) -> Handle<'ctx> {
        self.check();
        let _locked = self.lock();
        if let Some(kept) = self.load_locked(ctx) {
            return kept;
        }
        // SAFETY: as in `store`; the embedded host has no globals of this kind.
        unsafe { hpy_host::calls::HPyGlobal_Store(ctx.raw(), self.raw.get(), value.as_raw()) };
        self.stored_by.store(Host::of(ctx).byte(), Ordering::Release);
        value.clone()
    }

    /// [`Global::load`], whichever type it is.
    #[inline(never)]
    fn load<'ctx>(&'static self, ctx: Context<'ctx>) -> Option<Handle<'ctx>> {
        self.check();
        let _locked = self.lock();
        self.load_locked(ctx)
    }

    /// [`Self::load`] for who has the lock.
    fn load_locked<'ctx>(&'static self, ctx: Context<'ctx>) -> Option<Handle<'ctx>> {
        let h = if ctx.is_embedded() {
            // SAFETY: invariant 6: the global is static and locked.
            let own = unsafe { *self.own.get() };
            if own == 0 {
                return None;
            }
            // SAFETY: invariants 3 and 5: the place has a handle itself, by `store`.
            unsafe { ffi::dup(ctx, HPy { _i: own }) }
        } else {
            if self.stored_by.load(Ordering::Acquire) == 0 {
                return None;
            }
            if self.is_foreign(ctx) {
                self.foreign(ctx);
            }
            // SAFETY: invariant 6: the global is registered, static, stored to by this host, locked, and this thread runs Python.
            unsafe { hpy_host::calls::HPyGlobal_Load(ctx.raw(), *self.raw.get()) }
        };
        if h.is_null() {
            return None;
        }
        // SAFETY: a new handle.
        Some(unsafe { Handle::from_raw(ctx, h) })
    }

    /// Was it stored to by a host that this context knows nothing of? The debug and trace modes of a host pass globals on to it.
    fn is_foreign(&self, ctx: Context<'_>) -> bool {
        let by = usize::from(self.stored_by.load(Ordering::Acquire));
        let passes_on = |name: &str| name.contains("Debug") || name.contains("Trace");
        by != 0
            && by != Host::of(ctx).number()
            && !passes_on(ctx.name())
            && !passes_on(Host::from_number(by).name())
    }

    #[cold]
    fn foreign(&self, ctx: Context<'_>) -> ! {
        let by = Host::from_number(usize::from(self.stored_by.load(Ordering::Acquire)));
        panic!(
            "this hpy::Global was stored by another host ({}) than the one that loads it ({}): let one of them load this file",
            by.name(),
            ctx.name()
        )
    }

    fn check(&self) {
        assert!(
            self.registered.load(Ordering::Relaxed),
            "this hpy::Global is not registered: it must be a `static` inside `#[hpy::module] mod …`"
        );
    }

    const fn new() -> Self {
        GlobalSlot {
            raw: UnsafeCell::new(HPyGlobal { _i: 0 }),
            own: UnsafeCell::new(0),
            registered: AtomicBool::new(false),
            stored_by: AtomicU8::new(0),
            locked: AtomicBool::new(false),
        }
    }
}

impl<T> Global<T> {
    /// Creates an empty global.
    #[allow(clippy::new_without_default)] // a `Global` that is not a `static` is of no use
    pub const fn new() -> Self {
        Global { slot: GlobalSlot::new(), ty: PhantomData }
    }

    /// For the table of the module.
    #[doc(hidden)]
    pub const fn slot(&'static self) -> &'static GlobalSlot {
        &self.slot
    }

    /// Stores `value` (`HPyGlobal_Store`) and releases the previous object.
    ///
    /// # Panics
    ///
    /// Panics if this is not a `static` inside `#[hpy::module]`.
    pub fn store<'ctx>(&'static self, ctx: Context<'ctx>, value: &Handle<'ctx, T>) {
        self.slot.store(ctx, value.as_any());
    }

    /// Returns a new handle to the stored object (`HPyGlobal_Load`), or `None` before the first [`Global::store`].
    ///
    /// # Panics
    ///
    /// Panics if this is not a `static` inside `#[hpy::module]`, or if another host than the loading one stored the object.
    pub fn load<'ctx>(&'static self, ctx: Context<'ctx>) -> Option<Handle<'ctx, T>> {
        // SAFETY: what `store` was given, so a `T`.
        self.slot.load(ctx).map(|value| unsafe { value.cast_into_unchecked() })
    }
}

impl<T> fmt::Debug for Global<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Global").finish_non_exhaustive()
    }
}

impl fmt::Debug for GlobalSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GlobalSlot").finish_non_exhaustive()
    }
}
