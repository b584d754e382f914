//! Runs pytest on one interpreter, through crashes and hangs.

use std::ffi::OsString;
use std::fs::{self, File};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use super::report::{Counts, Ending, Report};
use super::rows::Row;
use crate::cache::{self, Cache};
use crate::interpreters;
use crate::platform::Platform;
use crate::progress::Progress;
use crate::{paths, process};

/// An interpreter whose report stays as it is for so long hangs.
const HANGS_AFTER: Duration = Duration::from_secs(600);

/// A line of progress comes this often.
const NEWS_EVERY: Duration = Duration::from_secs(20);

/// After so many crashes the rest is not tried.
const MOST_CRASHES: usize = 20;

/// Of the environment.
pub(crate) type Variable = (&'static str, OsString);

/// What all rows share.
pub(crate) struct Session<'a> {
    pub(crate) cache: &'a Cache,
    /// The folders and files of the tests.
    pub(crate) tests: &'a [PathBuf],
    /// Where the names of tests begin.
    pub(crate) root: &'a Path,
    /// Folders on PYTHONPATH.
    pub(crate) packages: &'a (dyn Fn(&Row) -> Vec<PathBuf> + Sync),
    /// pytest plugins, besides the one that reports.
    pub(crate) plugins: &'a [&'a str],
    /// What the tests of a row are told by environment variables.
    pub(crate) variables: &'a (dyn Fn(&Row) -> Vec<Variable> + Sync),
    /// Where logs and reports go.
    pub(crate) output: &'a Path,
    /// `-k`.
    pub(crate) expression: Option<&'a str>,
    /// Show pytest's output as it comes instead of in the log.
    pub(crate) shown: bool,
    pub(crate) progress: Progress,
}

/// What a row has come to.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) counts: Counts,
    pub(crate) seconds: f64,
    /// Failed tests, crashes and hangs.
    pub(crate) problems: Vec<String>,
    /// Each test that came to an end, and how.
    pub(crate) results: Vec<(String, Ending)>,
    /// pytest's output, if it wasn't shown.
    pub(crate) log: Option<PathBuf>,
}

impl Outcome {
    /// One failure, before any test ran.
    pub(crate) fn failed(reason: String) -> Self {
        let counts = Counts { failed: 1, ..Counts::default() };
        Self { counts, problems: vec![reason], ..Self::default() }
    }
}

/// How the interpreter ended.
struct End {
    status: ExitStatus,
    /// It was ended because it hung.
    hung: bool,
}

impl Session<'_> {
    /// Runs the rows, as many at a time as there are processors, in the order of how long they take.
    pub(crate) fn run_all(&self, rows: Vec<Row>) -> Vec<(Row, Outcome)> {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&index| rows[index].is_slow());
        let queue = Mutex::new(order);
        let done = Mutex::new(Vec::new());
        let next = || queue.lock().expect("no worker panics").pop();
        thread::scope(|scope| {
            for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
                scope.spawn(|| {
                    while let Some(index) = next() {
                        let outcome = self.run(&rows[index]);
                        done.lock().expect("no worker panics").push((index, outcome));
                    }
                });
            }
        });
        let mut done = done.into_inner().expect("no worker panics");
        done.sort_by_key(|(index, _)| *index);
        rows.into_iter().zip(done.into_iter().map(|(_, outcome)| outcome)).collect()
    }

    /// Runs all tests on the row's interpreter.
    fn run(&self, row: &Row) -> Outcome {
        let start = Instant::now();
        self.progress.step(&row.name(), "begins");
        let mut outcome = self.try_run(row).unwrap_or_else(Outcome::failed);
        outcome.seconds = start.elapsed().as_secs_f64();
        let line = format!("{} in {:.1} s", outcome.counts, outcome.seconds);
        self.progress.step(&row.name(), line);
        outcome
    }

    fn try_run(&self, row: &Row) -> Result<Outcome, String> {
        let ready = interpreters::ready(self.cache, &row.interpreter, self.progress)?;
        let numpy = interpreters::numpy(self.cache, &row.interpreter, self.progress);
        let path = [paths::assets()].into_iter().chain((self.packages)(row));
        let path = path.chain(ready.path).chain(numpy);
        let path = row.interpreter.platform.paths(path)?;
        let file = row.name().replace('/', "-");
        let log = self.output.join(format!("{file}.log"));
        let report = self.output.join(format!("{file}.jsonl"));
        cache::remove(&log);
        cache::remove(&report);
        let mut crashes = Vec::new();
        let mut crashed_in = String::new();
        loop {
            let end = self.pytest(row, &ready.python, &path, &log, &report)?;
            let seen = Report::read(&report);
            match reason(&end, &seen) {
                None => {}
                // In the middle of the tests: those that were not reached are run now.
                Some(reason) if seen.status.is_none() && !seen.last.is_empty() => {
                    crashes.push(format!("{}: {reason}", seen.last));
                    let further = seen.last != crashed_in;
                    crashed_in = seen.last;
                    if further && crashes.len() < MOST_CRASHES {
                        continue;
                    }
                }
                Some(reason) => crashes.push(reason),
            }
            let mut counts = seen.counts;
            counts.failed += crashes.len() as u64;
            let mut problems = seen.failures;
            problems.extend(crashes);
            if counts.passed == 0 && problems.is_empty() {
                problems.push("no test passed".to_owned());
            }
            let log = (!self.shown).then_some(log);
            return Ok(Outcome { counts, problems, results: seen.results, log, seconds: 0.0 });
        }
    }

    fn pytest(
        &self,
        row: &Row,
        python: &Path,
        path: &OsString,
        log: &Path,
        report: &Path,
    ) -> Result<End, String> {
        let mut command = process::command(python);
        command.args([
            "-m",
            "pytest",
            "-p",
            "hpy_report",
            "-p",
            "no:cacheprovider",
            "-q",
            "-rfE",
            "--tb=short",
            "--continue-on-collection-errors",
        ]);
        command.args(self.plugins.iter().flat_map(|name| ["-p", name]));
        // Where an example has a pyproject.toml, pytest would take its folder for the root.
        let platform = row.interpreter.platform;
        command.arg("--rootdir").arg(platform.path(self.root));
        command
            .args(self.tests.iter().map(|path| platform.path(path)))
            .args(self.expression.map(|text| format!("-k={text}")));
        command.env("PYTHONPATH", path).env("HPY_REPORT", platform.path(report));
        command.env("HPY_HOST", row.host.name()).envs((self.variables)(row));
        let failed = |error| format!("can't run {}: {error}", python.display());
        if self.shown && platform != Platform::Windows {
            return self.watch(row, &mut command.spawn().map_err(failed)?, report);
        }
        let mut file = log_file(log)?;
        if platform != Platform::Windows {
            command.stdout(file.try_clone().map_err(failed)?).stderr(file);
            return self.watch(row, &mut command.spawn().map_err(failed)?, report);
        }
        // Under wine Python can't write to a file that it is started with.
        let (mut output, input) = std::io::pipe().map_err(failed)?;
        command.stdout(input.try_clone().map_err(failed)?).stderr(input);
        let mut child = command.spawn().map_err(failed)?;
        drop(command);
        // Wine's own processes may hold the other end for seconds after the program has ended.
        let copied = thread::spawn(move || std::io::copy(&mut output, &mut file));
        let end = self.watch(row, &mut child, report);
        let ended = Instant::now();
        while !copied.is_finished() && ended.elapsed() < Duration::from_secs(2) {
            thread::sleep(Duration::from_millis(20));
        }
        if self.shown {
            print!("{}", fs::read_to_string(log).unwrap_or_default());
        }
        end
    }

    /// Waits for the end, tells how far it is, and ends what hangs.
    fn watch(&self, row: &Row, child: &mut Child, report: &Path) -> Result<End, String> {
        let mut size = 0;
        let mut grown = Instant::now();
        let mut told = Instant::now();
        loop {
            if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
                return Ok(End { status, hung: false });
            }
            thread::sleep(Duration::from_millis(20));
            let now = fs::metadata(report).map_or(0, |file| file.len());
            if now != size {
                (size, grown) = (now, Instant::now());
            }
            if !self.shown && told.elapsed() > NEWS_EVERY {
                told = Instant::now();
                let counts = Report::read(report).counts;
                let line = format!("… {} tests so far", counts.passed + counts.failed + counts.skipped);
                self.progress.step(&row.name(), line);
            }
            if grown.elapsed() > HANGS_AFTER {
                // It may end by itself in this moment.
                let _ = child.kill();
                let status = child.wait().map_err(|error| error.to_string())?;
                return Ok(End { status, hung: true });
            }
        }
    }
}

fn log_file(log: &Path) -> Result<File, String> {
    let file = File::options().create(true).append(true).open(log);
    file.map_err(|error| format!("can't write {}: {error}", log.display()))
}

/// Why this is not a run that ended with counted results.
fn reason(end: &End, report: &Report) -> Option<String> {
    let End { status, hung } = end;
    if *hung {
        return Some(format!("no result for {} s", HANGS_AFTER.as_secs()));
    }
    let place = if report.status.is_some() { "after the last test" } else { "" };
    if let Some(signal) = status.signal() {
        return Some(format!("killed by {} {place}", signal_name(signal)).trim_end().to_owned());
    }
    let code = status.code().unwrap_or(-1);
    match report.status {
        None => Some(format!("ended with status {code} before pytest did")),
        // 0: all passed, 1: some failed, 5: no tests.
        Some(expected @ (0 | 1 | 5)) if u64::try_from(code) == Ok(expected) => None,
        Some(expected) => Some(format!("ended with status {code}, pytest with {expected}")),
    }
}

fn signal_name(signal: i32) -> String {
    match signal {
        4 => "SIGILL".to_owned(),
        6 => "SIGABRT".to_owned(),
        7 => "SIGBUS".to_owned(),
        8 => "SIGFPE".to_owned(),
        9 => "SIGKILL".to_owned(),
        11 => "SIGSEGV".to_owned(),
        other => format!("signal {other}"),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;
    use std::process::ExitStatus;

    use super::{End, Report, reason};

    #[test]
    fn ends_that_are_no_results() {
        let report = |status| Report { status, ..Report::default() };
        let raw = |status| End { status: ExitStatus::from_raw(status), hung: false };
        let exited = |code: i32| raw(code << 8);
        let hung = End { hung: true, ..raw(9) };
        assert_eq!(reason(&exited(1), &report(Some(1))), None);
        assert_eq!(reason(&hung, &report(None)).unwrap(), "no result for 600 s");
        assert_eq!(reason(&exited(2), &report(Some(2))).unwrap(), "ended with status 2, pytest with 2");
        assert_eq!(reason(&exited(0), &report(Some(1))).unwrap(), "ended with status 0, pytest with 1");
        assert_eq!(reason(&exited(3), &report(None)).unwrap(), "ended with status 3 before pytest did");
        assert_eq!(reason(&raw(11), &report(None)).unwrap(), "killed by SIGSEGV");
        assert_eq!(reason(&raw(6), &report(Some(0))).unwrap(), "killed by SIGABRT after the last test");
    }
}
