//! CPython for Windows from Maven Central, run by wine.

use std::fs;
use std::path::{Path, PathBuf};

use super::system;
use crate::cache::{self, Cache};
use crate::interpreters::{ready, tools};
use crate::platform::Platform;
use crate::progress::Progress;
use crate::{paths, process};

/// Where the jar has `python.exe`.
const FOLDER: &str = "org/bytedeco/cpython/windows-x86_64";

/// A crash ends the process at once, without a debugger; and no .NET, no HTML.
const OVERRIDES: &str = "winedbg.exe=d;mscoree=d;mshtml=d";

/// Fetches and unpacks the jar and pytest, makes wine's folder if it isn't there, and writes the wrapper.
pub(super) fn fetch(cache: &Cache, name: &str, version: &str, progress: Progress) -> Result<(), String> {
    let log = cache.log(name);
    cache::remove(&log);
    let maven = [("mvn", "maven"), ("java", "default-jdk-headless")];
    system::need(name, &[Platform::Windows.needs(), &maven].concat(), &log, progress)?;
    let prefix = prefix(cache, name, progress)?;
    progress.step(name, format!("fetching CPython {version} for Windows"));
    let root = cache.root(name);
    cache::fresh(&root)?;
    let artifact = format!("-Dartifact=org.bytedeco:cpython:{version}:jar:windows-x86_64");
    let mut maven = process::command("mvn");
    maven.args(["-q", "-B", "dependency:copy", &artifact, "-DoutputDirectory=."]).current_dir(&root);
    process::run_logged(&mut maven, &log)?;
    let jar = root.join(format!("cpython-{version}-windows-x86_64.jar"));
    let mut unzip = process::command(tools::python(cache));
    process::run_logged(unzip.args(["-m", "zipfile", "-e"]).arg(&jar).arg(&root), &log)?;
    cache::remove(&jar);
    let python = version
        .split_once('.')
        .and_then(|(major, rest)| Some((major.parse().ok()?, rest.split('.').next()?.parse().ok()?)));
    let python = python.ok_or_else(|| format!("{version} is no version of Python"))?;
    progress.step(name, "unpacking pytest");
    let site = root.join("site");
    ready::unpacked(cache, python, Platform::Windows, &site)?;
    ready::wrapper(&cache.wrapper(name), &script(&root, &prefix, &site))
}

/// The folder with what wine takes for a Windows system; one for all interpreters.
fn prefix(cache: &Cache, name: &str, progress: Progress) -> Result<PathBuf, String> {
    let folder = cache.root("wine");
    let system = folder.join("drive_c/windows/system32");
    let library = system.join("bcryptprimitives.dll");
    if library.exists() && runner(cache).exists() {
        return Ok(folder);
    }
    progress.step(name, "making wine's folder");
    cache::fresh(&folder)?;
    let mut wine = process::command(program());
    wine.args(["wineboot", "-i"]).env("WINEPREFIX", &folder).env("WINEDEBUG", "-all");
    wine.env("WINEDLLOVERRIDES", OVERRIDES);
    process::run(&mut wine)?;
    // Rust's standard library wants it, and wine has it since 8.13.
    let mut cc = process::command("x86_64-w64-mingw32-gcc");
    cc.args(["-shared", "-O2", "-s", "-o"]).arg(&library);
    process::run(cc.arg(paths::assets().join("wine/bcryptprimitives.c")).arg("-ladvapi32"))?;
    ready::wrapper(&runner(cache), &format!("{}exec {} \"$@\"", variables(&folder), program()))?;
    Ok(folder)
}

/// Runs any program for Windows, once an interpreter is there.
pub(crate) fn runner(cache: &Cache) -> PathBuf {
    cache.root("wine").join("run")
}

fn variables(prefix: &Path) -> String {
    format!("export WINEPREFIX=\"{}\" WINEDEBUG=-all WINEDLLOVERRIDES=\"{OVERRIDES}\"\n", prefix.display())
}

/// The program itself where Debian has it: its script `wine` complains that there is no 32-bit one.
fn program() -> &'static str {
    const WINE64: &str = "/usr/lib/wine/wine64";
    if fs::exists(WINE64).unwrap_or(false) { WINE64 } else { "wine" }
}

/// Paths and PYTHONPATH are Windows' own: `Z:\tmp`, with `;` between. Standard input and output must not be files. What
/// it prints is UTF-8, and not of a Windows code page.
fn script(root: &Path, prefix: &Path, site: &Path) -> String {
    let site = Platform::Windows.path(site);
    format!(
        "{}export PYTHONPATH='{}'\"${{PYTHONPATH:+;$PYTHONPATH}}\" PYTHONIOENCODING=utf-8\n\
         exec {} \"{}\" \"$@\"",
        variables(prefix),
        site.to_string_lossy(),
        program(),
        root.join(FOLDER).join("python.exe").display(),
    )
}
