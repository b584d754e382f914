//! Flags of types, by HPy's numbers.

use core::ffi::c_ulong;

/// `HPy_TPFLAGS_DEFAULT`, `…BASETYPE` and `…HAVE_GC`.
pub(crate) const TPFLAGS_DEFAULT: c_ulong = 0x40200;
pub(crate) const TPFLAGS_BASETYPE: c_ulong = 0x400;
pub(crate) const TPFLAGS_HAVE_GC: c_ulong = 0x4000;
