//! Lossless conversions between integers for which `From` does not exist, each with the reason why it is lossless.
//!
//! The crates of this workspace enable clippy's lints for casts. A conversion that `From` and `TryFrom` can't express uses this
//! module, or an `as` with a comment that gives the reason.

use core::ffi::c_int;

/// The address, or the tag, that is in a handle, a field, a tracker or a thread state: all its bits.
#[cfg_attr(not(debug_assertions), inline(always))]
#[must_use]
#[expect(clippy::cast_sign_loss, reason = "the bits are kept; they are no number")]
pub const fn unsigned(word: isize) -> usize {
    word as usize
}

/// What [`unsigned`] takes: all bits of an address or a tag.
#[cfg_attr(not(debug_assertions), inline(always))]
#[must_use]
#[expect(clippy::cast_possible_wrap, reason = "the bits are kept; they are no number")]
pub const fn signed(word: usize) -> isize {
    word as isize
}

/// A number of items that a host or an interpreter gave. One that says "error" is none.
#[cfg_attr(not(debug_assertions), inline(always))]
#[must_use]
#[expect(clippy::cast_sign_loss, reason = "not negative")]
pub const fn count(items: isize) -> usize {
    if items < 0 { 0 } else { items as usize }
}

/// A length, an index or an offset of something that is in memory, as the C API has it: at most `isize::MAX`, as nothing in
/// memory is larger.
#[cfg_attr(not(debug_assertions), inline(always))]
#[must_use]
#[expect(clippy::cast_possible_wrap, reason = "nothing in memory is larger")]
pub const fn extent(size: usize) -> isize {
    debug_assert!(size <= isize::MAX.unsigned_abs());
    size as isize
}

/// A number of a list that the ABI has, or flags, as a place in a table or a part of a key. A negative one has no place in any
/// table.
#[cfg_attr(not(debug_assertions), inline(always))]
#[must_use]
#[expect(clippy::cast_sign_loss, reason = "negative numbers become larger than any table")]
pub const fn key(number: c_int) -> usize {
    number as usize
}

/// A C `int` out of a word that was made of one.
#[cfg_attr(not(debug_assertions), inline(always))]
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "the word was made of an `int`")]
pub const fn int(word: isize) -> c_int {
    word as c_int
}
