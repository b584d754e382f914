//! [`Py`]: an owned reference to a Python object that belongs to no call.

use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::num::NonZeroIsize;

use hpy_sys::HPy;

use super::context::Context;
use super::dropped_handles::{close_dropped, close_later};
use super::ffi;
use super::handle::{Handle, Ref};
use super::host::Host;
use super::markers::Any;
use super::traverse::{Traverse, Visitor};

/// An owned reference to a Python object that belongs to no call, no thread and no instance.
///
/// A [`Handle`] can't leave its call; a `Py` can: it is `Send`, `Sync`, `'static`, and one word. Keep it in a struct, a map, an
/// `Arc`, a closure, a `static`, or give it to another thread. To use the object, [`bind`](Py::bind) it to a context: the one of
/// the call, or that of [`hpy::attach`](crate::attach).
///
/// ```
/// #[hpy::module]
/// mod callbacks {
///     use std::sync::Mutex;
///
///     use hpy::{Context, Py, Result};
///
///     static HOOKS: Mutex<Vec<Py>> = Mutex::new(Vec::new());
///
///     /// Keeps a function, to be called by `run`.
///     #[function]
///     fn register(function: Py) {
///         HOOKS.lock().unwrap().push(function);
///     }
///
///     #[function]
///     fn run(ctx: Context<'_>) -> Result<()> {
///         // Not while the lock is held: a hook may register another one.
///         let hooks: Vec<Py> = HOOKS.lock().unwrap().iter().map(|hook| hook.clone_ref(ctx)).collect();
///         for hook in hooks {
///             hook.bind(ctx).call(())?;
///             hook.close(ctx);
///         }
///         Ok(())
///     }
/// }
/// # fn main() {}
/// ```
///
/// # Dropping
///
/// A `Py` can be dropped anywhere. On CPython, a thread that is attached to the interpreter releases the reference at once.
/// Elsewhere (a thread that Rust made, [`detach`](Context::detach), or another interpreter) it is noted, and released when a `Py` or a
/// [`Field`](crate::Field) is next made of a handle, by the next `attach`, or by the next call that raises an exception. Such a release
/// can run Python code (`__del__`), so hold no lock there; [`clone_ref`](Py::clone_ref), [`bind`](Py::bind) and [`get`](Py::get)
/// release nothing. Once the interpreter is gone, nothing is released: the memory belongs to a program that ends.
///
/// With a context at hand, [`Py::close`] is a single decrement; a plain drop first finds out whether this thread is attached.
///
/// # Reference cycles
///
/// On CPython and GraalPy, the garbage collector sees each `Py` that an instance of a class owns: in the struct itself, in an
/// `Option`, a `Box`, a tuple, an array, or a collection of the standard library, and in a struct with
/// [`#[derive(hpy::Traverse)]`](macro@crate::Traverse). So it finds cycles through them. When it collects such a cycle, it drops the
/// values of the instances, and whoever still uses one gets a `TypeError`.
///
/// It does not see a `Py` that is shared or locked away: in an `Arc`, a `Mutex`, a closure, a `static`, or in the type of another crate
/// that does not implement [`Traverse`](crate::Traverse). There, it is a strong reference: an instance that
/// refers to itself through one is never collected. So is any `Py` on PyPy and on native HPy hosts; [`Field`](crate::Field) is
/// what their collectors see.
#[repr(transparent)]
pub struct Py<T = Any> {
    /// Of the embedded host: the object's address. If the lowest bit is set: one more than the address of a [`Kept`].
    word: NonZeroIsize,
    ty: PhantomData<fn() -> T>,
}

/// The reference of another host: a handle that outlives its call. Also one of the embedded host, on an interpreter whose
/// object pointers are no addresses.
struct Kept {
    raw: HPy,
    /// What the collector's host calls the object: the same, unless a debug mode is in between; NULL where it does not ask.
    plain: HPy,
    host: Host,
}

/// Does the word stand for a [`Kept`]?
#[cfg_attr(not(debug_assertions), inline(always))]
fn is_kept(word: isize) -> bool {
    word & 1 != 0
}

/// Stores an owned handle of a context as a word.
#[cfg_attr(not(debug_assertions), inline(always))]
fn keep(ctx: Context<'_>, raw: HPy) -> isize {
    if ctx.is_embedded() && !is_kept(raw._i) { raw._i } else { keep_elsewhere(ctx, raw) }
}

#[cold]
fn keep_elsewhere(ctx: Context<'_>, raw: HPy) -> isize {
    let extensions = ctx.extensions().filter(|extensions| extensions.count >= 8);
    // SAFETY: invariant 1; an open handle of the context.
    let plain = extensions.map_or(HPy::NULL, |known| unsafe { (known.plain_handle)(ctx.raw(), raw) });
    let kept = Box::new(Kept { raw, plain, host: Host::of(ctx) });
    hpy_sys::cast::signed(Box::into_raw(kept).expose_provenance() | 1)
}

/// The address of the [`Kept`] of a word.
fn kept(word: isize) -> *mut Kept {
    core::ptr::with_exposed_provenance_mut(hpy_sys::cast::unsigned(word & !1))
}

/// The handle of a word for a context, not owned.
#[cfg_attr(not(debug_assertions), inline(always))]
fn handle_in(ctx: Context<'_>, word: isize) -> HPy {
    if ctx.is_embedded() && !is_kept(word) { HPy { _i: word } } else { handle_elsewhere(ctx, word) }
}

#[cold]
#[inline(never)]
fn handle_elsewhere(ctx: Context<'_>, word: isize) -> HPy {
    let (raw, host) = if is_kept(word) {
        // SAFETY: invariant 14: the `Py` owns it, and is borrowed.
        let kept = unsafe { &*kept(word) };
        (kept.raw, kept.host)
    } else {
        (HPy { _i: word }, Host::EMBEDDED)
    };
    assert!(
        host == Host::of(ctx),
        "this hpy::Py was made by another HPy host of this process ({}) than the one that uses it ({}): let one of them load \
         this file",
        host.name(),
        ctx.name()
    );
    raw
}

/// Releases the reference of a word, without a context.
#[inline(never)]
fn release(word: isize) {
    if is_kept(word) {
        // SAFETY: invariant 14: the `Py` owned it, and is dropped.
        let kept = unsafe { Box::from_raw(kept(word)) };
        if kept.host == Host::EMBEDDED {
            return release_embedded(kept.raw);
        }
        // Not at once, even on a thread that runs Python: on PyPy the question takes the GIL.
        close_later(kept.raw._i, kept.host);
    } else {
        release_embedded(HPy { _i: word });
    }
}

fn release_embedded(raw: HPy) {
    if hpy_host::interp::threads::is_attached() {
        // SAFETY: invariant 14: this thread is attached to the interpreter of the object, and the `Py` owned a reference.
        unsafe { hpy_host::capi::deep_release::release(ffi::object(raw)) }
    } else if !hpy_host::interp::attach::is_over() {
        close_later(raw._i, Host::EMBEDDED);
    }
}

impl<T> Py<T> {
    /// Creates a reference to the object of a handle (`HPy_Dup`). `Py::from(handle)` takes the handle's own instead.
    #[inline]
    pub fn new(handle: &Handle<'_, T>) -> Self {
        Py::from(handle.clone())
    }

    /// Keeps what the handle owns. Nothing that was dropped before is released.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn from_owned(handle: Handle<'_, T>) -> Self {
        let word = keep(handle.ctx(), handle.into_raw());
        // SAFETY: an open handle is not null, and neither is an address plus one.
        Py { word: unsafe { NonZeroIsize::new_unchecked(word) }, ty: PhantomData }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn word(&self) -> isize {
        self.word.get()
    }

    /// Borrows the object for a call: a handle that lives as long as this borrow.
    ///
    /// # Panics
    ///
    /// If another HPy host of the process made this `Py`, which takes a file that is loaded in two ways.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn bind<'a, 'ctx>(&'a self, ctx: Context<'ctx>) -> Ref<'a, 'ctx, T> {
        // SAFETY: invariant 14: the reference is alive for as long as `self` is borrowed, of the context's host, and its object is a `T`.
        unsafe { Ref::from_raw(ctx, handle_in(ctx, self.word())) }
    }

    /// Returns a new handle on the object (`HPy_Dup`).
    ///
    /// # Panics
    ///
    /// As [`Py::bind`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn get<'ctx>(&self, ctx: Context<'ctx>) -> Handle<'ctx, T> {
        self.bind(ctx).to_owned()
    }

    /// Turns into a handle for a call.
    ///
    /// # Panics
    ///
    /// As [`Py::bind`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn into_handle(self, ctx: Context<'_>) -> Handle<'_, T> {
        let raw = handle_in(ctx, self.word());
        let word = ManuallyDrop::new(self).word();
        if is_kept(word) {
            // SAFETY: invariant 14: owned by the `Py`, which is gone; the handle in it is the new one's.
            drop(unsafe { Box::from_raw(kept(word)) });
        }
        // SAFETY: invariant 14: the reference that the `Py` owned, of the context's host; its object is a `T`.
        unsafe { Handle::from_raw(ctx, raw) }
    }

    /// Creates another reference to the same object: one increment in the embedded host. No Python code runs, so a lock can be held.
    ///
    /// # Panics
    ///
    /// As [`Py::bind`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[must_use]
    pub fn clone_ref(&self, ctx: Context<'_>) -> Self {
        Py::from_owned(self.get(ctx))
    }

    /// Releases the reference now: one decrement in the embedded host. Dropping has to look for the interpreter first.
    ///
    /// # Panics
    ///
    /// As [`Py::bind`].
    #[inline]
    pub fn close(self, ctx: Context<'_>) {
        drop(self.into_handle(ctx));
    }

    /// Is it the same object, as far as that can be told without a context?
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn is_same_word(&self, other: &Self) -> bool {
        self.word == other.word
    }

    /// Returns the same reference, typed as any object.
    #[inline]
    pub fn into_any(self) -> Py {
        Py { word: ManuallyDrop::new(self).word, ty: PhantomData }
    }
}

// SAFETY: it owns one reference, and shows it once.
unsafe impl<T> Traverse for Py<T> {
    #[inline]
    fn traverse(&self, visitor: &mut Visitor<'_>) {
        let word = self.word();
        // SAFETY: invariant 14: the `Py` owns it, and is borrowed.
        let plain = if is_kept(word) { unsafe { (*kept(word)).plain } } else { HPy { _i: word } };
        visitor.visit(plain);
    }
}

impl<T> Drop for Py<T> {
    #[inline]
    fn drop(&mut self) {
        release(self.word());
    }
}

impl<'ctx, T> Handle<'ctx, T> {
    /// Turns into a reference that can leave the call: see [`Py`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn unbind(self) -> Py<T> {
        Py::from(self)
    }
}

impl<T> From<Handle<'_, T>> for Py<T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn from(handle: Handle<'_, T>) -> Self {
        close_dropped(handle.ctx());
        Py::from_owned(handle)
    }
}

impl<T> From<&Handle<'_, T>> for Py<T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn from(handle: &Handle<'_, T>) -> Self {
        Py::new(handle)
    }
}

impl<T> From<Ref<'_, '_, T>> for Py<T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn from(handle: Ref<'_, '_, T>) -> Self {
        Py::new(&handle)
    }
}

impl<T> fmt::Debug for Py<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Py").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_for_any_thread() {
        fn is_free<T: Send + Sync + 'static>() {}
        is_free::<Py>();
        assert_eq!(size_of::<Py>(), size_of::<usize>());
        assert_eq!(size_of::<Option<Py>>(), size_of::<usize>());
        assert!(align_of::<Kept>() > 1);
    }
}
