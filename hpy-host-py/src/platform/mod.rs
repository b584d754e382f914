//! What the operating systems do differently: paths as Python gives them, and how a library is loaded.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub(crate) use unix::{FORMAT, open, path, symbol};
#[cfg(windows)]
pub(crate) use windows::{FORMAT, open, path, symbol};
