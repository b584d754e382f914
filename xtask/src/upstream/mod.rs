//! `cargo xtask upstream`: runs HPy's own tests and examples on `hpy-host`.
//!
//! HPy's own test suite, from the sdist on PyPI, with its runtime replaced by ours: every `universal`, `debug` and
//! `trace` test except those of HPy's build; and its examples. Each C file is compiled once, for all interpreters.

mod compiler;
mod known;
mod report;

use std::path::PathBuf;

use crate::args::Args;
use crate::cache::{self, Cache};
use crate::r#gen::sdist;
use crate::interpreters::{self, Host};
use crate::platform::Platform;
use crate::progress::Progress;
use crate::test::pytest::Session;
use crate::test::rows::Row;
use crate::{paths, wheel};
pub(crate) use compiler::Compiler;
use known::Known;

/// The parts of the sdist that have tests which are run as they are.
const TESTS: &[&str] =
    &["test", "proof-of-concept/test_pof.py", "docs/porting-example/steps/test_porting_example.py"];

/// Runs the command.
///
/// `--python NAME|PATH` (repeatable) narrows the interpreters, `-k EXPR` goes to pytest, `--json FILE` keeps the table.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let mut args = Args::new(args);
    let wanted = args.values("--python")?;
    let expression = args.value("-k")?;
    let json = args.value("--json")?;
    args.finish()?;

    let progress = Progress::start();
    let root = paths::workspace();
    let cache = Cache::locate()?;
    let known = Known::read(&root.join("tests/upstream/known.toml"))?;
    let rows = rows(&cache, &wanted)?;

    let output = root.join("target/upstream");
    cache::fresh(&output)?;
    let packages = output.join("packages");
    let examples = output.join("examples");
    let wheel = wheel::build(
        &cache,
        &root.join("hpy-host-py"),
        Platform::This,
        "dev",
        &output.join("wheel"),
        progress,
    )?;
    wheel::unpack(&cache, &wheel, &packages)?;
    let sdist = sdist::folder()?;
    let compiler = Compiler::prepare(&cache, &sdist, progress)?;

    let mut tests: Vec<PathBuf> = TESTS.iter().map(|name| sdist.join(name)).collect();
    tests.push(root.join("tests/upstream"));
    let session = Session {
        cache: &cache,
        tests: &tests,
        root: &sdist,
        packages: &|_| vec![paths::assets().join("upstream"), packages.clone(), sdist.clone()],
        plugins: &["hpy_upstream"],
        variables: &|row| {
            let mut variables = compiler.variables();
            variables.push(("HPY_SDIST", sdist.clone().into()));
            variables.push(("HPY_EXAMPLES", examples.clone().into()));
            // HPy's C modules are not made for threads without a GIL. Else it is turned on at the first import, with a
            // warning on standard error that some tests don't expect there.
            variables.push(("PYTHON_GIL", "1".into()));
            variables.push(("HPY_KNOWN", known.of(&row.interpreter.name).json().into()));
            variables
        },
        output: &output,
        expression: expression.as_deref(),
        shown: rows.len() == 1,
        progress,
    };
    let mut lines = session.run_all(rows);
    if expression.is_none() {
        for (row, outcome) in &mut lines {
            outcome.problems.extend(known.of(&row.interpreter.name).unmatched(&outcome.results));
        }
    }
    report::close(&lines, json.as_deref())
}

/// The interpreters named by `--python`, else all that are found, each with the host in our package.
fn rows(cache: &Cache, wanted: &[String]) -> Result<Vec<Row>, String> {
    let found = interpreters::all(cache).interpreters;
    let chosen = if wanted.is_empty() {
        found
    } else {
        wanted.iter().map(|name| interpreters::named(&found, name)).collect::<Result<_, _>>()?
    };
    if chosen.is_empty() {
        return Err("no Python was found: `cargo xtask interpreters --get all`".to_owned());
    }
    Ok(chosen.into_iter().map(|interpreter| Row { interpreter, host: Host::Embedded }).collect())
}
