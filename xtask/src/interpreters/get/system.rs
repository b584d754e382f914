//! Packages that must be installed on the machine itself.

use std::path::Path;

use crate::process;
use crate::progress::Progress;

/// Installs the Debian packages of programs that are missing.
pub(super) fn need(
    name: &str,
    programs: &[(&str, &'static str)],
    log: &Path,
    progress: Progress,
) -> Result<(), String> {
    let missing = programs.iter().filter(|(program, _)| !process::exists(program));
    let missing: Vec<&str> = missing.map(|(_, package)| *package).collect();
    install(name, &missing, log, progress)
}

/// Installs Debian packages, or says what to type where that is not allowed.
pub(super) fn install(name: &str, packages: &[&str], log: &Path, progress: Progress) -> Result<(), String> {
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    let root = process::output(process::command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !root || !process::exists("apt-get") {
        return Err(format!("needs these packages: `sudo apt-get install {list}`"));
    }
    progress.step(name, format!("installing {list}"));
    process::run_logged(process::command("apt-get").args(["-qq", "update"]), log)?;
    let mut apt = process::command("apt-get");
    apt.args(["-qq", "install", "-y", "--no-install-recommends"]).args(packages);
    process::run_logged(apt.env("DEBIAN_FRONTEND", "noninteractive"), log)
}
