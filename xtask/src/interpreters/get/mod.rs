//! Fetches interpreters into the cache, one after the other beside the slow ones.

mod apt;
mod debian;
mod graalpy;
mod qemu;
mod system;
mod wine;

use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use super::find::{self, Interpreter, Origin};
use super::known::{self, KNOWN, Known, Source};
use super::probe::Probe;
use super::{ready, tools};
use crate::cache::{self, Cache};
use crate::platform::Platform;
use crate::progress::Progress;

pub(crate) use wine::runner as wine;

/// Makes the named interpreters run from the cache: `all` of this machine, `platforms` those of others. What runs already is only verified.
pub(super) fn get(cache: &Cache, names: &[String]) -> Result<(), String> {
    let mut wanted = Vec::new();
    for name in names {
        if name == "all" {
            wanted.extend(KNOWN.iter().filter(|known| known.platform == Platform::This));
        } else if name == "platforms" {
            wanted.extend(KNOWN.iter().filter(|known| known.platform != Platform::This));
        } else {
            wanted.push(known::find(name).ok_or_else(|| unknown(name))?);
        }
    }
    let progress = Progress::start();
    let _lock = cache.lock()?;
    tools::prepare(cache, progress)?;
    // The environments of others come last.
    let (hosts, wanted): (Vec<&Known>, _) =
        wanted.into_iter().partition(|known| matches!(known.sources, [Source::NativeHost { .. }]));
    let (slow, quick) = wanted.into_iter().partition(|known| is_slow(known));
    let failed = Mutex::new(Vec::new());
    let work = |list: Vec<&Known>| {
        for known in list {
            if let Err(error) = get_one(cache, known, progress) {
                progress.step(known.name, format!("FAILED: {error}"));
                failed.lock().expect("no worker panics").push(known.name);
            }
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| work(slow));
        work(quick);
    });
    work(hosts);
    cache.clean();
    let failed = failed.into_inner().expect("no worker panics");
    if failed.is_empty() { Ok(()) } else { Err(format!("can't get {}", failed.join(", "))) }
}

fn unknown(name: &str) -> String {
    let names: Vec<&str> = KNOWN.iter().map(|known| known.name).collect();
    format!("no interpreter is named {name}; there are all, platforms, {}", names.join(", "))
}

/// Builds and big downloads.
fn is_slow(known: &Known) -> bool {
    known
        .sources
        .iter()
        .any(|source| matches!(source, Source::Build { .. } | Source::Maven { .. } | Source::Windows { .. }))
}

fn get_one(cache: &Cache, known: &Known, progress: Progress) -> Result<(), String> {
    let start = Instant::now();
    let name = known.name;
    let wrapper = cache.wrapper(name);
    if wrapper.exists() && !find::is_outdated(cache, name) {
        match verify(cache, known) {
            Ok(one) => return done(&one, "kept", start, progress),
            Err(error) => progress.step(name, format!("no longer works, is made anew: {error}")),
        }
    }
    cache::remove(&wrapper);
    cache::remove(&cache.info(name));
    let mut reasons = Vec::new();
    for source in known.sources {
        match make(cache, known, *source, progress).and_then(|()| verify(cache, known)) {
            Ok(one) => return done(&one, "ready", start, progress),
            Err(error) => reasons.push(error),
        }
    }
    cache::remove(&wrapper);
    reasons.extend(known.advice());
    Err(reasons.join("\n  "))
}

fn done(one: &Interpreter, what: &str, start: Instant, progress: Progress) -> Result<(), String> {
    let (probe, seconds) = (&one.probe, start.elapsed().as_secs_f64());
    let line = format!("{what}: {} {}, {seconds:.1} s", probe.implementation(), probe.version());
    let name = one.path.file_name().unwrap_or_default().to_string_lossy();
    progress.step(&name, line);
    Ok(())
}

/// Runs the interpreter of the cache and remembers what it says.
fn verify(cache: &Cache, known: &Known) -> Result<Interpreter, String> {
    let wrapper = cache.wrapper(known.name);
    let probe = Probe::verify(&wrapper, known.platform)?;
    let expected = match known.sources {
        [Source::NativeHost { of }] if probe.native_hpy().is_some() => of,
        [Source::NativeHost { .. }] => return Err("its package hpy is not of version 0.9".to_owned()),
        _ => known.name,
    };
    if known.platform.interpreter(probe.name()) != expected {
        return Err(format!("it is {} {}, not {expected}", probe.implementation(), probe.version()));
    }
    find::remember(cache, known.name, &probe)?;
    Ok(Interpreter::new(Origin::Cache, wrapper, probe))
}

fn make(cache: &Cache, known: &Known, source: Source, progress: Progress) -> Result<(), String> {
    let name = known.name;
    let (base, more): (_, &[&str]) = match source {
        Source::Windows { version } => return wine::fetch(cache, name, version, progress),
        Source::Package { suite, package, program } if known.platform == Platform::LinuxArm => {
            return qemu::fetch(cache, name, (suite, package, program), progress);
        }
        Source::Maven { version, llvm } => return graalpy::fetch(cache, name, version, llvm, progress),
        Source::Machine => {
            let one = find::on_machine(cache, name).ok_or("not on this machine")?;
            progress.step(name, format!("found {}", one.path.display()));
            (one.path, &[])
        }
        Source::Package { suite, package, program } => {
            (debian::unpack(cache, name, (suite, package, program), &debian::AMD64, progress)?, &[])
        }
        Source::Build { suite, package, program, configure } => {
            (debian::build(cache, name, (suite, package, program), configure, progress)?, &[])
        }
        Source::NativeHost { of } => (cache.wrapper(of), &[known::NATIVE_HPY]),
    };
    let python = Probe::run(&base, known.platform)?.python();
    progress.step(name, format!("environment with {}", [&[known::pytest(python)], more].concat().join(", ")));
    let program = ready::environment(cache, &base, python, &cache.venv(name), more)?;
    ready::wrapper(&cache.wrapper(name), &format!("exec \"{}\" \"$@\"", program.display()))
}
