//! Methods of `slice`.

use crate::core::markers::Slice;
use crate::core::{Context, Error, Handle, IntoPython, Result};

/// A slice resolved for a sequence of a known length: `length` items, starting at `start`, with distance `step`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SliceIndices {
    /// Index of the first item.
    pub start: isize,
    /// Exclusive end index; -1 stands for "before the first item" with a negative step.
    pub stop: isize,
    /// Distance between two items, never 0.
    pub step: isize,
    /// The number of items.
    pub length: usize,
}

impl Slice {
    /// Creates a `slice`. `None` leaves a bound open.
    ///
    /// # Errors
    ///
    /// Returns a `MemoryError` if the allocation fails.
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
    /// Resolves the slice for a sequence of `length` items, like `slice.indices` (`HPySlice_Unpack`).
    ///
    /// # Errors
    ///
    /// Returns a `ValueError` for a step of 0, or a `TypeError` for bounds that are not integers.
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
