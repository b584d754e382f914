//! `cargo xtask bench`: what a call costs, in hand-written C, with PyO3 and with ours; HPy's own microbenchmarks; and what
//! an import costs.
//!
//! Instructions are counted by callgrind, which gives the same number twice; wall clock stands beside them.

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

use crate::args::Args;
use crate::cache::Cache;
use crate::interpreters::{self, Interpreter};
use crate::progress::Progress;
use library::Libraries;
use rows::{Row, Unit};

/// What is measured when nothing else is asked for.
const INTERPRETERS: &[&str] = &["cp311", "cp313", "pypy7319"];

/// The calls, as `benches/calls.py` names them.
const CASES: &[&str] = &["f", "o1", "f1", "add", "kwpos", "kw"];

/// Runs the command; `--python NAME|PATH` (repeatable) narrows it, `--json FILE` keeps the rows.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let mut args = Args::new(args);
    let json = args.value("--json")?;
    let wanted = args.values("--python")?;
    let mut notes = Vec::new();
    match args.rest()?.as_slice() {
        [what] if what == "calls" => calls(&wanted, json.as_deref()),
        [what] if what == "micro" => {
            let chosen = choose(&wanted, micro::INTERPRETERS, &mut notes)?;
            micro::run(&chosen, json.as_deref(), notes)
        }
        [what] if what == "import" => {
            let chosen = choose(&wanted, imports::INTERPRETERS, &mut notes)?;
            imports::run(&chosen, json.as_deref(), &notes)
        }
        _ => {
            Err("usage: cargo xtask bench calls|micro|import [--python NAME|PATH]... [--json FILE]"
                .to_owned())
        }
    }
}

fn calls(wanted: &[String], json: Option<&str>) -> Result<(), String> {
    let progress = Progress::start();
    let mut notes = Vec::new();
    let chosen = choose(wanted, INTERPRETERS, &mut notes)?;
    let callgrind = callgrind::available().map_err(|error| notes.push(error)).is_ok();
    let ours = build::ours(progress)?;
    let mut rows: Vec<Row> = Vec::new();
    let mut built = Vec::new();
    for one in &chosen {
        let libraries = Libraries::build(one, &ours, progress, &mut notes)?;
        if callgrind && one.probe.implementation() == "CPython" {
            match callgrind::measure(&libraries, progress) {
                Ok(measured) => rows.extend(libraries.rows(Unit::Instructions, &measured)),
                Err(error) => notes.push(format!("{}: no instructions were counted: {error}", one.name)),
            }
        }
        rows.extend(libraries.rows(Unit::Nanoseconds, &clock::measure(&libraries, progress)?));
        built.push(libraries);
    }
    rows.extend(footprint::measure(&ours, &built, progress)?);
    report::close(&rows, &notes, json)
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
