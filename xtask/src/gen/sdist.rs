//! HPy's sources: the sdist of `hpy` on PyPI, fetched once into the cache. Nothing of it is committed.

use std::path::PathBuf;
use std::process::Command;

use crate::cache::Cache;

const NAME: &str = "hpy-0.9.0";

/// The unpacked sdist.
pub(crate) fn folder() -> Result<PathBuf, String> {
    let folder = Cache::locate()?.sdist();
    let unpacked = folder.join(NAME);
    if unpacked.join("PKG-INFO").exists() {
        return Ok(unpacked);
    }
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    eprintln!("fetching {NAME} from PyPI (once, half a minute)");
    let python = ["python3", "python"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|o| o.status.success()))
        .ok_or("needs Python to fetch HPy's sources: install python3 with pip")?;
    let status = Command::new(python)
        .args(["-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "hpy==0.9.0", "-d"])
        .arg(&folder)
        .status();
    if !status.as_ref().is_ok_and(|s| s.success()) {
        return Err(format!(
            "`{python} -m pip download hpy==0.9.0` failed; is pip installed, and PyPI reached?"
        ));
    }
    let status = Command::new("tar")
        .arg("-xzf")
        .arg(folder.join(format!("{NAME}.tar.gz")))
        .arg("-C")
        .arg(&folder)
        .status();
    if !status.is_ok_and(|s| s.success()) {
        return Err(format!("could not unpack {NAME}.tar.gz in {}", folder.display()));
    }
    Ok(unpacked)
}

/// The text of `public_api.h`.
pub(crate) fn public_api() -> Result<String, String> {
    let path = folder()?.join("hpy/tools/autogen/public_api.h");
    std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
}
