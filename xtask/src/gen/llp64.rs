//! The ABI where C's `long` has 32 bits and `wchar_t` 16, as mingw has it: done by `gen --check`.
//!
//! `hpy-sys` is built for Windows. What its types are there is written down by a test that runs under wine, and compiled beside
//! HPy's headers, as the model of the headers itself is.

use std::path::Path;

use super::sdist;
use crate::cache::Cache;
use crate::platform::Platform;
use crate::{interpreters, paths, process};

/// Compares, or says why not. Assertions go into `folder`.
pub(super) fn check(cache: &Cache, folder: &Path) -> Result<(), String> {
    let wine = interpreters::wine(cache);
    if !wine.exists() {
        println!(
            "hpy-sys: not compared with the C of Windows, which `cargo xtask interpreters --get win311` makes possible"
        );
        return Ok(());
    }
    let facts = folder.join("llp64.c");
    crate::cache::remove(&facts);
    let mut cargo = process::command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["test", "--quiet", "--package", "hpy-sys", "--tests"]).current_dir(paths::workspace());
    Platform::Windows.build_with(&mut cargo);
    cargo.env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", &wine);
    process::run(cargo.env("HPY_ABI_ASSERTIONS", Platform::Windows.path(&facts)))?;
    for file in [&facts, &paths::workspace().join("hpy-sys/abi/verify.c")] {
        let mut cc = process::command(Platform::Windows.cc());
        cc.args(["-std=gnu11", "-DHPY_ABI_UNIVERSAL", "-Werror", "-fsyntax-only", "-I"]);
        process::run(cc.arg(sdist::headers()?).arg(file))?;
    }
    println!("hpy-sys: as in HPy's headers for Windows");
    Ok(())
}
