//! Makes an interpreter ready for tests: pytest and pip beside it, the interpreter itself untouched.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use super::find::{Interpreter, Origin};
use super::known;
use super::probe::Probe;
use super::tools;
use crate::cache::{self, Cache};
use crate::platform::Platform;
use crate::process;
use crate::progress::Progress;

/// Makes `folder` a virtual environment of `base` with pytest, pip and `more`; returns its Python.
pub(super) fn environment(
    cache: &Cache,
    base: &Path,
    python: (u64, u64),
    folder: &Path,
    more: &[&str],
) -> Result<PathBuf, String> {
    cache::remove(folder);
    process::run(process::command(base).args(["-m", "venv", "--without-pip"]).arg(folder))?;
    let program = folder.join("bin/python");
    let mut uv = tools::uv_install(cache);
    uv.arg("--compile-bytecode")
        .arg("--python")
        .arg(&program)
        .args([known::pytest(python), "pip"])
        .args(more);
    process::run(&mut uv)?;
    Ok(program)
}

/// From `3 11`, as a program prints it.
pub(super) fn version(text: &str) -> Option<(u64, u64)> {
    let (major, minor) = text.trim().split_once(' ')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// Unpacks pytest into a folder for PYTHONPATH: GraalPy takes minutes for an environment, and another platform's Python can't
/// make one here.
pub(super) fn unpacked(
    cache: &Cache,
    python: (u64, u64),
    platform: Platform,
    folder: &Path,
) -> Result<(), String> {
    cache::fresh(folder)?;
    let version = format!("{}.{}", python.0, python.1);
    let mut uv = tools::uv_install(cache);
    if let Some(name) = platform.uv() {
        uv.args(["--python-platform", name]);
    }
    uv.arg("--target").arg(folder).args(["--python-version", &version, known::pytest(python)]);
    process::run(&mut uv)
}

/// Installs a wheel into a folder for PYTHONPATH, for an interpreter of another platform.
pub(crate) fn install_for(
    cache: &Cache,
    one: &Interpreter,
    wheel: &Path,
    folder: &Path,
) -> Result<(), String> {
    let version = format!("{}.{}", one.probe.python().0, one.probe.python().1);
    let mut uv = tools::uv_install(cache);
    if let Some(name) = one.platform.uv() {
        uv.args(["--python-platform", name]);
    }
    uv.args(["--python-version", &version, "--no-index", "--no-deps", "--target"]).arg(folder).arg(wheel);
    process::run(&mut uv)
}

/// A folder for PYTHONPATH with NumPy, for the interpreters that have one in tests. Where it can't be had, tests say that they
/// miss it.
pub(crate) fn numpy(cache: &Cache, one: &Interpreter, progress: Progress) -> Option<PathBuf> {
    let package = known::numpy(&one.name)?;
    let folder = cache.venv(&format!("{}-{}", one.name, package.replace("==", "-")));
    let unpack = || {
        let _lock = cache.lock()?;
        if folder.join("numpy/version.py").exists() {
            return Ok(());
        }
        tools::prepare(cache, progress)?;
        progress.step(&one.name, format!("unpacking {package}"));
        cache::fresh(&folder)?;
        let mut uv = tools::uv_install(cache);
        uv.arg("--python").arg(&one.path).arg("--target").arg(&folder).arg(package);
        process::run(&mut uv)
    };
    match unpack() {
        Ok(()) => Some(folder),
        Err(error) => {
            progress.step(&one.name, format!("does without {package}: {error}"));
            None
        }
    }
}

/// Writes a program that runs `script`, whole or not at all.
pub(super) fn wrapper(path: &Path, script: &str) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("can't write {}: {error}", path.display());
    let unfinished = path.with_extension("tmp");
    fs::write(&unfinished, format!("#!/bin/sh\n{script}\n")).map_err(failed)?;
    process::run(process::command("chmod").arg("+x").arg(&unfinished))?;
    fs::rename(&unfinished, path).map_err(failed)
}

/// An interpreter as tests start it.
pub(crate) struct Ready {
    pub(crate) python: PathBuf,
    /// A folder that has to be on PYTHONPATH.
    pub(crate) path: Option<PathBuf>,
}

/// What runs pytest for this interpreter; those that came from elsewhere get an environment in the cache.
pub(crate) fn ready(cache: &Cache, one: &Interpreter, progress: Progress) -> Result<Ready, String> {
    if one.origin == Origin::Cache || (one.origin == Origin::Given && one.probe.has_pytest()) {
        return Ok(Ready { python: one.path.clone(), path: None });
    }
    let mut hasher = DefaultHasher::new();
    one.probe.executable().hash(&mut hasher);
    let folder = cache.venv(&format!("{}-{:08x}", one.name, hasher.finish() as u32));
    let _lock = cache.lock()?;
    if one.probe.is_graalpy() {
        if !folder.join("pytest").exists() {
            tools::prepare(cache, progress)?;
            progress.step(&one.name, "unpacking pytest");
            unpacked(cache, one.probe.python(), one.platform, &folder)?;
        }
        return Ok(Ready { python: one.path.clone(), path: Some(folder) });
    }
    let python = folder.join("bin/python");
    if !Probe::run(&python, one.platform)
        .is_ok_and(|probe| probe.has_pytest() && probe.version() == one.probe.version())
    {
        tools::prepare(cache, progress)?;
        progress.step(&one.name, format!("environment with {}", known::pytest(one.probe.python())));
        environment(cache, &one.path, one.probe.python(), &folder, &[])?;
    }
    Ok(Ready { python, path: None })
}
