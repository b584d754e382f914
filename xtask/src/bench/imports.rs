//! `cargo xtask bench import`: the cost of importing a module, compared with a C extension.

use std::path::Path;

use super::build;
use super::rows::{self, Row, Unit};
use crate::cache::{self, Cache};
use crate::interpreters::Interpreter;
use crate::platform::Platform;
use crate::progress::Progress;
use crate::table::{Align, Table};
use crate::{paths, process, wheel};

/// What is measured when nothing else is asked for.
pub(super) const INTERPRETERS: &[&str] = &["cp311"];

/// A module is imported once a process; the best of so many is the cost.
const PROCESSES: usize = 40;

/// Milliseconds that our import may take longer than a C extension's.
const GOAL: f64 = 1.0;

/// Measures and prints.
pub(super) fn run(chosen: &[Interpreter], json: Option<&str>, notes: &[String]) -> Result<(), String> {
    let progress = Progress::start();
    let cache = Cache::locate()?;
    let folder = build::folder().join("import");
    cache::fresh(&folder)?;
    let ours = build::ours(&super::CALLS, progress)?;
    let example = paths::workspace().join("examples/word_count");
    let wheel = wheel::build(&cache, &example, Platform::This, "release", &folder.join("wheel"), progress)?;
    let packages = folder.join("packages");
    wheel::unpack(&cache, &wheel, &packages)?;

    let mut table = Table::new([
        ("interpreter", Align::Left),
        ("import", Align::Left),
        ("ms", Align::Right),
        ("more than C", Align::Right),
        ("", Align::Left),
    ]);
    let mut rows = Vec::new();
    for one in chosen {
        let facts = build::facts(&one.path)?;
        progress.step(&one.name, format!("importing, {PROCESSES} times"));
        let library = build::c(&super::CALLS, &facts, &folder)?;
        let library = library.to_string_lossy();
        let ours = ours.to_string_lossy();
        let python = &facts.executable;
        let c = best(python, &["bench_c", &library], &packages)?;
        let what = [
            ("C extension", c),
            ("our library", best(python, &["bench_ours", &ours], &packages)?),
            ("a package from a wheel", best(python, &["word_count"], &packages)?),
        ];
        for (what, time) in what {
            let verdict = if time - c <= GOAL { "" } else { "MISSED" };
            table.row([
                one.name.clone(),
                what.to_owned(),
                format!("{time:.3}"),
                format!("{:.3}", time - c),
                verdict.to_owned(),
            ]);
            rows.push(Row {
                case: what.to_owned(),
                interpreter: one.name.clone(),
                unit: Unit::Seconds,
                c: Some(c / 1e3),
                pyo3: None,
                abi3: None,
                ours: Some(time / 1e3),
            });
        }
    }
    println!();
    table.print();
    println!("\nThe goal: at most {GOAL} ms more than a C extension.");
    for note in notes {
        println!("\n{note}");
    }
    if let Some(path) = json {
        rows::write(path, &rows)?;
    }
    Ok(())
}

/// Milliseconds. The first process writes what later ones read from `__pycache__`.
fn best(python: &Path, args: &[&str], packages: &Path) -> Result<f64, String> {
    let mut best = f64::INFINITY;
    for _ in 0..PROCESSES {
        let mut command = process::command(python);
        command.arg(paths::workspace().join("benches/imports.py")).args(args).env("PYTHONPATH", packages);
        let output = process::output(&mut command)?;
        let seconds: f64 = output.trim().parse().map_err(|_| format!("no number: {output}"))?;
        best = best.min(seconds * 1e3);
    }
    Ok(best)
}
