//! The interpreters and hosts that run the tests.

use crate::cache::Cache;
use crate::interpreters::{self, Host, Interpreter, KNOWN};
use crate::platform::Platform;

/// The rows beside each interpreter's own host that `--require all` insists on.
const OTHER_HOSTS: &[(&str, Host)] =
    &[("cp311", Host::Native), ("pypy7319", Host::Embedded), ("graalpy24", Host::Native)];

/// One run of pytest.
pub(crate) struct Row {
    pub(crate) interpreter: Interpreter,
    pub(crate) host: Host,
}

impl Row {
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.interpreter.name, self.host.name())
    }

    /// Those that take longest, to begin with them.
    pub(crate) fn is_slow(&self) -> bool {
        self.interpreter.probe.implementation() != "CPython" || self.interpreter.platform != Platform::This
    }
}

/// A row that can't be run.
pub(crate) struct Lost {
    pub(crate) interpreter: String,
    pub(crate) host: &'static str,
    pub(crate) reason: String,
}

/// The rows of the interpreters named by `--python`, else of all that are found.
pub(crate) fn select(cache: &Cache, wanted: &[String]) -> Result<(Vec<Row>, Vec<Lost>), String> {
    let found = interpreters::all(cache);
    let mut lost = Vec::new();
    let chosen = if wanted.is_empty() {
        for (path, error) in found.broken {
            if path.starts_with(cache.path()) {
                let interpreter = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                lost.push(Lost { interpreter, host: "broken", reason: error });
            } else {
                println!("{} is left out, it doesn't run: {error}", path.display());
            }
        }
        found.interpreters
    } else {
        let all = [found.interpreters, found.foreign].concat();
        wanted.iter().map(|name| interpreters::named(&all, name)).collect::<Result<_, _>>()?
    };
    if chosen.is_empty() {
        return Err("no Python was found: `cargo xtask interpreters --get all`".to_owned());
    }
    Ok((chosen.into_iter().flat_map(of).collect(), lost))
}

/// The interpreter with the host that an extension gets by itself, and with the other one if it has two.
fn of(interpreter: Interpreter) -> Vec<Row> {
    let default = interpreter.host();
    let mut rows = vec![Row { interpreter: interpreter.clone(), host: default }];
    if let Some((path, _)) = interpreter.native.clone() {
        let (host, path) = match default {
            Host::Native => (Host::Embedded, interpreter.path.clone()),
            Host::Embedded => (Host::Native, path),
        };
        rows.push(Row { interpreter: Interpreter { path, ..interpreter }, host });
    }
    rows
}

/// Those of `--require` that have no row.
pub(crate) fn missing(rows: &[Row], required: &[String]) -> Result<Vec<Lost>, String> {
    let has = |name: &str, host: Option<Host>| {
        rows.iter().any(|row| row.interpreter.name == name && host.is_none_or(|host| host == row.host))
    };
    let lost = |name: &str, host| Lost {
        interpreter: name.to_owned(),
        host,
        reason: "it is required and not here: `cargo xtask interpreters --get all`".to_owned(),
    };
    let mut missing = Vec::new();
    for name in required {
        if name == "all" {
            let names = KNOWN.iter().filter(|known| known.required && !has(known.name, None));
            missing.extend(names.map(|known| lost(known.name, "missing")));
            let hosts = OTHER_HOSTS.iter().filter(|(name, host)| has(name, None) && !has(name, Some(*host)));
            missing.extend(hosts.map(|(name, host)| lost(name, host.name())));
        } else if KNOWN.iter().all(|known| known.name != name) {
            return Err(format!("--require: no interpreter is named {name}"));
        } else if !has(name, None) {
            missing.push(lost(name, "missing"));
        }
    }
    Ok(missing)
}
