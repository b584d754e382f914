//! Debian's Python for another processor, run by qemu.

use super::debian::{self, ARM64};
use super::system;
use crate::cache::{self, Cache};
use crate::interpreters::ready;
use crate::platform::Platform;
use crate::process;
use crate::progress::Progress;

/// Unpacks the package of a suite, and pytest, and writes the wrapper.
pub(super) fn fetch(
    cache: &Cache,
    name: &str,
    package: (&str, &str, &str),
    progress: Progress,
) -> Result<(), String> {
    let log = cache.log(name);
    cache::remove(&log);
    system::need(name, Platform::LinuxArm.needs(), &log, progress)?;
    let program = debian::unpack(cache, name, package, &ARM64, progress)?;
    let (root, wrapper) = (cache.root(name), cache.wrapper(name));
    // The name that it is started by is what it starts again for a new process. From there it would not find its library.
    let script = format!(
        "PYTHONPATH=\"{root}/site${{PYTHONPATH:+:$PYTHONPATH}}\" PYTHONHOME=\"{root}/usr\" \\\n  \
         exec qemu-aarch64-static -0 \"{}\" \"{}\" \"$@\"",
        wrapper.display(),
        program.display(),
        root = root.display(),
    );
    ready::wrapper(&wrapper, &script)?;
    let asked = "import sys; print(*sys.version_info[:2])";
    let python = process::output(process::command(&wrapper).args(["-c", asked]))?;
    let python = ready::version(&python).ok_or("it doesn't tell its version")?;
    progress.step(name, "unpacking pytest");
    ready::unpacked(cache, python, Platform::LinuxArm, &root.join("site"))?;
    progress.step(name, "compiling the standard library");
    debian::compile_library(&wrapper)
}
