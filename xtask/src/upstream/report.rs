//! The table: an interpreter a line, with the modes beside each other.

use std::fs;

use serde_json::{Value, json};

use crate::table::{self, Align, Table};
use crate::test::pytest::Outcome;
use crate::test::report::{Counts, Ending};
use crate::test::rows::Row;

/// Lines of a log that are shown.
const SHOWN_LINES: usize = 60;

const COLUMNS: [(&str, Align); 8] = [
    ("interpreter", Align::Left),
    ("universal", Align::Right),
    ("debug", Align::Right),
    ("trace", Align::Right),
    ("others", Align::Right),
    ("failed", Align::Right),
    ("known", Align::Right),
    ("seconds", Align::Right),
];

/// Prints what failed and the table: passed tests by mode, `12/13` if not all did.
pub(super) fn close(lines: &[(Row, Outcome)], json: Option<&str>) -> Result<(), String> {
    for (row, outcome) in lines.iter().filter(|(_, outcome)| !outcome.problems.is_empty()) {
        println!("\n{}:", row.interpreter.name);
        if let Some(log) = &outcome.log {
            let text = fs::read_to_string(log).unwrap_or_default();
            let all: Vec<&str> = text.lines().collect();
            println!("{}", all[all.len().saturating_sub(SHOWN_LINES)..].join("\n"));
            println!("(the whole of it: {})", log.display());
        }
        for problem in &outcome.problems {
            println!("FAILED {problem}");
        }
    }
    let mut table = Table::new(COLUMNS);
    let mut total = Counts::default();
    for (row, outcome) in lines {
        total += outcome.counts;
        table.row([
            row.interpreter.name.clone(),
            passed(outcome, Some("universal")),
            passed(outcome, Some("debug")),
            passed(outcome, Some("trace")),
            passed(outcome, None),
            outcome.counts.failed.to_string(),
            outcome.counts.known.to_string(),
            format!("{:.1}", outcome.seconds),
        ]);
    }
    println!();
    table.print();
    println!("\n{total}");
    if let Some(path) = json {
        table::write_json(path, &Value::Array(lines.iter().map(description).collect()))?;
    }
    let good = lines.iter().all(|(_, outcome)| outcome.problems.is_empty());
    if good { Ok(()) } else { Err(String::new()) }
}

/// The mode that a test is about, by its folder or its parameters: `…::test_f[debug]`, `…::test_f[debug-0]`.
fn mode(test: &str) -> Option<&str> {
    if let Some((folder, _)) = test.strip_prefix("test/")?.split_once('/') {
        return Some(folder).filter(|folder| ["debug", "trace"].contains(folder));
    }
    let parameters = test.rsplit_once('[')?.1.trim_end_matches(']');
    ["universal", "debug", "trace"].into_iter().find(|mode| parameters.split('-').any(|part| part == *mode))
}

fn passed(outcome: &Outcome, of: Option<&str>) -> String {
    let counted = |ending: &Ending| matches!(ending, Ending::Passed | Ending::Failed | Ending::Known);
    let own = outcome.results.iter().filter(|(test, ending)| mode(test) == of && counted(ending));
    let (all, passed) = own
        .fold((0, 0), |(all, passed), (_, ending)| (all + 1, passed + u64::from(*ending == Ending::Passed)));
    if all == passed { passed.to_string() } else { format!("{passed}/{all}") }
}

fn description((row, outcome): &(Row, Outcome)) -> Value {
    let Counts { passed, failed, skipped, known } = outcome.counts;
    json!({
        "interpreter": row.interpreter.name,
        "passed": passed,
        "failed": failed,
        "skipped": skipped,
        "known": known,
        "seconds": (outcome.seconds * 10.0).round() / 10.0,
    })
}

#[cfg(test)]
mod tests {
    use super::mode;

    #[test]
    fn modes() {
        assert_eq!(mode("test/a.py::T::f[universal]"), Some("universal"));
        assert_eq!(mode("test/a.py::T::f[debug-1]"), Some("debug"));
        assert_eq!(mode("test/a.py::T::f[0-trace]"), Some("trace"));
        assert_eq!(mode("test/trace/a.py::f"), Some("trace"));
        assert_eq!(mode("test/a.py::f"), None);
        assert_eq!(mode("tests/upstream/a.py::f[debug]"), None);
    }
}
