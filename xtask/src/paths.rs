//! Paths in the checkout.

use std::path::{Path, PathBuf};

/// The folder of the workspace.
pub(crate) fn workspace() -> PathBuf {
    package().parent().expect("xtask is in the workspace").to_owned()
}

/// Programs in Python that commands run.
pub(crate) fn assets() -> PathBuf {
    package().join("assets")
}

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
