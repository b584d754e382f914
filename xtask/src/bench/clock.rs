//! Nanoseconds of a loop iteration: all libraries alternate in one process, and the best round of several processes counts.

use super::build;
use super::library::{Libraries, Library, Measured};
use crate::process;
use crate::progress::Progress;

/// Where code lands in memory differs from process to process.
const PROCESSES: usize = 3;

pub(super) fn measure(libraries: &Libraries, progress: Progress) -> Result<Measured, String> {
    progress.step(&libraries.interpreter, "measuring wall clock");
    let mut best = Measured::new();
    for _ in 0..PROCESSES {
        let mut python = process::command(&libraries.python);
        python
            .arg(build::program())
            .args(["clock", libraries.set.name])
            .args(libraries.all.iter().map(Library::argument));
        let output = process::output(&mut python)?;
        let measured: Measured =
            serde_json::from_str(&output).map_err(|error| format!("{error}: {output}"))?;
        for (label, cases) in measured {
            let best = best.entry(label).or_default();
            for (case, time) in cases {
                let best = best.entry(case).or_insert(time);
                *best = best.min(time);
            }
        }
    }
    Ok(best)
}
