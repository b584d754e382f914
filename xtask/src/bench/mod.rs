//! `cargo xtask bench`: the cost of calls, classes and conversions in hand-written C, with PyO3 and with hpy-rs; HPy's own microbenchmarks;
//! the cost of an import; and the build time and size of a large extension.
//!
//! callgrind counts instructions, which are reproducible; wall-clock times are shown beside them.

mod build;
mod callgrind;
mod clock;
mod footprint;
mod goals;
mod imports;
mod library;
mod micro;
mod report;
mod rows;
mod size;

use crate::args::Args;
use crate::cache::Cache;
use crate::interpreters::{self, Interpreter};
use crate::progress::Progress;
use library::Libraries;
pub(crate) use rows::geometric_mean;
use rows::{Row, Unit};

/// What is measured when nothing else is asked for.
const INTERPRETERS: &[&str] = &["cp311", "cp313", "pypy7319"];

/// What is measured together.
pub(super) struct Set {
    /// As `benches/calls.py` names it.
    pub(super) name: &'static str,
    pub(super) cases: &'static [&'static str],
    /// What the crates are built with.
    pub(super) feature: Option<&'static str>,
    /// The sources in C, and in C over HPy.
    pub(super) c: &'static str,
    pub(super) c_over_hpy: Option<&'static str>,
    /// Whether PyO3's file for all versions of CPython is measured, too.
    pub(super) abi3: bool,
    /// Whether instructions are counted: the cases are short enough for that.
    pub(super) counted: bool,
    /// Times C, at most, in instructions.
    pub(super) to_c: f64,
    /// Times PyO3, at most, on PyPy's own host.
    pub(super) to_pyo3: f64,
}

const CALLS: Set = Set {
    name: "calls",
    cases: &["f", "o1", "f1", "add", "kwpos", "kw"],
    feature: None,
    c: "c/bench_c.c",
    c_over_hpy: Some("c/bench_hpy.c"),
    abi3: false,
    counted: true,
    to_c: 1.03,
    to_pyo3: 1.0 / 3.0,
};

const CLASSES: Set = Set {
    name: "classes",
    cases: &["new", "dealloc", "method", "method1", "getter", "add", "getitem", "len", "next", "million"],
    feature: Some("classes"),
    c: "c/bench_classes.c",
    c_over_hpy: Some("c/bench_classes_hpy.c"),
    abi3: false,
    counted: true,
    to_c: 1.05,
    to_pyo3: 0.5,
};

const DATA: Set = Set {
    name: "data",
    cases: &[
        "list[float]",
        "list[int]",
        "tuple[float]",
        "list[str]",
        "list[list]",
        "tuple of 3",
        "set[int]",
        "dict[str, int]",
        "int | None",
        "int | str",
        "bytes 1 kB",
        "bytes 1 MB",
        "bytearray 1 MB",
        "two items",
        "&Point",
        "Point",
        "iterator",
        "to list[float]",
        "to list[int]",
        "to list[str]",
        "to set[int]",
        "to dict",
        "to bytes 1 kB",
        "to bytes 1 MB",
    ],
    feature: Some("data"),
    c: "c/bench_data.c",
    c_over_hpy: None,
    abi3: true,
    counted: false,
    to_c: 1.1,
    to_pyo3: 0.5,
};

/// Runs the command; `--python NAME|PATH` (repeatable) narrows it, `--json FILE` keeps the rows.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let mut args = Args::new(args);
    let json = args.value("--json")?;
    let wanted = args.values("--python")?;
    let mut notes = Vec::new();
    match args.rest()?.as_slice() {
        [what] if what == "calls" => compare(&CALLS, &wanted, json.as_deref()),
        [what] if what == "classes" => compare(&CLASSES, &wanted, json.as_deref()),
        [what] if what == "data" => compare(&DATA, &wanted, json.as_deref()),
        [what] if what == "micro" => {
            let chosen = choose(&wanted, micro::INTERPRETERS, &mut notes)?;
            micro::run(&chosen, json.as_deref(), notes)
        }
        [what] if what == "import" => {
            let chosen = choose(&wanted, imports::INTERPRETERS, &mut notes)?;
            imports::run(&chosen, json.as_deref(), &notes)
        }
        [what] if what == "size" => {
            let chosen = choose(&wanted, size::INTERPRETERS, &mut notes)?;
            size::run(&chosen, json.as_deref(), &notes)
        }
        _ => Err(
            "usage: cargo xtask bench calls|classes|data|micro|import|size [--python NAME|PATH]... [--json FILE]"
                .to_owned(),
        ),
    }
}

fn compare(set: &'static Set, wanted: &[String], json: Option<&str>) -> Result<(), String> {
    let progress = Progress::start();
    let mut notes = Vec::new();
    let chosen = choose(wanted, INTERPRETERS, &mut notes)?;
    let callgrind = callgrind::available().map_err(|error| notes.push(error)).is_ok();
    let ours = build::ours(set, progress)?;
    let mut rows: Vec<Row> = Vec::new();
    let mut built = Vec::new();
    for one in &chosen {
        let libraries = Libraries::build(set, one, &ours, progress, &mut notes)?;
        if callgrind && set.counted && one.probe.implementation() == "CPython" {
            match callgrind::measure(&libraries, progress) {
                Ok(measured) => rows.extend(libraries.rows(Unit::Instructions, &measured)),
                Err(error) => notes.push(format!("{}: no instructions were counted: {error}", one.name)),
            }
        }
        rows.extend(libraries.rows(Unit::Nanoseconds, &clock::measure(&libraries, progress)?));
        built.push(libraries);
    }
    if set.feature.is_none() {
        rows.extend(footprint::measure(&ours, &built, progress)?);
    }
    report::close(set, &rows, &notes, json)
}

/// The interpreters to measure; `notes` gets those that are not here.
fn choose(wanted: &[String], default: &[&str], notes: &mut Vec<String>) -> Result<Vec<Interpreter>, String> {
    let found = interpreters::all(&Cache::locate()?).interpreters;
    if !wanted.is_empty() {
        return wanted.iter().map(|name| interpreters::named(&found, name)).collect();
    }
    let mut chosen = Vec::new();
    for name in default {
        match interpreters::named(&found, name) {
            Ok(one) => chosen.push(one),
            Err(error) => notes.push(error),
        }
    }
    if chosen.is_empty() { Err(notes.join("\n")) } else { Ok(chosen) }
}
