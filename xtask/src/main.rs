//! The task runner: `cargo xtask <command>`.

mod args;
mod bench;
mod cache;
mod demo;
mod r#gen;
mod interpreters;
mod overview;
mod paths;
mod platform;
mod process;
mod progress;
mod table;
mod test;
mod upstream;
mod wheel;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask <command>

  gen [--check] [capi | headers]
      write the generated files, or fail if they are stale; capi: only the table of the C API;
      headers: print the folder of HPy's C headers
  interpreters [--json FILE] [--get all|platforms|NAME...]
      list the Pythons of this machine, fetch missing ones
  test [--python NAME|PATH]... [--require all|platforms|NAME]... [-k EXPR] [--json FILE]
      run all tests on every Python found; with -k only those in Python
  upstream [--python NAME|PATH]... [--json FILE] [-k EXPR]
      run HPy's own test suite, its examples and its proof of concept on hpy-host
  overview [--upstream FILE]... [--tests FILE]... [--micro FILE]... [--json FILE]
      print the table of docs/upstream.md from what upstream, test and bench micro wrote with --json
  demo [--json FILE]
      build examples/word_count into a wheel for each platform and run it on every Python found
  bench calls [--python NAME|PATH]... [--json FILE]
      compare a call with hand-written C and with PyO3: instructions, wall clock, size, build time
  bench classes [--python NAME|PATH]... [--json FILE]
      measure a class in C, with PyO3 and with ours
  bench micro [--python NAME|PATH]... [--json FILE]
      HPy's own microbenchmarks: a universal module on hpy-host, and the C API
  bench import [--python NAME|PATH]... [--json FILE]
      the time of an import, and a C extension's
  bench size [--json FILE]
      build time, memory and file size of a large extension, beside PyO3";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rest = args.get(1..).unwrap_or_default();
    let result = match args.first().map(String::as_str) {
        Some("gen") => r#gen::run(rest),
        Some("interpreters") => interpreters::run(rest),
        Some("bench") => bench::run(rest),
        Some("demo") => demo::run(rest),
        Some("test") => test::run(rest),
        Some("upstream") => upstream::run(rest),
        Some("overview") => overview::run(rest),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // A command that has printed what failed has nothing to add.
            if !message.is_empty() {
                eprintln!("error: {message}");
            }
            ExitCode::FAILURE
        }
    }
}
