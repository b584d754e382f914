//! `cargo xtask overview`: one table of what other commands wrote with `--json`, in Markdown, for `docs/upstream.md`.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::args::Args;
use crate::bench::geometric_mean;
use crate::interpreters::KNOWN;
use crate::table;

/// Prints the table.
///
/// `--upstream FILE`, `--tests FILE`, `--micro FILE`, each repeatable: of two lines about the same the last is taken.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let mut args = Args::new(args);
    let upstream = lines(&args.values("--upstream")?)?;
    let tests = lines(&args.values("--tests")?)?;
    let micro = lines(&args.values("--micro")?)?;
    let json = args.value("--json")?;
    args.finish()?;
    let rows = rows(&upstream, &tests, &micro);
    print!("{}", markdown(&rows));
    match json {
        Some(path) => table::write_json(&path, &rows.iter().map(description).collect()),
        None => Ok(()),
    }
}

/// The objects of all files: a list each, or the `rows` of a benchmark.
fn lines(paths: &[String]) -> Result<Vec<Value>, String> {
    let mut all = Vec::new();
    for path in paths {
        let failed = |error: &dyn std::fmt::Display| format!("can't read {path}: {error}");
        let text = fs::read_to_string(path).map_err(|error| failed(&error))?;
        let mut value: Value = serde_json::from_str(&text).map_err(|error| failed(&error))?;
        if value.is_object() {
            value = value["rows"].take();
        }
        match value {
            Value::Array(list) => all.extend(list),
            _ => return Err(failed(&"it is not what a command wrote with --json")),
        }
    }
    Ok(all)
}

const COLUMNS: [&str; 9] = [
    "interpreter",
    "universal",
    "debug",
    "trace",
    "examples",
    "failed",
    "known",
    "our own tests",
    "microbench",
];

fn rows(upstream: &[Value], tests: &[Value], micro: &[Value]) -> Vec<[String; 9]> {
    let names = KNOWN.iter().map(|known| known.name).filter(|name| !name.ends_with("-hpy"));
    let row = |name: &str| {
        let line = of(upstream, name).next_back();
        let suite = |column: &str| line.map_or("–".to_owned(), |line| plain(&line[column]));
        [
            name.to_owned(),
            suite("universal"),
            suite("debug"),
            suite("trace"),
            suite("examples"),
            suite("failed"),
            suite("known"),
            own(tests, name),
            ratios(micro, name),
        ]
    };
    names.map(row).collect()
}

fn markdown(rows: &[[String; 9]]) -> String {
    let mut text = format!("| {} |\n|{}\n", COLUMNS.join(" | "), "---|".repeat(COLUMNS.len()));
    for row in rows {
        text += &format!("| {} |\n", row.join(" | "));
    }
    text
}

fn description(row: &[String; 9]) -> Value {
    COLUMNS.iter().zip(row).map(|(column, cell)| ((*column).to_owned(), Value::from(cell.as_str()))).collect()
}

fn of<'a>(lines: &'a [Value], name: &str) -> impl DoubleEndedIterator<Item = &'a Value> {
    lines.iter().filter(move |line| line["interpreter"] == name)
}

/// A text or a number.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The tests of this project that passed, for each host.
fn own(tests: &[Value], name: &str) -> String {
    let hosts = ["embedded", "native"].into_iter().filter_map(|host| {
        let line = of(tests, name).rfind(|line| line["host"] == host)?;
        let failed = if line["failed"] == 0 { String::new() } else { format!(", {} failed", line["failed"]) };
        Some(format!("{host} {}{failed}", line["passed"]))
    });
    let hosts: Vec<String> = hosts.collect();
    if hosts.is_empty() { "–".to_owned() } else { hosts.join("; ") }
}

/// The geometric mean and the worst of HPy's microbenchmarks, in instructions where they were counted.
fn ratios(micro: &[Value], name: &str) -> String {
    let of_unit = |unit: &str| -> Vec<f64> {
        let rows = of(micro, name).filter(|row| row["unit"] == unit);
        let ratio = |row: &Value| Some((plain(&row["case"]), row["ours"].as_f64()? / row["c"].as_f64()?));
        rows.filter_map(ratio).collect::<BTreeMap<_, _>>().into_values().collect()
    };
    let instructions = of_unit("instructions");
    let (ratios, unit) =
        if instructions.is_empty() { (of_unit("ns"), "wall clock") } else { (instructions, "instructions") };
    if ratios.is_empty() {
        return "–".to_owned();
    }
    let mean = geometric_mean(&ratios);
    let worst = ratios.iter().copied().fold(0.0, f64::max);
    format!("{mean:.3}, worst {worst:.3} ({unit})")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn a_line_for_each_interpreter() {
        let upstream = [
            json!({"interpreter": "cp38", "universal": "1", "debug": "2/3", "trace": "4", "examples": "5", "failed": 1, "known": 0}),
            json!({"interpreter": "cp38", "universal": "292", "debug": "322", "trace": "3", "examples": "40", "failed": 0, "known": 0}),
        ];
        let tests = [
            json!({"interpreter": "cp38", "host": "embedded", "passed": 7, "failed": 0}),
            json!({"interpreter": "pypy7319", "host": "embedded", "passed": 8, "failed": 1}),
            json!({"interpreter": "pypy7319", "host": "native", "passed": 9, "failed": 0}),
        ];
        let micro = [
            json!({"interpreter": "cp38", "case": "a", "unit": "ns", "c": 1.0, "ours": 9.0}),
            json!({"interpreter": "cp38", "case": "a", "unit": "instructions", "c": 4.0, "ours": 40.0}),
            json!({"interpreter": "cp38", "case": "a", "unit": "instructions", "c": 4.0, "ours": 2.0}),
            json!({"interpreter": "cp38", "case": "b", "unit": "instructions", "c": 4.0, "ours": 8.0}),
            json!({"interpreter": "pypy8", "case": "a", "unit": "ns", "c": 2.0, "ours": 3.0}),
        ];
        let text = super::markdown(&super::rows(&upstream, &tests, &micro));
        for line in [
            "| cp38 | 292 | 322 | 3 | 40 | 0 | 0 | embedded 7 | 1.000, worst 2.000 (instructions) |",
            "| pypy7319 | – | – | – | – | – | – | embedded 8, 1 failed; native 9 | – |",
            "| pypy8 | – | – | – | – | – | – | – | 1.500, worst 1.500 (wall clock) |",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }
}
