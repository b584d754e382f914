//! The folder outside the checkout that holds interpreters and tools.
//!
//! ```text
//! bin/NAME           runs that interpreter, with pytest
//! info/NAME.json     what it said about itself when it was last verified
//! root/NAME/         the interpreter itself, where it was fetched
//! venv/NAME/         its virtual environment
//! tools/, maturin/   programs from PyPI
//! apt/, build/, uv/  emptied when a fetch has ended
//! log/NAME           what the last fetch of it printed
//! ```
//! Paths in there are absolute: a cache that was moved is made anew.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// `$HPY_CACHE`, else `$XDG_CACHE_HOME/hpy`, else `~/.cache/hpy`; in it, the folder `interpreters`.
#[derive(Clone, Debug)]
pub(crate) struct Cache(PathBuf);

impl Cache {
    pub(crate) fn locate() -> Result<Self, String> {
        let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let base = set("HPY_CACHE")
            .or_else(|| set("XDG_CACHE_HOME").map(|path| path.join("hpy")))
            .or_else(|| set("HOME").map(|path| path.join(".cache/hpy")))
            .ok_or("no cache folder: set HPY_CACHE or HOME")?;
        let path = std::path::absolute(base.join("interpreters"))
            .map_err(|error| format!("cache folder {}: {error}", base.display()))?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Where HPy's own sources are kept.
    pub(crate) fn sdist(&self) -> PathBuf {
        self.0.with_file_name("sdist")
    }

    /// The program that runs the interpreter `name`.
    pub(crate) fn wrapper(&self, name: &str) -> PathBuf {
        self.0.join("bin").join(name)
    }

    pub(crate) fn info(&self, name: &str) -> PathBuf {
        self.0.join("info").join(format!("{name}.json"))
    }

    pub(crate) fn root(&self, name: &str) -> PathBuf {
        self.0.join("root").join(name)
    }

    pub(crate) fn venv(&self, name: &str) -> PathBuf {
        self.0.join("venv").join(name)
    }

    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.0.join("log").join(name)
    }

    /// Makes the folders and keeps other runs out until the file is dropped.
    pub(crate) fn lock(&self) -> Result<File, String> {
        let failed = |error| format!("can't use the cache folder {}: {error}", self.0.display());
        for folder in ["bin", "info", "root", "venv", "log"] {
            fs::create_dir_all(self.0.join(folder)).map_err(failed)?;
        }
        let file = File::create(self.0.join(".lock")).map_err(failed)?;
        file.lock().map_err(failed)?;
        Ok(file)
    }

    /// Removes what only a fetch needs.
    pub(crate) fn clean(&self) {
        for folder in ["apt", "build", "uv"] {
            remove(&self.0.join(folder));
        }
    }
}

/// Removes a file or a folder that may be there or not.
pub(crate) fn remove(path: &Path) {
    if path.is_dir() && !path.is_symlink() {
        // What can't be removed is found by the step that makes it anew.
        let _ = fs::remove_dir_all(path);
    } else {
        let _ = fs::remove_file(path);
    }
}

/// Makes a folder that is empty.
pub(crate) fn fresh(path: &Path) -> Result<(), String> {
    remove(path);
    fs::create_dir_all(path).map_err(|error| format!("can't make {}: {error}", path.display()))
}
