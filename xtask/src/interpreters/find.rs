//! Finds interpreters: our own folder, pyenv, uv, PATH.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use serde_json::{Value, json};

use super::known::{self, NATIVE_SUFFIX};
use super::probe::{Host, Probe};
use crate::cache::Cache;
use crate::platform::Platform;
use crate::process;

/// Where an interpreter was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    Cache,
    Pyenv,
    Uv,
    Path,
    /// Named by the user.
    Given,
}

impl Origin {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Cache => "cache",
            Self::Pyenv => "pyenv",
            Self::Uv => "uv",
            Self::Path => "PATH",
            Self::Given => "given",
        }
    }
}

/// An interpreter that runs.
#[derive(Clone, Debug)]
pub(crate) struct Interpreter {
    pub(crate) name: String,
    pub(crate) origin: Origin,
    pub(crate) platform: Platform,
    /// What to start.
    pub(crate) path: PathBuf,
    pub(crate) probe: Probe,
    /// What to start for `HPY_HOST=native`, and the version of that host.
    pub(crate) native: Option<(PathBuf, String)>,
}

impl Interpreter {
    pub(super) fn new(origin: Origin, path: PathBuf, probe: Probe) -> Self {
        let platform = if origin == Origin::Cache { platform_of(&path) } else { Platform::This };
        // PyPI's package counts in our own environment only: tests don't touch those of others.
        let own = origin == Origin::Cache || probe.implementation() != "CPython";
        let native = probe.native_hpy().filter(|_| own).map(|version| (path.clone(), version.to_owned()));
        Self { name: platform.interpreter(probe.name()), origin, platform, path, probe, native }
    }

    pub(crate) fn host(&self) -> Host {
        self.probe.host()
    }
}

/// The platform of an interpreter of the cache.
fn platform_of(wrapper: &Path) -> Platform {
    let name = wrapper.file_name().unwrap_or_default().to_string_lossy();
    known::find(&name).map_or(Platform::This, |known| known.platform)
}

/// What a search has found.
pub(crate) struct Found {
    /// Those of this machine, one for each name, in the order of the table of names.
    pub(crate) interpreters: Vec<Interpreter>,
    /// Those of other platforms.
    pub(crate) foreign: Vec<Interpreter>,
    /// What looked like an interpreter of ours and doesn't run: place and reason.
    pub(crate) broken: Vec<(PathBuf, String)>,
    /// Those older than 3.8.
    pub(crate) too_old: Vec<PathBuf>,
}

/// Everything on this machine. The cache comes first, then pyenv, uv and PATH, then newer before older.
pub(crate) fn all(cache: &Cache) -> Found {
    let mut candidates = cached(cache);
    candidates.extend(outside());
    let mut found = probe_all(cache, candidates);
    // PyPI's host is no interpreter of its own, but the native side of one.
    let (hosts, mut interpreters): (Vec<_>, Vec<_>) =
        found.interpreters.into_iter().partition(is_native_side);
    interpreters.sort_by_key(rank);
    let mut names = HashSet::new();
    interpreters.retain(|one| names.insert(one.name.clone()));
    for host in hosts {
        if let Some(one) = interpreters.iter_mut().find(|one| one.name == host.name) {
            one.native = host.native;
        }
    }
    interpreters.sort_by_key(|one| (known::position(&one.name), one.name.clone()));
    (found.interpreters, found.foreign) =
        interpreters.into_iter().partition(|one| one.platform == Platform::This);
    found
}

/// The newest interpreter of that name that is not in the cache.
pub(super) fn on_machine(cache: &Cache, name: &str) -> Option<Interpreter> {
    let found = probe_all(cache, outside());
    let fitting = found.interpreters.into_iter().filter(|one| one.name == name);
    fitting.min_by_key(rank)
}

/// Where it was found, then newer before older.
fn rank(one: &Interpreter) -> (Origin, Reverse<Vec<u64>>) {
    (one.origin, Reverse(one.probe.version_numbers().to_vec()))
}

fn is_native_side(one: &Interpreter) -> bool {
    one.origin == Origin::Cache && one.path.to_string_lossy().ends_with(NATIVE_SUFFIX)
}

fn cached(cache: &Cache) -> Vec<(Origin, PathBuf)> {
    files(&cache.path().join("bin")).into_iter().map(|path| (Origin::Cache, path)).collect()
}

fn outside() -> Vec<(Origin, PathBuf)> {
    let home = env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let folder = |variable: &str, default: &str| {
        env::var_os(variable).map_or_else(|| home.join(default), PathBuf::from)
    };
    let pyenv = folder("PYENV_ROOT", ".pyenv");
    let uv = env::var_os("UV_PYTHON_INSTALL_DIR")
        .map_or_else(|| folder("XDG_DATA_HOME", ".local/share").join("uv/python"), PathBuf::from);
    let mut candidates = Vec::new();
    for (origin, versions) in [(Origin::Pyenv, pyenv.join("versions")), (Origin::Uv, uv)] {
        for version in files(&versions) {
            let mut programs = files(&version.join("bin"));
            programs.retain(|program| is_python(program));
            // Each holds one interpreter under several names: the shortest is the common one.
            programs.sort_by_key(|program| program.as_os_str().len());
            candidates.extend(programs.first().map(|program| (origin, program.clone())));
        }
    }
    for folder in env::split_paths(&env::var_os("PATH").unwrap_or_default()) {
        // pyenv's shims start what is found above.
        if !folder.starts_with(&pyenv) {
            let programs = files(&folder).into_iter().filter(|program| is_python(program));
            candidates.extend(programs.map(|program| (Origin::Path, program)));
        }
    }
    candidates
}

/// `python3`, `python3.13t`, `pypy3.11`, `graalpy`; not `python3-config`.
fn is_python(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Some(rest) = ["python", "pypy", "graalpy"].iter().find_map(|kind| name.strip_prefix(kind)) else {
        return false;
    };
    rest.trim_end_matches(['t', 'd']).chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// Asks each candidate who it is, a few at a time, once for each real program.
fn probe_all(cache: &Cache, candidates: Vec<(Origin, PathBuf)>) -> Found {
    let mut seen = HashSet::new();
    let mut queue = candidates;
    queue.retain(|(origin, path)| {
        *origin == Origin::Cache || path.canonicalize().is_ok_and(|real| seen.insert(real))
    });
    queue.reverse();
    let queue = Mutex::new(queue);
    let results = Mutex::new(Vec::new());
    let workers = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((origin, path)) = pop(&queue) {
                    let probe = match origin {
                        Origin::Cache => {
                            remembered(cache, &path).map_or_else(|| Probe::run(&path, platform_of(&path)), Ok)
                        }
                        _ => Probe::run(&path, Platform::This),
                    };
                    results.lock().expect("no worker panics").push((origin, path, probe));
                }
            });
        }
    });
    let mut found =
        Found { interpreters: Vec::new(), foreign: Vec::new(), broken: Vec::new(), too_old: Vec::new() };
    for (origin, path, probe) in results.into_inner().expect("no worker panics") {
        match probe {
            Ok(probe) if probe.is_supported() => {
                found.interpreters.push(Interpreter::new(origin, path, probe))
            }
            Ok(_) => found.too_old.push(path),
            Err(error) => found.broken.push((path, error)),
        }
    }
    found.too_old.sort();
    found
}

fn pop<T>(queue: &Mutex<Vec<T>>) -> Option<T> {
    queue.lock().expect("no worker panics").pop()
}

/// Raise to have everything in caches made anew.
const RECIPE: u64 = 1;

/// What an interpreter of the cache said when it was verified, if that still holds.
fn remembered(cache: &Cache, wrapper: &Path) -> Option<Probe> {
    let name = wrapper.file_name()?.to_str()?;
    let value: Value = serde_json::from_str(&fs::read_to_string(cache.info(name)).ok()?).ok()?;
    let probe = Probe::from_json(value.get("probe")?)?;
    let executable = platform_of(wrapper).host_path(probe.executable());
    (is_current(&value, cache) && executable.exists()).then_some(probe)
}

fn is_current(value: &Value, cache: &Cache) -> bool {
    let place = cache.path().to_str();
    value.get("recipe").and_then(Value::as_u64) == Some(RECIPE)
        && value.get("cache").and_then(Value::as_str) == place
}

/// Whether `name` was made by another recipe or in another place.
pub(super) fn is_outdated(cache: &Cache, name: &str) -> bool {
    let text = fs::read_to_string(cache.info(name)).unwrap_or_default();
    serde_json::from_str(&text).is_ok_and(|value: Value| !is_current(&value, cache))
}

/// Keeps the answer of a verified interpreter.
pub(super) fn remember(cache: &Cache, name: &str, probe: &Probe) -> Result<(), String> {
    let value = json!({ "recipe": RECIPE, "cache": cache.path(), "probe": probe.to_json() });
    let path = cache.info(name);
    fs::write(&path, format!("{value:#}\n"))
        .map_err(|error| format!("can't write {}: {error}", path.display()))
}

/// The interpreter at a path, or the one on PATH under that name.
fn at(path: &str) -> Result<Interpreter, String> {
    let probe = Probe::run(Path::new(path), Platform::This)?;
    if !probe.is_supported() {
        return Err(format!("{path} is Python {}.{}, older than 3.8", probe.python().0, probe.python().1));
    }
    Ok(Interpreter::new(Origin::Given, path.into(), probe))
}

/// The one that is found under that name, or the program at that path.
pub(crate) fn named(found: &[Interpreter], name: &str) -> Result<Interpreter, String> {
    if let Some(one) = found.iter().find(|one| one.name == name) {
        return Ok(one.clone());
    }
    if Path::new(name).exists() || process::exists(name) {
        return at(name);
    }
    let known = known::KNOWN.iter().any(|known| known.name == name);
    let advice = if known { format!(": `cargo xtask interpreters --get {name}`") } else { String::new() };
    Err(format!("there is no interpreter {name}{advice}"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::is_python;

    #[test]
    fn programs_that_are_interpreters() {
        for name in ["python", "python3", "python3.13t", "python3.15d", "pypy3", "pypy3.11", "graalpy"] {
            assert!(is_python(Path::new("/usr/bin").join(name).as_path()), "{name}");
        }
        for name in ["python3-config", "python3.11-config", "pythonw.exe", "perl", "pypy3-venv"] {
            assert!(!is_python(Path::new("/usr/bin").join(name).as_path()), "{name}");
        }
    }
}
