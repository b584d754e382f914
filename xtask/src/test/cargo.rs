//! Cargo's part of the tests: runs the Rust tests, and builds the extension.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::Value;

use super::pytest::Outcome;
use super::report::Counts;
use crate::paths;
use crate::platform::Platform;
use crate::progress::Progress;

fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(paths::workspace()).stdin(Stdio::null());
    command
}

/// Runs every test that is written in Rust: units, doctests, goldens, programs that must not compile.
pub(super) fn test(progress: Progress) -> Result<Outcome, String> {
    let start = Instant::now();
    progress.step("rust", "cargo test --workspace");
    let mut outcome = Outcome::default();
    let good = lines(cargo().args(["test", "--workspace", "--no-fail-fast"]), |line| {
        println!("{line}");
        if let Some(counts) = summary(line) {
            outcome.counts += counts;
        } else if let Some(test) = failed(line) {
            outcome.problems.push(test.to_owned());
        }
    })?;
    if !good && outcome.problems.is_empty() {
        outcome.counts.failed += 1;
        outcome.problems.push("cargo test failed, see above".to_owned());
    }
    if outcome.counts.passed == 0 && outcome.problems.is_empty() {
        outcome.problems.push("no test passed".to_owned());
    }
    outcome.seconds = start.elapsed().as_secs_f64();
    Ok(outcome)
}

/// Builds a package's library for Python; returns its file.
pub(crate) fn build_library(
    package: &str,
    platform: Platform,
    progress: Progress,
) -> Result<PathBuf, String> {
    progress.step(
        package,
        format!("cargo build{}", platform.target().map_or(String::new(), |name| format!(" for {name}"))),
    );
    let mut library = None;
    let mut build = cargo();
    build.args(["build", "--package", package, "--lib", "--message-format=json-render-diagnostics"]);
    platform.build_with(&mut build);
    let good = lines(&mut build, |line| {
        let Ok(message) = serde_json::from_str::<Value>(line) else { return };
        let kinds = message["target"]["crate_types"].as_array().into_iter().flatten();
        if message["reason"] == "compiler-artifact" && kinds.into_iter().any(|kind| kind == "cdylib") {
            let files = message["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str);
            library = files
                .map(PathBuf::from)
                .find(|file| file.extension().is_some_and(|end| end == platform.built()));
        }
    })?;
    if !good {
        return Err(format!("cargo build of {package} failed"));
    }
    library.ok_or_else(|| format!("{package} has no library of type cdylib"))
}

/// Runs the command and hands out its standard output; true if it ended well.
fn lines(command: &mut Command, mut each: impl FnMut(&str)) -> Result<bool, String> {
    let failed = |error: std::io::Error| format!("can't run cargo: {error}");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(failed)?;
    let output = child.stdout.take().expect("it is piped");
    for line in BufReader::new(output).split(b'\n') {
        each(&String::from_utf8_lossy(&line.map_err(failed)?));
    }
    Ok(child.wait().map_err(failed)?.success())
}

/// From `test result: ok. 12 passed; 0 failed; 1 ignored; …`.
fn summary(line: &str) -> Option<Counts> {
    let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number = |what: &str| {
        let part = numbers.split("; ").find(|part| part.ends_with(what))?;
        part.split(' ').next()?.parse().ok()
    };
    Some(Counts {
        passed: number(" passed")?,
        failed: number(" failed")?,
        skipped: number(" ignored")?,
        ..Counts::default()
    })
}

/// The name in `test NAME ... FAILED`.
fn failed(line: &str) -> Option<&str> {
    line.strip_prefix("test ")?.strip_suffix(" ... FAILED")
}

#[cfg(test)]
mod tests {
    use super::{Counts, failed, summary};

    #[test]
    fn reads_the_harness() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 4 filtered out; finished in 0.01s";
        assert_eq!(summary(line), Some(Counts { passed: 12, failed: 3, skipped: 1, ..Counts::default() }));
        assert_eq!(summary("test a ... ok"), None);
        assert_eq!(failed("test a::b ... FAILED"), Some("a::b"));
        assert_eq!(failed("test a::b ... ok"), None);
    }
}
