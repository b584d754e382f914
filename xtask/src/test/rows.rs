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

/// What `--require` calls the interpreters of other platforms.
const PLATFORMS: &str = "platforms";

/// The rows of the interpreters named by `--python`, else of all that are found: of this machine, and with `--require platforms`
/// also of others.
pub(crate) fn select(
    cache: &Cache,
    wanted: &[String],
    required: &[String],
) -> Result<(Vec<Row>, Vec<Lost>), String> {
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
        if required.iter().any(|name| name == PLATFORMS) {
            [found.interpreters, found.foreign].concat()
        } else {
            found.interpreters
        }
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
    let lost = |name: &str, host| {
        let this = KNOWN.iter().all(|known| known.name != name || known.platform == Platform::This);
        let all = if this { "all" } else { PLATFORMS };
        Lost {
            interpreter: name.to_owned(),
            host,
            reason: format!("it is required and not here: `cargo xtask interpreters --get {all}`"),
        }
    };
    let mut missing = Vec::new();
    for name in required {
        if name == "all" {
            let names = KNOWN.iter().filter(|known| known.required && !has(known.name, None));
            missing.extend(names.map(|known| lost(known.name, "missing")));
            let hosts = OTHER_HOSTS.iter().filter(|(name, host)| has(name, None) && !has(name, Some(*host)));
            missing.extend(hosts.map(|(name, host)| lost(name, host.name())));
        } else if name == PLATFORMS {
            let foreign = KNOWN.iter().filter(|known| known.platform != Platform::This);
            missing.extend(
                foreign.filter(|known| !has(known.name, None)).map(|known| lost(known.name, "missing")),
            );
        } else if KNOWN.iter().all(|known| known.name != name) {
            return Err(format!("--require: no interpreter is named {name}"));
        } else if !has(name, None) {
            missing.push(lost(name, "missing"));
        }
    }
    Ok(missing)
}

#[cfg(test)]
mod tests {
    use super::missing;

    #[test]
    fn what_is_required() {
        let names = |required: &str| -> Vec<String> {
            missing(&[], &[required.to_owned()]).unwrap().into_iter().map(|lost| lost.interpreter).collect()
        };
        assert!(names("all").contains(&"cp38".to_owned()) && !names("all").contains(&"win39".to_owned()));
        let platforms = names("platforms");
        assert!(platforms.contains(&"win39".to_owned()) && platforms.contains(&"arm313".to_owned()));
        assert!(!platforms.contains(&"cp38".to_owned()));
        assert_eq!(names("win314"), ["win314"]);
        let lost = missing(&[], &["win314".to_owned()]).unwrap();
        assert!(lost[0].reason.ends_with("--get platforms`"), "{}", lost[0].reason);
        assert!(missing(&[], &["cp37".to_owned()]).is_err());
    }
}
