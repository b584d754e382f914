//! Building the functions, or the class, three times.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::Set;
use crate::r#gen::sdist;
use crate::progress::Progress;
use crate::{paths, process};

/// Where everything is built.
pub(super) fn folder() -> PathBuf {
    paths::workspace().join("target/bench")
}

/// The program that the measured interpreters run.
pub(super) fn program() -> PathBuf {
    sources().join("calls.py")
}

fn sources() -> PathBuf {
    paths::workspace().join("benches")
}

/// What building for an interpreter needs.
pub(super) struct Facts {
    /// The interpreter itself, where it was started by a script.
    pub(super) executable: PathBuf,
    /// The folder of its `Python.h`.
    include: Option<PathBuf>,
}

pub(super) fn facts(python: &Path) -> Result<Facts, String> {
    let output = process::output(process::command(python).arg(program()).arg("facts"))?;
    let value: Value = serde_json::from_str(&output).map_err(|error| format!("{error}: {output}"))?;
    let path = |name: &str| value[name].as_str().map(PathBuf::from);
    let executable = path("executable").ok_or_else(|| format!("no executable in {output}"))?;
    Ok(Facts { executable, include: path("include") })
}

/// The extension in C; an error if the interpreter has no headers.
pub(super) fn c(set: &Set, facts: &Facts, folder: &Path) -> Result<PathBuf, String> {
    let library = folder.join("bench_c.so");
    c_file(facts, &sources().join(set.c), &library)?;
    Ok(library)
}

/// Any extension of one C file.
pub(super) fn c_file(facts: &Facts, source: &Path, library: &Path) -> Result<(), String> {
    let include = facts.include.as_ref().ok_or("the interpreter has no Python.h")?;
    let mut cc = process::command("cc");
    cc.args(["-O3", "-DNDEBUG", "-fPIC", "-shared", "-I"]).arg(include).arg("-o").arg(library);
    process::run(cc.arg(source))
}

/// The extension in C over HPy, for hosts of the interpreters' own.
pub(super) fn c_over_hpy(source: &str, folder: &Path) -> Result<PathBuf, String> {
    let devel = sdist::folder()?.join("hpy/devel");
    let library = folder.join("bench_hpy.hpy0.so");
    let mut cc = process::command("cc");
    cc.args(["-O3", "-DNDEBUG", "-fPIC", "-shared", "-DHPY", "-DHPY_ABI_UNIVERSAL", "-I"])
        .arg(devel.join("include"));
    cc.arg("-o").arg(&library).arg(sources().join(source));
    // What HPy has every extension compile.
    cc.args(["argparse.c", "helpers.c"].map(|file| devel.join("src/runtime").join(file)));
    process::run(&mut cc)?;
    Ok(library)
}

/// The extension with PyO3, for one interpreter; `target` is Cargo's folder.
pub(super) fn pyo3(set: &Set, abi3: bool, facts: &Facts, target: &Path) -> Result<PathBuf, String> {
    let abi3 = abi3.then_some("--features=abi3");
    process::run(pyo3_build(facts, target).args(features(set)).args(abi3))?;
    Ok(target.join("release/libbench_pyo3.so"))
}

/// Our extension, for every interpreter.
pub(super) fn ours(set: &Set, progress: Progress) -> Result<PathBuf, String> {
    let target = folder().join("ours");
    progress.step("ours", "building the library for all interpreters");
    process::run(ours_build(&target).args(features(set)))?;
    Ok(target.join("release/libbench_ours.so"))
}

pub(super) fn pyo3_build(facts: &Facts, target: &Path) -> Command {
    let mut build = cargo_build(target);
    // As maturin does: an extension is not linked with a Python.
    build.current_dir(sources().join("pyo3")).env("PYO3_BUILD_EXTENSION_MODULE", "1");
    build.arg("--locked").env("PYO3_PYTHON", &facts.executable);
    build
}

pub(super) fn ours_build(target: &Path) -> Command {
    let mut build = cargo_build(target);
    build.current_dir(sources().join("ours"));
    build
}

fn features(set: &Set) -> Option<String> {
    set.feature.map(|feature| format!("--features={feature}"))
}

fn cargo_build(target: &Path) -> Command {
    let mut cargo = process::command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--release", "--quiet", "--target-dir"]).arg(target);
    cargo
}

/// Copies a library to a place of its own.
pub(super) fn copy(library: &Path, to: &Path) -> Result<(), String> {
    fs::copy(library, to).map(drop).map_err(|error| format!("can't copy {}: {error}", library.display()))
}
