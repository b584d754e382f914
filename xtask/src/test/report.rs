//! Reads the events that `assets/hpy_report.py` wrote while pytest ran.

use std::fmt;
use std::fs;
use std::ops::AddAssign;
use std::path::Path;

use serde_json::Value;

/// Numbers of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
    /// Those that failed as they are known to.
    pub(crate) known: u64,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { passed, failed, skipped, known } = self;
        write!(f, "{passed} passed, {failed} failed, {skipped} skipped")?;
        if *known == 0 { Ok(()) } else { write!(f, ", {known} failed as known") }
    }
}

/// How a test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Passed,
    Failed,
    Skipped,
    /// It failed, as it is known to.
    Known,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.known += other.known;
    }
}

/// A report, whole or as far as it has come.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) counts: Counts,
    /// The tests that failed, and what each said.
    pub(crate) failures: Vec<String>,
    /// Each test that came to an end, and how.
    pub(crate) results: Vec<(String, Ending)>,
    /// The test that was begun last.
    pub(crate) last: String,
    /// pytest's exit status, if it came to its end since the report was begun or a run was resumed.
    pub(crate) status: Option<u64>,
}

impl Report {
    pub(crate) fn read(path: &Path) -> Self {
        Self::parse(&fs::read_to_string(path).unwrap_or_default())
    }

    fn parse(text: &str) -> Self {
        let mut report = Self::default();
        // A crash may leave half a line.
        for event in text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            let test = event["test"].as_str().unwrap_or_default();
            let ending = match event["event"].as_str().unwrap_or_default() {
                "start" => {
                    test.clone_into(&mut report.last);
                    report.status = None;
                    continue;
                }
                "passed" => Ending::Passed,
                "skipped" => Ending::Skipped,
                "failed" => Ending::Failed,
                "known" => Ending::Known,
                _ => {
                    report.status = event["status"].as_u64();
                    continue;
                }
            };
            report.add(test, ending, event["why"].as_str().unwrap_or_default());
        }
        report
    }
}

impl Report {
    fn add(&mut self, test: &str, ending: Ending, why: &str) {
        match ending {
            Ending::Passed => self.counts.passed += 1,
            Ending::Skipped => self.counts.skipped += 1,
            Ending::Known => self.counts.known += 1,
            Ending::Failed => {
                self.counts.failed += 1;
                let failure = if why.is_empty() { test.to_owned() } else { format!("{test}: {why}") };
                self.failures.push(failure);
            }
        }
        self.results.push((test.to_owned(), ending));
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, Report};

    #[test]
    fn counts_what_has_ended() {
        let text = concat!(
            r#"{"event": "start", "test": "a"}"#,
            "\n",
            r#"{"event": "passed", "test": "a"}"#,
            "\n",
            r#"{"event": "start", "test": "b"}"#,
            "\n",
            r#"{"event": "failed", "test": "b", "why": "no"}"#,
            "\n",
            r#"{"event": "start", "test": "c"}"#,
            "\n",
            r#"{"event": "pas"#,
        );
        let report = Report::parse(text);
        assert_eq!(report.counts, Counts { passed: 1, failed: 1, ..Counts::default() });
        assert_eq!(
            (report.failures, report.last.as_str(), report.status),
            (vec!["b: no".to_owned()], "c", None)
        );
    }

    #[test]
    fn knows_a_whole_run() {
        let text = "{\"event\": \"skipped\", \"test\": \"a\"}\n{\"event\": \"end\", \"test\": \"\", \"status\": 5}\n";
        let report = Report::parse(text);
        assert_eq!((report.counts.skipped, report.status), (1, Some(5)));
    }
}
