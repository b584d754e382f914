//! `cargo xtask interpreters`: lists the interpreters of this machine and fetches missing ones.

mod find;
mod get;
mod known;
mod probe;
mod ready;
mod tools;

use serde_json::{Value, json};

pub(crate) use find::{Found, Interpreter, all, named};
pub(crate) use get::wine;
pub(crate) use known::KNOWN;
pub(crate) use probe::Host;
pub(crate) use ready::{Ready, install_for, numpy, ready};
pub(crate) use tools::{maturin, maturin_python};

use crate::args::Args;
use crate::cache::Cache;
use crate::table::{self, Align, Table};

/// Runs the command.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let mut args = Args::new(args);
    let json = args.value("--json")?;
    let mut wanted = args.values("--get")?;
    let rest = args.rest()?;
    if wanted.is_empty() && !rest.is_empty() {
        return Err(format!("unexpected argument {}", rest[0]));
    }
    wanted.extend(rest);
    let cache = Cache::locate()?;
    let got = if wanted.is_empty() { Ok(()) } else { get::get(&cache, &wanted) };
    let found = all(&cache);
    print(&found);
    if let Some(path) = json {
        table::write_json(
            &path,
            &Value::Array(found.interpreters.iter().chain(&found.foreign).map(description).collect()),
        )?;
    }
    got
}

fn print(found: &Found) {
    let columns = ["interpreter", "implementation", "version", "host", "native HPy", "from", "path"];
    let mut table = Table::new(columns.map(|name| (name, Align::Left)));
    for one in found.interpreters.iter().chain(&found.foreign) {
        table.row([
            one.name.clone(),
            one.probe.implementation().to_owned(),
            one.probe.version(),
            one.host().name().to_owned(),
            one.native.as_ref().map_or("-", |(_, version)| version).to_owned(),
            one.origin.name().to_owned(),
            one.path.display().to_string(),
        ]);
    }
    table.print();
    for (path, error) in &found.broken {
        println!("{} doesn't run: {error}", path.display());
    }
    for path in &found.too_old {
        println!("{} is left out: older than Python 3.8", path.display());
    }
    let missing = KNOWN.iter().filter(|known| known.required);
    let missing = missing.filter(|known| found.interpreters.iter().all(|one| one.name != known.name));
    let missing: Vec<&str> = missing.map(|known| known.name).collect();
    if !missing.is_empty() {
        println!("Missing: {}. `cargo xtask interpreters --get all` fetches them.", missing.join(", "));
    }
}

fn description(one: &Interpreter) -> Value {
    json!({
        "interpreter": one.name,
        "implementation": one.probe.implementation(),
        "version": one.probe.version(),
        "path": one.path,
        "from": one.origin.name(),
        "host": one.host().name(),
        "native_hpy": one.native.as_ref().map(|(_, version)| version),
    })
}
