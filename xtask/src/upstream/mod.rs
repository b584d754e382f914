//! `cargo xtask upstream`: runs HPy's own tests and examples on `hpy-host`.
//!
//! HPy's own test suite, from the sdist on PyPI, with its runtime replaced by ours: every `universal`, `debug` and
//! `trace` test except those of HPy's build; and its examples. Each C file is compiled once, for all interpreters.

mod compiler;
mod known;
mod report;
mod requests;

use std::path::{Path, PathBuf};

use crate::args::Args;
use crate::cache::{self, Cache};
use crate::r#gen::sdist;
use crate::interpreters::{self, Host};
use crate::platform::Platform;
use crate::progress::Progress;
use crate::test::pytest::Session;
use crate::test::rows::Row;
use crate::{paths, process, wheel};
pub(crate) use compiler::Compiler;
use known::Known;
use requests::Requests;

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
    let sdist = sdist::folder()?;
    let requests = Requests::new(output.join("requests"))?;
    let mut compilers = Vec::new();
    for platform in Platform::ALL {
        if rows.iter().any(|row| row.interpreter.platform == platform) {
            need_cxx(platform)?;
            let (package, folder) = (root.join("hpy-host-py"), output.join(platform.name()));
            let wheel = wheel::build(&cache, &package, platform, "dev", &folder.join("wheel"), progress)?;
            wheel::unpack(&cache, &wheel, &folder.join("packages"))?;
            compilers.push((platform, Compiler::prepare(&cache, &sdist, platform, progress)?));
        }
    }

    let mut tests: Vec<PathBuf> = TESTS.iter().map(|name| sdist.join(name)).collect();
    tests.push(root.join("tests/upstream"));
    for row in rows.iter().filter(|row| row.interpreter.platform == Platform::Windows) {
        cache::fresh(&temporary(&output, row))?;
    }
    let session = Session {
        cache: &cache,
        tests: &tests,
        root: &sdist,
        packages: &|row| {
            let packages = output.join(row.interpreter.platform.name()).join("packages");
            vec![paths::assets().join("upstream"), packages, sdist.clone()]
        },
        plugins: &["hpy_upstream"],
        variables: &|row| {
            let platform = row.interpreter.platform;
            let (_, compiler) = compilers.iter().find(|(of, _)| *of == platform).expect("one for each row");
            let mut variables = compiler.variables();
            variables.push(("HPY_SDIST", platform.path(&sdist)));
            variables.push(("HPY_EXAMPLES", platform.path(&output.join(platform.name()).join("examples"))));
            // HPy's C modules are not made for threads without a GIL. Else it is turned on at the first import, with a
            // warning on standard error that some tests don't expect there.
            variables.push(("PYTHON_GIL", "1".into()));
            variables.push(("HPY_KNOWN", known.of(&row.interpreter.name).json().into()));
            if platform == Platform::Windows {
                variables.push(("HPY_REQUESTS", platform.path(requests.folder())));
                // Else the sources are in a folder of wine's own.
                variables.push(("PYTEST_DEBUG_TEMPROOT", platform.path(&temporary(&output, row))));
            }
            variables
        },
        output: &output,
        expression: expression.as_deref(),
        shown: rows.len() == 1,
        progress,
    };
    let mut lines = requests.during(|| session.run_all(rows));
    if expression.is_none() {
        for (row, outcome) in &mut lines {
            outcome.problems.extend(known.of(&row.interpreter.name).unmatched(&outcome.results));
        }
    }
    report::close(&lines, json.as_deref())
}

/// Where pytest makes the temporary folders of a row.
fn temporary(output: &Path, row: &Row) -> PathBuf {
    output.join(format!("tmp-{}", row.interpreter.name))
}

/// Some examples are in C++, whose compiler nothing else here needs.
fn need_cxx(platform: Platform) -> Result<(), String> {
    let cxx = platform.cxx().to_string_lossy().into_owned();
    if platform == Platform::This || process::exists(&cxx) {
        return Ok(());
    }
    let package =
        if platform == Platform::Windows { "g++-mingw-w64-x86-64" } else { "g++-aarch64-linux-gnu" };
    Err(format!("{cxx} is needed: `apt-get install {package}`"))
}

/// The interpreters named by `--python`, else all of this machine, each with the host in our package.
fn rows(cache: &Cache, wanted: &[String]) -> Result<Vec<Row>, String> {
    let found = interpreters::all(cache);
    let chosen = if wanted.is_empty() {
        found.interpreters
    } else {
        let found = [found.interpreters, found.foreign].concat();
        wanted.iter().map(|name| interpreters::named(&found, name)).collect::<Result<_, _>>()?
    };
    if chosen.is_empty() {
        return Err("no Python was found: `cargo xtask interpreters --get all`".to_owned());
    }
    Ok(chosen.into_iter().map(|interpreter| Row { interpreter, host: Host::Embedded }).collect())
}
