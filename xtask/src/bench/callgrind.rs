//! Instructions of a loop iteration: the difference between runs of two lengths, divided by the number of iterations.

use std::collections::VecDeque;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use super::build;
use super::library::{Libraries, Library, Measured};
use crate::cache;
use crate::process;
use crate::progress::Progress;

/// The turns of the two runs: few for a case that iterates over a million items in one.
fn turns(case: &str) -> [u32; 2] {
    if case == "million" { [1, 2] } else { [5000, 25000] }
}

/// Is callgrind here?
pub(super) fn available() -> Result<(), String> {
    if process::exists("valgrind") {
        return Ok(());
    }
    Err("instructions are counted by callgrind, which is not here: `apt-get install valgrind`".to_owned())
}

/// Counts every case of every library, some at a time: nothing of that changes a count.
pub(super) fn measure(libraries: &Libraries, progress: Progress) -> Result<Measured, String> {
    progress.step(&libraries.interpreter, "counting instructions");
    let folder = build::folder().join(&libraries.interpreter).join("callgrind");
    cache::fresh(&folder)?;
    let jobs =
        libraries.all.iter().flat_map(|library| libraries.set.cases.iter().map(move |case| (library, *case)));
    let queue = Mutex::new(jobs.collect::<VecDeque<_>>());
    let done = Mutex::new(Ok(Measured::new()));
    let next = || queue.lock().expect("no worker panics").pop_front();
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some((library, case)) = next() {
                    let turn = turn(libraries, library, case, &folder);
                    let mut done = done.lock().expect("no worker panics");
                    match (turn, &mut *done) {
                        (Ok(turn), Ok(measured)) => {
                            let cases = measured.entry(library.label.to_owned()).or_default();
                            cases.insert(case.to_owned(), turn);
                        }
                        (Err(error), _) => *done = Err(error),
                        (Ok(_), Err(_)) => return,
                    }
                }
            });
        }
    });
    done.into_inner().expect("no worker panics")
}

fn turn(libraries: &Libraries, library: &Library, case: &str, folder: &Path) -> Result<f64, String> {
    let [few, many] = turns(case);
    let difference =
        count(libraries, library, case, many, folder)? - count(libraries, library, case, few, folder)?;
    Ok(difference / f64::from(many - few))
}

fn count(
    libraries: &Libraries,
    library: &Library,
    case: &str,
    turns: u32,
    folder: &Path,
) -> Result<f64, String> {
    let file = folder.join(format!("{}.{case}.{turns}", library.label));
    let mut valgrind = process::command("valgrind");
    valgrind
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(&libraries.python);
    // The same hashes and as little start-up as possible.
    valgrind.env("PYTHONHASHSEED", "0").args(["-S", "-s", "-B"]).arg(build::program());
    process::run(valgrind.args([
        "count",
        libraries.set.name,
        case,
        &turns.to_string(),
        &library.argument(),
    ]))?;
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    total(&text).ok_or_else(|| format!("callgrind left no total in {}", file.display()))
}

/// From the line `totals: 123456`.
pub(super) fn total(text: &str) -> Option<f64> {
    let number = |line: &str| line.strip_prefix("totals: ")?.trim().parse().ok();
    text.lines().rev().find_map(number).filter(|total| *total > 0.0)
}

#[cfg(test)]
mod tests {
    use super::total;

    #[test]
    fn reads_the_total() {
        assert_eq!(total("events: Ir\nsummary: 5\n\nfn=(1)\n1 5\n\ntotals: 12345\n"), Some(12345.0));
        assert_eq!(total("events: Ir\ntotals: 0\n"), None);
        assert_eq!(total("events: Ir\n"), None);
    }
}
