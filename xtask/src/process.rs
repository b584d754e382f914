//! Running other programs.

use std::ffi::OsStr;
use std::fs::File;
use std::path::Path;
pub(crate) use std::process::Command;
use std::process::Stdio;

/// Variables that would change what a Python does, or that `cargo run` sets for this program only.
const NOT_INHERITED: &[&str] = &[
    "LD_LIBRARY_PATH",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONSTARTUP",
    "VIRTUAL_ENV",
];

/// A command for a program that shall see the user's environment and nothing of ours.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for name in NOT_INHERITED {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// Runs the command; its output is shown only when it fails.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    output(command).map(drop)
}

/// Runs the command and returns its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| not_started(command, &error))?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(stdout);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let text = if stderr.trim().is_empty() { &stdout } else { &*stderr };
    Err(format!("{} failed ({})\n{}", shown(command), output.status, tail(text)))
}

/// Runs the command with its output appended to a file, whose end is shown when it fails.
pub(crate) fn run_logged(command: &mut Command, log: &Path) -> Result<(), String> {
    let file = File::options().create(true).append(true).open(log);
    let file = file.map_err(|error| format!("can't write {}: {error}", log.display()))?;
    let copy = file.try_clone().map_err(|error| error.to_string())?;
    let status = command.stdout(file).stderr(copy).status().map_err(|error| not_started(command, &error))?;
    if status.success() {
        return Ok(());
    }
    let text = std::fs::read_to_string(log).unwrap_or_default();
    Err(format!("{} failed ({status}); the end of {}:\n{}", shown(command), log.display(), tail(&text)))
}

/// Whether a program can be started at all.
pub(crate) fn exists(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

/// The last lines of a text, indented: enough to see what went wrong.
pub(crate) fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let start = lines.len().saturating_sub(15);
    lines[start..].iter().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("can't run {}: {error}", shown(command))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let mut text = words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = text.char_indices().nth(200) {
        text.truncate(end);
        text.push('…');
    }
    text
}
