//! Differences between operating systems: protecting memory pages, and finding the file that an address belongs to.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub(crate) use unix::{Pages, first_address, library};
#[cfg(windows)]
pub(crate) use windows::{Pages, first_address, library};
