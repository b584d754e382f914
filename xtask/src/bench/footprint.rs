//! The size of a library without symbols, and its build time.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use super::build;
use super::library::Libraries;
use super::rows::{Row, Unit};
use crate::progress::Progress;
use crate::{cache, process};

/// Of several clean builds the fastest counts.
const BUILDS: usize = 2;

/// Compares ours with what was built for the first interpreter that PyO3 could be built for.
pub(super) fn measure(ours: &Path, built: &[Libraries], progress: Progress) -> Result<Vec<Row>, String> {
    let Some(first) = built.iter().find(|libraries| libraries.pyo3().is_some()).or(built.first()) else {
        return Ok(Vec::new());
    };
    let row = |case: &str, unit, c, pyo3, ours| Row {
        case: case.to_owned(),
        interpreter: first.interpreter.clone(),
        unit,
        c,
        pyo3,
        abi3: None,
        ours: Some(ours),
    };
    let facts = build::facts(&first.python)?;
    let size = |path: Option<&Path>| path.map(stripped_size).transpose();
    let sizes = row("size", Unit::Bytes, size(first.c())?, size(first.pyo3())?, stripped_size(ours)?);
    progress.step(&first.interpreter, "clean builds");
    let mut times = [f64::INFINITY; 2];
    for _ in 0..BUILDS {
        times[0] = times[0].min(clean_build(build::ours_build)?);
        if first.pyo3().is_some() {
            times[1] = times[1].min(clean_build(|target| build::pyo3_build(&facts, target))?);
        }
    }
    let pyo3 = first.pyo3().is_some().then_some(times[1]);
    Ok(vec![sizes, row("build", Unit::Seconds, None, pyo3, times[0])])
}

fn stripped_size(library: &Path) -> Result<f64, String> {
    let stripped = build::folder().join("stripped.so");
    process::run(process::command("strip").arg("-o").arg(&stripped).arg(library))?;
    let size = fs::metadata(&stripped).map_err(|error| format!("{}: {error}", stripped.display()))?.len();
    cache::remove(&stripped);
    Ok(size as f64)
}

/// The time of a build into an empty folder.
fn clean_build(command: impl FnOnce(&Path) -> Command) -> Result<f64, String> {
    let target = build::folder().join("clean");
    cache::fresh(&target)?;
    let start = Instant::now();
    process::run(&mut command(&target))?;
    let time = start.elapsed().as_secs_f64();
    cache::remove(&target);
    Ok(time)
}
