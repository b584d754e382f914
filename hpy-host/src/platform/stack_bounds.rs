//! [`Bounds`]: the bounds of a thread's stack.

/// Granularity of a stack's bounds: stacks begin and end at page boundaries, so that no page belongs to two of them.
pub(crate) const PAGE_BITS: u32 = 12;

/// A stack. It grows down, from `top` to `bottom`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// The highest address, exclusive.
    pub(crate) top: usize,
    /// The lowest address that can be used.
    pub(crate) bottom: usize,
}

/// The most that is kept free of a stack.
const MARGIN: usize = 1 << 20;

impl Bounds {
    /// Of a thread whose stack can't be measured: no address is in it.
    pub(crate) const UNKNOWN: Bounds = Bounds { top: 0, bottom: 0 };

    /// The lowest address at which code of other people may still be run. A quarter is kept for what runs until the next
    /// look: a level of Python and Rust code, the C library, the report of a panic.
    pub(crate) fn limit(self) -> usize {
        self.bottom + ((self.top - self.bottom) / 4).min(MARGIN)
    }
}
