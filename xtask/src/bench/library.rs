//! The three libraries with the functions or the class, as one interpreter loads them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::rows::{Row, Unit};
use super::{Set, build};
use crate::cache;
use crate::interpreters::{Host, Interpreter};
use crate::progress::Progress;

const C: &str = "c";
const C_OVER_HPY: &str = "c_native";
const PYO3: &str = "pyo3";
const PYO3_ABI3: &str = "pyo3_abi3";

/// What was measured: for each library's label, each case's number.
pub(super) type Measured = HashMap<String, HashMap<String, f64>>;

/// A library as `benches/calls.py` takes it.
pub(super) struct Library {
    module: &'static str,
    /// Who made it; of ours, which host serves it. What ends with `native` is loaded by the interpreter's own HPy.
    pub(super) label: &'static str,
    pub(super) path: PathBuf,
}

impl Library {
    pub(super) fn argument(&self) -> String {
        format!("{}:{}:{}", self.module, self.label, self.path.display())
    }
}

/// Those that could be built for one interpreter.
pub(super) struct Libraries {
    pub(super) interpreter: String,
    pub(super) python: PathBuf,
    pub(super) all: Vec<Library>,
    pub(super) set: &'static Set,
    hosts: Vec<Host>,
}

impl Libraries {
    /// `ours` is the one file for all interpreters; `notes` gets what can't be built and why.
    pub(super) fn build(
        set: &'static Set,
        one: &Interpreter,
        ours: &Path,
        progress: Progress,
        notes: &mut Vec<String>,
    ) -> Result<Self, String> {
        let facts = build::facts(&one.path)?;
        let folder = build::folder().join(&one.name);
        cache::fresh(&folder)?;
        progress.step(&one.name, "building the C extension and PyO3's");
        let mut all = Vec::new();
        match build::c(set, &facts, &folder) {
            Ok(path) => all.push(Library { module: "bench_c", label: C, path }),
            Err(error) => notes.push(format!("{}: no C extension: {error}", one.name)),
        }
        let kinds = [(PYO3, false), (PYO3_ABI3, true)];
        for (label, abi3) in kinds {
            // PyPy has no such file: PyO3 builds the same one again.
            if abi3 && (!set.abi3 || one.probe.implementation() != "CPython") {
                continue;
            }
            match build::pyo3(set, abi3, &facts, &folder.with_extension("pyo3")) {
                Ok(built) => {
                    let path = folder.join(format!("{label}.so"));
                    build::copy(&built, &path)?;
                    all.push(Library { module: "bench_pyo3", label, path });
                }
                Err(error) => notes.push(format!("{}: no extension with PyO3: {error}", one.name)),
            }
        }
        if let (Host::Native, Some(source)) = (one.host(), set.c_over_hpy) {
            match build::c_over_hpy(source, &folder) {
                Ok(path) => all.push(Library { module: "bench_hpy", label: C_OVER_HPY, path }),
                Err(error) => notes.push(format!("{}: no C extension over HPy: {error}", one.name)),
            }
        }
        // First the host that an extension gets by itself.
        let hosts = match one.host() {
            Host::Native => vec![Host::Native, Host::Embedded],
            Host::Embedded => vec![Host::Embedded],
        };
        for host in &hosts {
            // A file for each, since in one process the statics of one file serve one host.
            let path = folder.join(format!("{}.hpy0.so", host.name()));
            build::copy(ours, &path)?;
            all.push(Library { module: "bench_ours", label: host.name(), path });
        }
        Ok(Self { interpreter: one.name.clone(), python: facts.executable, all, set, hosts })
    }

    /// The path of PyO3's.
    pub(super) fn pyo3(&self) -> Option<&Path> {
        self.path(PYO3)
    }

    /// The path of the one in C.
    pub(super) fn c(&self) -> Option<&Path> {
        self.path(C)
    }

    fn path(&self, label: &str) -> Option<&Path> {
        self.all.iter().find(|library| library.label == label).map(|library| &*library.path)
    }

    /// One row for each case and host of ours. By the interpreter's own host, C means C over HPy.
    pub(super) fn rows(&self, unit: Unit, measured: &Measured) -> Vec<Row> {
        let number = |label: &str, case: &str| measured.get(label)?.get(case).copied();
        let mut rows = Vec::new();
        for (i, host) in self.hosts.iter().enumerate() {
            let c = if *host == Host::Native { C_OVER_HPY } else { C };
            let other = if i == 0 { String::new() } else { format!("-{}", host.name()) };
            rows.extend(self.set.cases.iter().map(|case| Row {
                case: (*case).to_owned(),
                interpreter: format!("{}{other}", self.interpreter),
                unit,
                c: number(c, case),
                pyo3: number(PYO3, case),
                abi3: number(PYO3_ABI3, case),
                ours: number(host.name(), case),
            }));
        }
        rows
    }
}
