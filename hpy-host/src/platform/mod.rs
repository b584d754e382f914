//! Operating systems: lookup of symbols in the process, and the bounds of a thread's stack.
//!
//! One file for each system; nothing else in this crate asks for the system.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_vendor = "apple")]
mod macos;
#[cfg(all(unix, not(any(target_os = "linux", target_vendor = "apple"))))]
mod other;
#[cfg(any(unix, windows))]
mod pythons;
pub(crate) mod stack_bounds;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
pub(crate) use linux::stack;
#[cfg(target_vendor = "apple")]
pub(crate) use macos::stack;
#[cfg(all(unix, not(any(target_os = "linux", target_vendor = "apple"))))]
pub(crate) use other::stack;
#[cfg(any(unix, windows))]
pub(crate) use pythons::{Other, bind, other, symbol};
#[cfg(unix)]
use unix as files;
#[cfg(windows)]
use windows as files;
#[cfg(windows)]
pub(crate) use windows::stack;

#[cfg(not(any(unix, windows)))]
compile_error!("hpy-host finds the interpreter's C API by name, which it can on Unix and on Windows only");
