//! `cargo xtask test`: the Rust tests, and under pytest on every interpreter one build of `tests/ext`
//! and one wheel of each example.

pub(crate) mod cargo;
pub(crate) mod pytest;
pub(crate) mod report;
pub(crate) mod rows;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::args::Args;
use crate::cache::{self, Cache};
use crate::platform::Platform;
use crate::progress::Progress;
use crate::table::{self, Align, Table};
use crate::{paths, wheel};
use pytest::{Outcome, Session};
use report::Counts;
use rows::Lost;

/// Lines of a failed row's log that are shown.
const SHOWN_LINES: usize = 60;

/// A line of the closing table.
struct Line {
    interpreter: String,
    host: &'static str,
    outcome: Outcome,
}

/// Runs the command.
///
/// `--python NAME|PATH` (repeatable) narrows the interpreters, `--require NAME` (repeatable) fails when one is missing: `all`
/// stands for those of this machine, `platforms` for those of other platforms, which it also runs; `-k EXPR` goes to pytest and leaves the Rust tests out, `--json FILE` keeps the table.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let mut args = Args::new(args);
    let wanted = args.values("--python")?;
    let required = args.values("--require")?;
    let expression = args.value("-k")?;
    let json = args.value("--json")?;
    args.finish()?;

    let progress = Progress::start();
    let root = paths::workspace();
    let mut tests = vec![root.join("tests/py")];
    if !tests[0].is_dir() {
        return Err(format!("no tests in {}", tests[0].display()));
    }
    let cache = Cache::locate()?;
    let (rows, mut lost) = rows::select(&cache, &wanted, &required)?;
    lost.extend(rows::missing(&rows, &required)?);

    let output = root.join("target/pytest");
    cache::fresh(&output)?;
    for platform in Platform::ALL {
        if rows.iter().any(|row| row.interpreter.platform == platform) {
            build(&cache, platform, &output.join(platform.name()), progress)?;
        }
    }
    let packages = std::iter::once(root.join("hpy-host-py")).chain(wheel::examples());
    tests.extend(packages.map(|package| package.join("tests")).filter(|own| own.is_dir()));

    let mut lines = Vec::new();
    if expression.is_none() {
        lines.push(Line { interpreter: "rust".to_owned(), host: "-", outcome: cargo::test(progress)? });
    }
    let session = Session {
        cache: &cache,
        tests: &tests,
        root: &root,
        packages: &|row| vec![output.join(row.interpreter.platform.name()).join("packages")],
        plugins: &[],
        variables: &|row| {
            let platform = row.interpreter.platform;
            let variable = |(name, package)| {
                (name, platform.path(&library(&output.join(platform.name()), platform, package)))
            };
            LIBRARIES.into_iter().map(variable).collect()
        },
        output: &output,
        expression: expression.as_deref(),
        shown: rows.len() == 1,
        progress,
    };
    lines.extend(session.run_all(rows).into_iter().map(|(row, outcome)| Line {
        interpreter: row.interpreter.name.clone(),
        host: row.host.name(),
        outcome,
    }));
    lines.extend(lost.into_iter().map(|Lost { interpreter, host, reason }| {
        let outcome = Outcome::failed(reason);
        Line { interpreter, host, outcome }
    }));
    if let Some(path) = json {
        let lines = lines.iter().filter(|line| line.interpreter != "rust");
        table::write_json(&path, &Value::Array(lines.map(description).collect()))?;
    }
    close(&lines)
}

/// The packages with libraries of modules for tests, and the variables that tell where they are.
const LIBRARIES: [(&str, &str); 3] = [
    ("HPY_TEST_LIB", "hpy-tests-ext"),
    ("HPY_TEST_FOREIGN", "hpy-tests-foreign"),
    ("HPY_TEST_MISUSE", "hpy-tests-misuse"),
];

/// The file of such a library: with `.hpy0` in its name, as hosts of HPy want it.
fn library(folder: &Path, platform: Platform, package: &str) -> PathBuf {
    folder.join(format!("{}.hpy0.{}", package.replace('-', "_"), platform.extension()))
}

/// Builds for a platform what its interpreters load: the libraries, and the packages.
fn build(cache: &Cache, platform: Platform, output: &Path, progress: Progress) -> Result<(), String> {
    cache::fresh(output)?;
    for (_, package) in LIBRARIES {
        let built = cargo::build_library(package, platform, progress)?;
        let to = library(output, platform, package);
        fs::copy(&built, to).map_err(|error| format!("can't copy {}: {error}", built.display()))?;
    }
    for package in std::iter::once(paths::workspace().join("hpy-host-py")).chain(wheel::examples()) {
        let built = wheel::build(cache, &package, platform, "dev", &output.join("wheels"), progress)?;
        wheel::unpack(cache, &built, &output.join("packages"))?;
    }
    Ok(())
}

fn description(line: &Line) -> Value {
    let Counts { passed, failed, skipped, .. } = line.outcome.counts;
    json!({
        "interpreter": line.interpreter,
        "host": line.host,
        "passed": passed,
        "failed": failed,
        "skipped": skipped,
        "seconds": (line.outcome.seconds * 10.0).round() / 10.0,
    })
}

/// Prints what failed, the table and, last, the totals.
fn close(lines: &[Line]) -> Result<(), String> {
    for line in lines.iter().filter(|line| !line.outcome.problems.is_empty()) {
        println!("\n{}/{}:", line.interpreter, line.host);
        if let Some(log) = &line.outcome.log {
            let text = fs::read_to_string(log).unwrap_or_default();
            let all: Vec<&str> = text.lines().collect();
            println!("{}", all[all.len().saturating_sub(SHOWN_LINES)..].join("\n"));
            println!("(the whole of it: {})", log.display());
        }
        for problem in &line.outcome.problems {
            println!("FAILED {problem}");
        }
    }
    let mut table = Table::new([
        ("interpreter", Align::Left),
        ("host", Align::Left),
        ("passed", Align::Right),
        ("failed", Align::Right),
        ("skipped", Align::Right),
        ("seconds", Align::Right),
    ]);
    let mut total = Counts::default();
    for line in lines {
        let Counts { passed, failed, skipped, .. } = line.outcome.counts;
        total += line.outcome.counts;
        table.row([
            line.interpreter.clone(),
            line.host.to_owned(),
            passed.to_string(),
            failed.to_string(),
            skipped.to_string(),
            format!("{:.1}", line.outcome.seconds),
        ]);
    }
    println!();
    table.print();
    println!("\n{total}");
    let good = lines.iter().all(|line| line.outcome.problems.is_empty());
    if good { Ok(()) } else { Err(String::new()) }
}
