//! `cargo xtask bench size`: build time and size of a large extension, compared with PyO3.

use std::path::Path;

use serde_json::{Value, json};

use super::build;
use crate::interpreters::Interpreter;
use crate::progress::Progress;
use crate::table::{self, Align, Table};
use crate::{paths, process};

/// The interpreter that runs the program which builds. Nothing is measured on it.
pub(super) const INTERPRETERS: &[&str] = &["cp311"];

/// Functions and classes of each row.
const CRATES: &[(u32, u32)] = &[(400, 100), (1000, 0), (0, 200)];

const PROFILES: &[&str] = &["release", "dev"];

/// Times PyO3, at most: CPU seconds and bytes.
const GOAL: f64 = 0.8;

const PYO3: &str = r#"pyo3 = { version = "0.30.1", features = ["abi3-py39", "extension-module"] }"#;

/// What one build cost.
struct Cost {
    seconds: f64,
    memory: f64,
    bytes: f64,
}

/// Measures and prints.
pub(super) fn run(chosen: &[Interpreter], json: Option<&str>, notes: &[String]) -> Result<(), String> {
    let progress = Progress::start();
    let Some(python) = chosen.first() else { return Err("no Python was found".to_owned()) };
    let python = build::facts(&python.path)?.executable;
    let ours = format!("hpy = {{ path = {:?} }}", paths::workspace().join("hpy"));
    let mut table = Table::new([
        ("functions", Align::Right),
        ("classes", Align::Right),
        ("profile", Align::Left),
        ("what", Align::Left),
        ("PyO3", Align::Right),
        ("ours", Align::Right),
        ("ours/PyO3", Align::Right),
        ("", Align::Left),
    ]);
    let mut rows = Vec::new();
    for &(functions, classes) in CRATES {
        for profile in PROFILES {
            let cost = |binding, dependency| {
                let what = format!("{functions} functions, {classes} classes, {profile}");
                progress.step(binding, what);
                measure(&python, binding, dependency, functions, classes, profile)
            };
            let (pyo3, ours) = (cost("pyo3", PYO3)?, cost("hpy", &ours)?);
            let lines = [
                ("CPU s", pyo3.seconds, ours.seconds, 1.0, 1, GOAL),
                ("MB of the file", pyo3.bytes, ours.bytes, 1e6, 2, GOAL),
                ("MB at the peak", pyo3.memory, ours.memory, 1e6, 0, 1.0),
            ];
            for (what, pyo3, ours, unit, digits, goal) in lines {
                let ratio = ours / pyo3;
                table.row([
                    functions.to_string(),
                    classes.to_string(),
                    (*profile).to_owned(),
                    what.to_owned(),
                    format!("{:.digits$}", pyo3 / unit),
                    format!("{:.digits$}", ours / unit),
                    format!("{ratio:.2}"),
                    if ratio <= goal { "met" } else { "MISSED" }.to_owned(),
                ]);
                rows.push(json!({
                    "functions": functions, "classes": classes, "profile": profile, "what": what,
                    "pyo3": pyo3, "ours": ours, "goal": goal, "met": ratio <= goal,
                }));
            }
        }
    }
    println!();
    table.print();
    println!("\nThe goals: at most {GOAL} times PyO3's CPU seconds and bytes, and less memory at the peak.");
    for note in notes {
        println!("\n{note}");
    }
    if let Some(path) = json {
        table::write_json(path, &Value::Array(rows))?;
    }
    Ok(())
}

fn measure(
    python: &Path,
    binding: &str,
    dependency: &str,
    functions: u32,
    classes: u32,
    profile: &str,
) -> Result<Cost, String> {
    let folder = build::folder().join("size").join(binding);
    let mut command = process::command(python);
    command.arg(paths::workspace().join("benches/size.py")).args([binding, dependency]).arg(folder);
    command.args([functions.to_string(), classes.to_string()]).arg(profile);
    let output = process::output(&mut command)?;
    let value: Value = serde_json::from_str(&output).map_err(|error| format!("{error}: {output}"))?;
    let number = |name: &str| value[name].as_f64().ok_or_else(|| format!("no {name} in {output}"));
    Ok(Cost { seconds: number("seconds")?, memory: number("memory")?, bytes: number("bytes")? })
}
