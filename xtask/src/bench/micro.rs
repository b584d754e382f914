//! `cargo xtask bench micro`: HPy's own microbenchmarks, each case with the C API and with a universal module that
//! `hpy-host` loads. Wall clock, and instructions where callgrind is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use super::rows::{self, Row, Unit};
use super::{build, callgrind};
use crate::cache::{self, Cache};
use crate::r#gen::sdist;
use crate::interpreters::Interpreter;
use crate::platform::Platform;
use crate::progress::Progress;
use crate::table::{Align, Table};
use crate::upstream::Compiler;
use crate::{paths, process, wheel};

/// What is measured when nothing else is asked for.
pub(super) const INTERPRETERS: &[&str] = &["cp311", "cp313"];

/// Where code lands in memory differs from process to process.
const PROCESSES: usize = 5;

/// The turns of the two runs whose instructions are compared.
const TURNS: [u32; 2] = [2000, 12000];

/// A case: with the C API, and with HPy.
type Pair = [f64; 2];

/// What every measurement needs.
struct Bench {
    sdist: PathBuf,
    /// Where `hpy_host` is.
    packages: PathBuf,
    /// The universal module, one for all interpreters.
    hpy: PathBuf,
}

/// What was measured on one interpreter.
struct Measured {
    interpreter: String,
    nanoseconds: BTreeMap<String, Pair>,
    instructions: BTreeMap<String, Pair>,
}

/// Measures and prints.
pub(super) fn run(chosen: &[Interpreter], json: Option<&str>, mut notes: Vec<String>) -> Result<(), String> {
    let progress = Progress::start();
    let cache = Cache::locate()?;
    let folder = build::folder().join("micro");
    cache::fresh(&folder)?;
    let package = paths::workspace().join("hpy-host-py");
    let built = wheel::build(&cache, &package, Platform::This, "release", &folder.join("wheel"), progress)?;
    let packages = folder.join("packages");
    wheel::unpack(&cache, &built, &packages)?;
    let sdist = sdist::folder()?;
    let compiler = Compiler::prepare(&cache, &sdist, Platform::This, progress)?;
    let hpy = folder.join("hpy_simple.hpy0.so");
    compiler.module(&sdist, &sdist.join("microbench/src/hpy_simple.c"), &hpy)?;
    let bench = Bench { sdist, packages, hpy };
    let counted = callgrind::available().map_err(|error| notes.push(error)).is_ok();
    let mut all = Vec::new();
    for one in chosen {
        all.push(bench.measure(one, &folder, counted, progress)?);
    }
    close(&all, &notes, json)
}

impl Bench {
    fn measure(
        &self,
        one: &Interpreter,
        folder: &Path,
        counted: bool,
        progress: Progress,
    ) -> Result<Measured, String> {
        let facts = build::facts(&one.path)?;
        let c = folder.join(format!("cpy_simple-{}.so", one.name));
        build::c_file(&facts, &self.sdist.join("microbench/src/cpy_simple.c"), &c)?;
        progress.step(&one.name, "measuring wall clock");
        let nanoseconds = self.clock(&facts.executable, &c)?;
        let mut instructions = BTreeMap::new();
        if counted && one.probe.implementation() == "CPython" {
            progress.step(&one.name, "counting instructions");
            let cases: Vec<String> = nanoseconds.keys().cloned().collect();
            instructions = self.count(&facts.executable, &c, &cases, folder)?;
        }
        Ok(Measured { interpreter: one.name.clone(), nanoseconds, instructions })
    }

    /// The best of some processes.
    fn clock(&self, python: &Path, c: &Path) -> Result<BTreeMap<String, Pair>, String> {
        let mut best: BTreeMap<String, Pair> = BTreeMap::new();
        for _ in 0..PROCESSES {
            let mut command = process::command(python);
            let program = paths::workspace().join("benches/micro.py");
            command.arg("-B").arg(program).arg("clock").arg(c).arg(&self.hpy);
            let output = process::output(self.environment(&mut command))?;
            let measured: BTreeMap<String, Pair> =
                serde_json::from_str(&output).map_err(|error| format!("{error}: {output}"))?;
            for (case, [cpy, hpy]) in measured {
                let best = best.entry(case).or_insert([f64::INFINITY; 2]);
                *best = [best[0].min(cpy), best[1].min(hpy)];
            }
        }
        Ok(best)
    }

    /// Some at a time: nothing of that changes a count.
    fn count(
        &self,
        python: &Path,
        c: &Path,
        cases: &[String],
        folder: &Path,
    ) -> Result<BTreeMap<String, Pair>, String> {
        let queue = Mutex::new(cases.iter());
        let done = Mutex::new(Ok(BTreeMap::new()));
        let next = || queue.lock().expect("no worker panics").next();
        let count = |case: &str, api: &str, library: &Path| -> Result<f64, String> {
            let mut totals = [0.0; 2];
            for (total, turns) in totals.iter_mut().zip(TURNS) {
                let file = folder.join(format!("{case}.{api}.{turns}"));
                let mut valgrind = process::command("valgrind");
                valgrind.arg("--tool=callgrind").arg(format!("--callgrind-out-file={}", file.display()));
                // The same hashes and as little start-up as possible.
                valgrind.arg(python).env("PYTHONHASHSEED", "0").args(["-S", "-s", "-B"]);
                valgrind.arg(paths::workspace().join("benches/micro.py"));
                valgrind.args(["count", case, &turns.to_string(), api]).arg(library);
                process::run(self.environment(&mut valgrind))?;
                let text =
                    fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
                *total = callgrind::total(&text).ok_or_else(|| format!("no total in {}", file.display()))?;
                cache::remove(&file);
            }
            Ok((totals[1] - totals[0]) / f64::from(TURNS[1] - TURNS[0]))
        };
        thread::scope(|scope| {
            for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
                scope.spawn(|| {
                    while let Some(case) = next() {
                        let pair =
                            count(case, "cpy", c).and_then(|cpy| Ok([cpy, count(case, "hpy", &self.hpy)?]));
                        let mut done = done.lock().expect("no worker panics");
                        match (pair, &mut *done) {
                            (Ok(pair), Ok(counted)) => drop(counted.insert(case.clone(), pair)),
                            (Err(error), _) => *done = Err(error),
                            (Ok(_), Err(_)) => return,
                        }
                    }
                });
            }
        });
        done.into_inner().expect("no worker panics")
    }

    fn environment<'a>(&self, command: &'a mut process::Command) -> &'a mut process::Command {
        command.env("PYTHONPATH", &self.packages).env("HPY_SDIST", &self.sdist)
    }
}

fn close(all: &[Measured], notes: &[String], json: Option<&str>) -> Result<(), String> {
    let mut rows = Vec::new();
    for Measured { interpreter, nanoseconds, instructions } in all {
        let mut table = Table::new([
            ("case", Align::Left),
            ("C API ns", Align::Right),
            ("HPy ns", Align::Right),
            ("ratio", Align::Right),
            ("C API instr", Align::Right),
            ("HPy instr", Align::Right),
            ("ratio", Align::Right),
        ]);
        for (case, [cpy, hpy]) in nanoseconds {
            let counted = instructions.get(case);
            let number = |pick: fn(&Pair) -> f64, digits| {
                counted.map_or("-".to_owned(), |pair| format!("{:.digits$}", pick(pair)))
            };
            table.row([
                case.clone(),
                format!("{cpy:.1}"),
                format!("{hpy:.1}"),
                format!("{:.3}", hpy / cpy),
                number(|pair| pair[0], 0),
                number(|pair| pair[1], 0),
                number(|pair| pair[1] / pair[0], 3),
            ]);
            let mut row = |unit, [c, ours]: Pair| {
                rows.push(Row {
                    case: case.clone(),
                    interpreter: interpreter.clone(),
                    unit,
                    c: Some(c),
                    pyo3: None,
                    abi3: None,
                    ours: Some(ours),
                });
            };
            row(Unit::Nanoseconds, [*cpy, *hpy]);
            if let Some(counted) = counted {
                row(Unit::Instructions, *counted);
            }
        }
        println!("\n{interpreter}:");
        table.print();
        for (what, pairs) in [("wall clock", nanoseconds), ("instructions", instructions)] {
            if let Some((mean, worst, case)) = summary(pairs) {
                let met = |good| if good { "met" } else { "MISSED" };
                println!(
                    "{what}: geometric mean {mean:.3} (goal 1.0: {}), worst {worst:.3}, {case} (goal 1.1: {})",
                    met(mean <= 1.0),
                    met(worst <= 1.1)
                );
            }
        }
    }
    for note in notes {
        println!("\n{note}");
    }
    if let Some(path) = json {
        rows::write(path, &rows)?;
    }
    Ok(())
}

/// The geometric mean of the ratios, and the worst one with its case.
fn summary(pairs: &BTreeMap<String, Pair>) -> Option<(f64, f64, &str)> {
    let ratios: Vec<(f64, &str)> = pairs.iter().map(|(case, [cpy, hpy])| (hpy / cpy, &**case)).collect();
    let (worst, case) = ratios.iter().copied().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let values: Vec<f64> = ratios.iter().map(|(ratio, _)| *ratio).collect();
    Some((rows::geometric_mean(&values), worst, case))
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[test]
    fn mean_and_worst() {
        let pairs = [("a".to_owned(), [10.0, 5.0]), ("b".to_owned(), [10.0, 20.0])].into();
        let (mean, worst, case) = summary(&pairs).unwrap();
        assert!((mean - 1.0).abs() < 1e-9 && (worst, case) == (2.0, "b"));
        assert_eq!(summary(&[].into()), None);
    }
}
