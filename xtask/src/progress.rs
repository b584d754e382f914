//! Progress messages on standard error.

use std::fmt::Display;
use std::time::Instant;

/// Prints a line per step, each with the time since the command began.
#[derive(Clone, Copy)]
pub(crate) struct Progress(Instant);

impl Progress {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn step(self, subject: &str, what: impl Display) {
        eprintln!("[{:6.1} s] {subject:<18} {what}", self.0.elapsed().as_secs_f64());
    }
}
