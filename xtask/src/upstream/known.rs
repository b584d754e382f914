//! `tests/upstream/known.toml`: tests that can't pass on an interpreter, with the reasons.
//!
//! ```toml
//! [[case]]
//! tests = ["test/test_slots.py::TestSlots::test_tp_hash*"]   # `*` stands for any text
//! on = ["pypy"]                       # how the names of interpreters begin
//! reason = "…"
//! reproduction = "…"                  # the shortest code that shows it
//! crash = true                        # the test is not run, since it ends the interpreter
//! ```

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::test::report::Ending;

/// The list.
pub(super) struct Known(Vec<Case>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Case {
    tests: Vec<String>,
    on: Vec<String>,
    reason: String,
    crash: bool,
}

impl Known {
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let failed = |error: String| format!("{}: {error}", path.display());
        let text = fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
        Self::parse(&text).map_err(failed)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
        let cases = table.get("case").and_then(toml::Value::as_array).map_or(&[][..], Vec::as_slice);
        cases.iter().map(case).collect::<Result<_, _>>().map(Self)
    }

    /// The part that is about one interpreter.
    pub(super) fn of(&self, interpreter: &str) -> Known {
        let about = |case: &&Case| case.on.iter().any(|start| interpreter.starts_with(start.as_str()));
        Self(self.0.iter().filter(about).cloned().collect())
    }

    /// For `hpy_upstream.py`.
    pub(super) fn json(&self) -> String {
        let tests = self.0.iter().flat_map(|case| {
            let of = move |test| json!({"test": test, "reason": case.reason, "crash": case.crash});
            case.tests.iter().map(of)
        });
        serde_json::Value::Array(tests.collect()).to_string()
    }

    /// Patterns that are about no test.
    pub(super) fn unmatched(&self, results: &[(String, Ending)]) -> Vec<String> {
        let patterns = self.0.iter().flat_map(|case| &case.tests);
        let unmatched = patterns.filter(|pattern| !results.iter().any(|(test, _)| matches(pattern, test)));
        unmatched.map(|pattern| format!("known.toml: no test is {pattern}")).collect()
    }
}

fn case(value: &toml::Value) -> Result<Case, String> {
    let text = |name: &str| {
        let text = value.get(name).and_then(toml::Value::as_str).filter(|text| !text.is_empty());
        text.map(str::to_owned).ok_or_else(|| format!("a case has no {name}: {value}"))
    };
    let list = |name: &str| -> Result<Vec<String>, String> {
        let list = value.get(name).and_then(toml::Value::as_array).filter(|list| !list.is_empty());
        let list = list.ok_or_else(|| format!("a case has no list {name}: {value}"))?;
        list.iter().map(|one| one.as_str().map(str::to_owned).ok_or(format!("{name}: {one}"))).collect()
    };
    text("reproduction")?;
    let crash = value.get("crash").and_then(toml::Value::as_bool).unwrap_or(false);
    Ok(Case { tests: list("tests")?, on: list("on")?, reason: text("reason")?, crash })
}

/// `*` in a pattern stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|left| {
            (0..=left.len()).any(|n| left.is_char_boundary(n) && matches(rest, &left[n..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Ending, Known, matches};

    #[test]
    fn patterns() {
        assert!(matches("a::b[debug]", "a::b[debug]") && matches("a::b*", "a::b[debug]"));
        assert!(matches("*[debug]", "a::b[debug]") && matches("a*b*c", "aXbYc"));
        assert!(!matches("a::b", "a::b[debug]") && !matches("*[debug]", "a::b[trace]"));
    }

    #[test]
    fn cases() {
        let case = "tests = ['a*']\non = ['pypy']\nreason = 'r'\nreproduction = 'c'\n";
        let known = Known::parse(&format!("[[case]]\n{case}")).unwrap();
        assert_eq!(known.of("pypy8").json(), r#"[{"crash":false,"reason":"r","test":"a*"}]"#);
        assert_eq!(known.of("cp311").json(), "[]");
        assert_eq!(known.unmatched(&[("b".to_owned(), Ending::Passed)]), ["known.toml: no test is a*"]);
        assert!(Known::parse("[[case]]\ntests = ['a']\non = ['cp38']\nreason = 'r'").is_err());
    }
}
