//! HPy's sources: the sdist of `hpy` on PyPI, fetched once into the cache. Nothing of it is committed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cache::{self, Cache};
use crate::process;

const NAME: &str = "hpy-0.9.0";

/// What pip is asked for: exactly the file that the generated code was made of.
const REQUIREMENT: &str =
    "hpy==0.9.0 --hash=sha256:4545310f3a7f9ac249c0f19a80a9b05f46565afb62b7e9225b79493b7b6c70cc\n";

/// The text of `public_api.h`.
pub(crate) fn public_api() -> Result<String, String> {
    let path = folder()?.join("hpy/tools/autogen/public_api.h");
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The folder of `hpy.h`.
pub(crate) fn headers() -> Result<PathBuf, String> {
    Ok(folder()?.join("hpy/devel/include"))
}

/// The unpacked sdist.
pub(crate) fn folder() -> Result<PathBuf, String> {
    let sdist = Cache::locate()?.sdist();
    let unpacked = sdist.join(NAME);
    if !unpacked.exists() {
        eprintln!("fetching {NAME} from PyPI");
        fetch(&sdist, &unpacked)?;
    }
    Ok(unpacked)
}

/// Everything happens in a folder of its own: what stands in the cache is complete.
fn fetch(sdist: &Path, unpacked: &Path) -> Result<(), String> {
    let work = sdist.join(format!("fetch-{}", std::process::id()));
    cache::fresh(&work)?;
    let result = download(&work).and_then(|()| {
        let archive = work.join(format!("{NAME}.tar.gz"));
        process::run(process::command("tar").arg("-xzf").arg(archive).arg("-C").arg(&work))?;
        match fs::rename(work.join(NAME), unpacked) {
            Err(_) if unpacked.exists() => Ok(()), // another run was faster
            other => other.map_err(|error| format!("{}: {error}", unpacked.display())),
        }
    });
    cache::remove(&work);
    result
}

fn download(folder: &Path) -> Result<(), String> {
    let file = folder.join("requirements.txt");
    fs::write(&file, REQUIREMENT).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut pip = process::command(python()?);
    pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]);
    process::run(pip.args(["--no-binary", ":all:", "-r"]).arg(&file).arg("-d").arg(folder))
}

/// A Python that has pip.
fn python() -> Result<PathBuf, String> {
    let tools = Cache::locate()?.path().join("tools/bin/python");
    ["python3".into(), "python".into(), tools]
        .into_iter()
        .find(|python| process::run(process::command(python).args(["-m", "pip", "--version"])).is_ok())
        .ok_or_else(|| {
            "a Python with pip is needed to fetch HPy's sources: `apt-get install python3-pip`".into()
        })
}
