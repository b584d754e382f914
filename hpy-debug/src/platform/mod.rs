//! What the operating systems do differently: pages of memory that can be protected, and which file an address belongs to.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub(crate) use unix::{Pages, first_address, library};
#[cfg(windows)]
pub(crate) use windows::{Pages, first_address, library};
