//! Methods of `slice`.

use crate::core::markers::Slice;
use crate::core::{Context, Error, Handle, IntoPython, Result};

/// A slice fitted to a sequence of a known length: `length` items, from `start` by `step`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SliceIndices {
    /// Index of the first item.
    pub start: isize,
    /// Index at which it ends; the item there is not part of it. -1 for "before the first" with a negative step.
    pub stop: isize,
    /// Distance of two items, never 0.
    pub step: isize,
    /// The number of items.
    pub length: usize,
}

impl Slice {
    /// A new `slice`; `None` leaves a bound open.
    ///
    /// # Errors
    ///
    /// `MemoryError`.
    pub fn new<'ctx>(
        ctx: Context<'ctx>,
        start: impl IntoPython<'ctx>,
        stop: impl IntoPython<'ctx>,
        step: impl IntoPython<'ctx>,
    ) -> Result<Handle<'ctx, Slice>> {
        ctx.type_of::<Slice>()?.call((start, stop, step))?.downcast_into()
    }
}

impl Handle<'_, Slice> {
    /// Fits the slice to a sequence of `length` items, as `slice.indices` does (`HPySlice_Unpack`).
    ///
    /// # Errors
    ///
    /// `ValueError` for a step of 0, `TypeError` for bounds that are no integers.
    pub fn indices(&self, length: usize) -> Result<SliceIndices> {
        let ctx = self.ctx();
        let length = isize::try_from(length)?;
        let (mut start, mut stop, mut step) = (0, 0, 0);
        // SAFETY: invariant 2: an open handle on a slice; three places for the results.
        let rc = unsafe {
            hpy_host::calls::HPySlice_Unpack(ctx.raw(), self.as_raw(), &mut start, &mut stop, &mut step)
        };
        if rc < 0 {
            return Err(Error::fetch(ctx));
        }
        let (low, high) = if step < 0 { (-1, length - 1) } else { (0, length) };
        let fit = |bound: isize| {
            let bound = if bound < 0 { bound.saturating_add(length) } else { bound };
            bound.clamp(low, high)
        };
        let (start, stop) = (fit(start), fit(stop));
        let count = match step {
            1.. if start < stop => (stop - start - 1) / step + 1,
            ..=-1 if stop < start => (start - stop - 1) / -step.max(-isize::MAX) + 1,
            _ => 0,
        };
        Ok(SliceIndices { start, stop, step, length: hpy_sys::cast::count(count) })
    }
}
