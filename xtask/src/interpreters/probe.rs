//! Probes an interpreter for its properties.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::platform::Platform;
use crate::{paths, process};

/// The answer of `assets/probe.py`.
#[derive(Clone, Debug)]
pub(crate) struct Probe {
    /// As `sys.implementation.name`.
    implementation: String,
    version: Vec<u64>,
    python: (u64, u64),
    debug: bool,
    free_threaded: bool,
    /// The version of the HPy host that it has.
    hpy: Option<String>,
    has_pytest: bool,
    executable: PathBuf,
}

/// Who serves the functions of HPy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    /// The interpreter itself, or its package `hpy`.
    Native,
    /// The one that is inside the extension.
    Embedded,
}

impl Host {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Embedded => "embedded",
        }
    }
}

impl Probe {
    /// Runs the interpreter.
    pub(super) fn run(python: &Path, platform: Platform) -> Result<Self, String> {
        Self::ask(python, platform, &[])
    }

    /// Runs the interpreter and checks that it has what tests and demo need.
    pub(super) fn verify(python: &Path, platform: Platform) -> Result<Self, String> {
        Self::ask(python, platform, &["--verify"])
    }

    fn ask(python: &Path, platform: Platform, options: &[&str]) -> Result<Self, String> {
        let mut command = process::command(python);
        let output =
            process::output(command.arg(platform.path(&paths::assets().join("probe.py"))).args(options))?;
        serde_json::from_str(&output)
            .ok()
            .and_then(|value| Self::from_json(&value))
            .ok_or_else(|| format!("{} printed no description of itself: {output}", python.display()))
    }

    pub(super) fn from_json(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        let flag = |name: &str| value.get(name)?.as_bool();
        let numbers =
            |name: &str| value.get(name)?.as_array()?.iter().map(Value::as_u64).collect::<Option<Vec<_>>>();
        let &[major, minor, ..] = &*numbers("python")? else { return None };
        let version = numbers("version").filter(|version| version.len() == 3)?;
        Some(Self {
            implementation: text("implementation")?,
            version,
            python: (major, minor),
            debug: flag("debug")?,
            free_threaded: flag("free_threaded")?,
            hpy: text("hpy"),
            has_pytest: flag("pytest")?,
            executable: text("executable")?.into(),
        })
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "implementation": self.implementation,
            "version": self.version,
            "python": [self.python.0, self.python.1],
            "debug": self.debug,
            "free_threaded": self.free_threaded,
            "hpy": self.hpy,
            "pytest": self.has_pytest,
            "executable": self.executable,
        })
    }

    /// `cp311`, `cp313t`, `cp314d`, `pypy7319`, `pypy8`, `graalpy25`.
    pub(crate) fn name(&self) -> String {
        let [major, minor, patch] = self.version[..] else { unreachable!("checked by from_json") };
        match self.implementation.as_str() {
            "cpython" => {
                let threads = if self.free_threaded { "t" } else { "" };
                let debug = if self.debug { "d" } else { "" };
                format!("cp{major}{minor}{threads}{debug}")
            }
            "pypy" if major == 7 => format!("pypy{major}{minor}{patch}"),
            other => format!("{other}{major}"),
        }
    }

    pub(crate) fn implementation(&self) -> &str {
        match self.implementation.as_str() {
            "cpython" => "CPython",
            "pypy" => "PyPy",
            "graalpy" => "GraalPy",
            other => other,
        }
    }

    pub(crate) fn version(&self) -> String {
        self.version.iter().map(u64::to_string).collect::<Vec<_>>().join(".")
    }

    /// For comparisons.
    pub(super) fn version_numbers(&self) -> &[u64] {
        &self.version
    }

    /// Major and minor version of the language.
    pub(crate) fn python(&self) -> (u64, u64) {
        self.python
    }

    pub(crate) fn is_supported(&self) -> bool {
        self.python >= (3, 8)
    }

    pub(crate) fn is_graalpy(&self) -> bool {
        self.implementation == "graalpy"
    }

    pub(crate) fn has_pytest(&self) -> bool {
        self.has_pytest
    }

    /// The interpreter behind virtual environments and links.
    pub(super) fn executable(&self) -> &Path {
        &self.executable
    }

    /// The version of its HPy host, if that speaks the ABI of our extensions.
    pub(crate) fn native_hpy(&self) -> Option<&str> {
        self.hpy.as_deref().filter(|version| version.starts_with("0.9."))
    }

    /// The host that an extension gets by itself: the native one where it is known to be sound.
    pub(crate) fn host(&self) -> Host {
        if self.implementation == "pypy" && self.native_hpy().is_some() {
            Host::Native
        } else {
            Host::Embedded
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Host, Probe};

    fn probe(implementation: &str, version: [u64; 3], flags: (bool, bool), hpy: Option<&str>) -> Probe {
        let value = json!({
            "implementation": implementation, "version": version, "python": [3, 11, 0], "debug": flags.0,
            "free_threaded": flags.1, "hpy": hpy, "pytest": true, "executable": "/usr/bin/python3",
        });
        Probe::from_json(&value).unwrap()
    }

    #[test]
    fn names() {
        let name = |implementation, version, flags| probe(implementation, version, flags, None).name();
        assert_eq!(name("cpython", [3, 8, 18], (false, false)), "cp38");
        assert_eq!(name("cpython", [3, 14, 8], (true, false)), "cp314d");
        assert_eq!(name("cpython", [3, 13, 15], (false, true)), "cp313t");
        assert_eq!(name("pypy", [7, 3, 19], (false, false)), "pypy7319");
        assert_eq!(name("pypy", [8, 0, 1], (false, false)), "pypy8");
        assert_eq!(name("graalpy", [25, 0, 3], (false, false)), "graalpy25");
    }

    #[test]
    fn hosts() {
        let host = |implementation, version, hpy| probe(implementation, version, (false, false), hpy).host();
        assert_eq!(host("pypy", [7, 3, 19], Some("0.9.1.dev61+gabc")), Host::Native);
        assert_eq!(host("pypy", [7, 3, 11], Some("0.0.4")), Host::Embedded);
        assert_eq!(host("pypy", [8, 0, 1], None), Host::Embedded);
        assert_eq!(host("cpython", [3, 11, 7], Some("0.9.0")), Host::Embedded);
        assert_eq!(host("graalpy", [24, 2, 2], Some("0.9.0")), Host::Embedded);
    }

    #[test]
    fn survives_its_own_json() {
        let probe = probe("pypy", [7, 3, 19], (false, false), Some("0.9.1.dev61"));
        let again = Probe::from_json(&probe.to_json()).unwrap();
        assert_eq!(format!("{probe:?}"), format!("{again:?}"));
    }
}
