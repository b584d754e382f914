//! [`Host`]: identifies the host that a handle, an exception or a global belongs to.
//!
//! A process can load a file through several hosts: as an extension of the interpreter (the embedded host), through the
//! interpreter's native HPy host, or through the package `hpy-host`, also in debug mode. They don't share handles. Anything
//! that outlives a call, and may be used in a call by another host, therefore records its host.

use core::ffi::{CStr, c_char};
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use super::context::Context;

/// Whether the embedded host executed the last module of this file; true before the first one.
pub(crate) static LOADED_BY_EMBEDDED: AtomicBool = AtomicBool::new(true);

/// A host of this file: 0 for the embedded one, else a place in [`NAMES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Host(u8);

/// More than there are.
const MOST: usize = 16;

/// The names of the other hosts' contexts. A name is a static text of the host, so its address tells hosts apart: contexts
/// that a debug mode makes for each call share one.
static NAMES: [AtomicPtr<c_char>; MOST] = [const { AtomicPtr::new(core::ptr::null_mut()) }; MOST];

impl Host {
    /// The one in this file.
    pub(crate) const EMBEDDED: Host = Host(0);

    /// The host of a context.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn of(ctx: Context<'_>) -> Self {
        if ctx.is_embedded() { Host::EMBEDDED } else { Host::of_another(ctx) }
    }

    #[cold]
    #[inline(never)]
    fn of_another(ctx: Context<'_>) -> Self {
        // SAFETY: invariant 1: the context is alive.
        let name = unsafe { (*ctx.raw()).name }.cast_mut();
        for (number, known) in (1..).zip(&NAMES) {
            // Relaxed: only addresses are compared; the text is read by those who were given it by a context.
            let found = match known.compare_exchange(
                core::ptr::null_mut(),
                name,
                Ordering::Relaxed,
                Ordering::Relaxed,
            ) {
                Ok(_) => name,
                Err(found) => found,
            };
            if found == name {
                return Host(number);
            }
        }
        panic!("more than {MOST} HPy hosts have loaded this file")
    }

    /// As a byte.
    pub(crate) const fn byte(self) -> u8 {
        self.0
    }

    /// As a number below 32.
    pub(crate) const fn number(self) -> usize {
        self.0 as usize
    }

    /// The host of a number that [`Host::number`] gave.
    pub(crate) const fn from_number(number: usize) -> Self {
        Host(number.to_le_bytes()[0])
    }

    /// For messages.
    pub(crate) fn name(self) -> &'static str {
        let Some(place) = self.number().checked_sub(1) else { return "the host in this file" };
        let name = NAMES[place].load(Ordering::Relaxed);
        // SAFETY: invariant 1: a context's name is a static C string.
        let name = unsafe { CStr::from_ptr(name) };
        name.to_str().unwrap_or("another host")
    }
}
