//! What `assets/hpy_report.py` has written while pytest ran.

use std::fs;
use std::ops::AddAssign;
use std::path::Path;

use serde_json::Value;

/// Numbers of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: u64,
    pub(super) failed: u64,
    pub(super) skipped: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// A report, whole or as far as it has come.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) counts: Counts,
    /// Names of the tests that failed.
    pub(super) failures: Vec<String>,
    /// The test that was begun last.
    pub(super) last: String,
    /// pytest's exit status, if it came to its end since the report was begun or a run was resumed.
    pub(super) status: Option<u64>,
}

impl Report {
    pub(super) fn read(path: &Path) -> Self {
        Self::parse(&fs::read_to_string(path).unwrap_or_default())
    }

    fn parse(text: &str) -> Self {
        let mut report = Self::default();
        // A crash may leave half a line.
        for event in text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            let test = event["test"].as_str().unwrap_or_default();
            match event["event"].as_str().unwrap_or_default() {
                "start" => {
                    test.clone_into(&mut report.last);
                    report.status = None;
                }
                "passed" => report.counts.passed += 1,
                "skipped" => report.counts.skipped += 1,
                "failed" => {
                    report.counts.failed += 1;
                    report.failures.push(test.to_owned());
                }
                _ => report.status = event["status"].as_u64(),
            }
        }
        report
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
            r#"{"event": "failed", "test": "b"}"#,
            "\n",
            r#"{"event": "start", "test": "c"}"#,
            "\n",
            r#"{"event": "pas"#,
        );
        let report = Report::parse(text);
        assert_eq!(report.counts, Counts { passed: 1, failed: 1, skipped: 0 });
        assert_eq!((report.failures, report.last.as_str(), report.status), (vec!["b".to_owned()], "c", None));
    }

    #[test]
    fn knows_a_whole_run() {
        let text = "{\"event\": \"skipped\", \"test\": \"a\"}\n{\"event\": \"end\", \"test\": \"\", \"status\": 5}\n";
        let report = Report::parse(text);
        assert_eq!((report.counts.skipped, report.status), (1, Some(5)));
    }
}
