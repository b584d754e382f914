//! Differences between operating systems: paths passed by Python, and loading a library.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub(crate) use unix::{FORMAT, open, path, symbol};
#[cfg(windows)]
pub(crate) use windows::{FORMAT, open, path, symbol};
