//! Systems whose stacks are not measured: there the check for overflow never says "low".

use super::stack_bounds::Bounds;

/// The stack of the running thread.
pub(crate) fn stack(_: usize) -> Bounds {
    Bounds::UNKNOWN
}
