//! The table: an interpreter a line, with the modes beside each other.

use std::fs;

use serde_json::{Value, json};

use crate::table::{self, Align, Table};
use crate::test::pytest::Outcome;
use crate::test::report::{Counts, Ending};
use crate::test::rows::Row;

/// Lines of a log that are shown.
const SHOWN_LINES: usize = 60;

const COLUMNS: [(&str, Align); 9] = [
    ("interpreter", Align::Left),
    ("universal", Align::Right),
    ("debug", Align::Right),
    ("trace", Align::Right),
    ("others", Align::Right),
    ("examples", Align::Right),
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
            passed(outcome, "universal"),
            passed(outcome, "debug"),
            passed(outcome, "trace"),
            passed(outcome, "others"),
            passed(outcome, "examples"),
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

/// The column of a test: in the suite its mode, by its folder or its parameters (`…::test_f[debug]`, `…::test_f[debug-0]`).
fn column(test: &str) -> &str {
    let Some(of_suite) = test.strip_prefix("test/") else { return "examples" };
    if let Some((folder @ ("debug" | "trace"), _)) = of_suite.split_once('/') {
        return folder;
    }
    let parameters = of_suite.rsplit_once('[').map_or("", |(_, parameters)| parameters.trim_end_matches(']'));
    let modes = ["universal", "debug", "trace"];
    modes.into_iter().find(|mode| parameters.split('-').any(|part| part == *mode)).unwrap_or("others")
}

fn passed(outcome: &Outcome, of: &str) -> String {
    let counted = |ending: &Ending| matches!(ending, Ending::Passed | Ending::Failed | Ending::Known);
    let own = outcome.results.iter().filter(|(test, ending)| column(test) == of && counted(ending));
    let (all, passed) = own
        .fold((0, 0), |(all, passed), (_, ending)| (all + 1, passed + u64::from(*ending == Ending::Passed)));
    if all == passed { passed.to_string() } else { format!("{passed}/{all}") }
}

fn description((row, outcome): &(Row, Outcome)) -> Value {
    let Counts { passed: all_passed, failed, skipped, known } = outcome.counts;
    json!({
        "interpreter": row.interpreter.name,
        "universal": passed(outcome, "universal"),
        "debug": passed(outcome, "debug"),
        "trace": passed(outcome, "trace"),
        "examples": passed(outcome, "examples"),
        "passed": all_passed,
        "failed": failed,
        "skipped": skipped,
        "known": known,
        "seconds": (outcome.seconds * 10.0).round() / 10.0,
    })
}

#[cfg(test)]
mod tests {
    use super::column;

    #[test]
    fn columns() {
        assert_eq!(column("test/a.py::T::f[universal]"), "universal");
        assert_eq!(column("test/a.py::T::f[debug-1]"), "debug");
        assert_eq!(column("test/a.py::T::f[0-trace]"), "trace");
        assert_eq!(column("test/trace/a.py::f"), "trace");
        assert_eq!(column("test/a.py::f"), "others");
        assert_eq!(column("docs/a.py::f[debug]"), "examples");
    }
}
