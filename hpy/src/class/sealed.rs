//! Keeps traits from being implemented outside of this crate, where its unsafe code relies on what they say.

/// Can't be named, and so not implemented, elsewhere.
pub trait Sealed {}
