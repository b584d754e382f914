//! `cargo xtask overview`: one table of what other commands wrote with `--json`, in Markdown, for `docs/upstream.md`.

use std::fs;

use serde_json::Value;

use crate::args::Args;
use crate::interpreters::KNOWN;

/// Prints the table.
///
/// `--upstream FILE`, `--tests FILE`, `--micro FILE`, each repeatable: of two lines about the same the last is taken.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let mut args = Args::new(args);
    let upstream = lines(&args.values("--upstream")?)?;
    let tests = lines(&args.values("--tests")?)?;
    let micro = lines(&args.values("--micro")?)?;
    args.finish()?;
    print!("{}", table(&upstream, &tests, &micro));
    Ok(())
}

/// The objects of all files.
fn lines(paths: &[String]) -> Result<Vec<Value>, String> {
    let mut all = Vec::new();
    for path in paths {
        let failed = |error: &dyn std::fmt::Display| format!("can't read {path}: {error}");
        let text = fs::read_to_string(path).map_err(|error| failed(&error))?;
        let list: Vec<Value> = serde_json::from_str(&text).map_err(|error| failed(&error))?;
        all.extend(list);
    }
    Ok(all)
}

fn table(upstream: &[Value], tests: &[Value], micro: &[Value]) -> String {
    let mut text = "| interpreter | universal | debug | trace | examples | failed | known | our own tests | microbench |\n"
        .to_owned();
    text += "|---|---|---|---|---|---|---|---|---|\n";
    for name in KNOWN.iter().map(|known| known.name).filter(|name| !name.ends_with("-hpy")) {
        let line = of(upstream, name).next_back();
        let suite = |column: &str| line.map_or("–".to_owned(), |line| plain(&line[column]));
        let cells = [
            name.to_owned(),
            suite("universal"),
            suite("debug"),
            suite("trace"),
            suite("examples"),
            suite("failed"),
            suite("known"),
            own(tests, name),
            ratios(micro, name),
        ];
        text += &format!("| {} |\n", cells.join(" | "));
    }
    text
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
    let of_unit = |hpy: &str, cpy: &str| -> Vec<f64> {
        of(micro, name).filter_map(|line| Some(line[hpy].as_f64()? / line[cpy].as_f64()?)).collect()
    };
    let instructions = of_unit("hpy_instructions", "cpy_instructions");
    let (ratios, unit) = if instructions.is_empty() {
        (of_unit("hpy_ns", "cpy_ns"), "wall clock")
    } else {
        (instructions, "instructions")
    };
    if ratios.is_empty() {
        return "–".to_owned();
    }
    let mean = (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len() as f64).exp();
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
            json!({"interpreter": "cp38", "cpy_ns": 1.0, "hpy_ns": 9.0, "cpy_instructions": 4.0, "hpy_instructions": 2.0}),
            json!({"interpreter": "cp38", "cpy_ns": 1.0, "hpy_ns": 9.0, "cpy_instructions": 4.0, "hpy_instructions": 8.0}),
            json!({"interpreter": "pypy8", "cpy_ns": 2.0, "hpy_ns": 3.0, "cpy_instructions": null, "hpy_instructions": null}),
        ];
        let text = super::table(&upstream, &tests, &micro);
        for line in [
            "| cp38 | 292 | 322 | 3 | 40 | 0 | 0 | embedded 7 | 1.000, worst 2.000 (instructions) |",
            "| pypy7319 | – | – | – | – | – | – | embedded 8, 1 failed; native 9 | – |",
            "| pypy8 | – | – | – | – | – | – | – | 1.500, worst 1.500 (wall clock) |",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }
}
