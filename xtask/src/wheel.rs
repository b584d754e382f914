//! Wheels of the examples, built by maturin as their authors would build them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cache::{self, Cache};
use crate::platform::Platform;
use crate::progress::Progress;
use crate::{interpreters, paths, process};

/// The folders in `examples` that become Python packages.
pub(crate) fn examples() -> Vec<PathBuf> {
    let entries = fs::read_dir(paths::workspace().join("examples")).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    folders.retain(|folder| folder.join("pyproject.toml").exists());
    folders.sort();
    folders
}

/// Builds the wheel of a crate for a platform, into an empty folder; `profile` is one of Cargo's.
pub(crate) fn build(
    cache: &Cache,
    crate_folder: &Path,
    platform: Platform,
    profile: &str,
    output: &Path,
    progress: Progress,
) -> Result<PathBuf, String> {
    let name = crate_folder.file_name().unwrap_or_default().to_string_lossy();
    if !crate_folder.join("pyproject.toml").exists() {
        return Err(format!("no package in {}", crate_folder.display()));
    }
    let maturin = interpreters::maturin(cache, progress)?;
    progress.step(&name, format!("maturin build --profile {profile}"));
    cache::fresh(output)?;
    let mut command = process::command(maturin);
    command.args(["build", "--quiet", "--profile", profile, "--out"]).arg(output).current_dir(crate_folder);
    platform.build_with(&mut command);
    process::run(&mut command)?;
    let files = fs::read_dir(output).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut wheels = files.filter(|path| path.extension().is_some_and(|end| end == "whl"));
    wheels.next().ok_or_else(|| "maturin left no wheel".to_owned())
}

/// Puts what is in the wheel into a folder, which is all that installing one of ours has to do.
pub(crate) fn unpack(cache: &Cache, wheel: &Path, folder: &Path) -> Result<(), String> {
    let mut python = process::command(interpreters::maturin_python(cache));
    process::run(python.args(["-m", "zipfile", "-e"]).arg(wheel).arg(folder))
}
