//! Checks that the crate has the files that its wheel needs.

use std::fs;
use std::path::Path;

use syn::Ident;

use crate::errors::Errors;
use crate::messages as say;

/// Looks at the `pyproject.toml` of the crate that Cargo compiles. Not where it is a dependency: whoever builds it then can't
/// change the file, and makes no wheel of it.
pub(crate) fn wheel(module: &Ident, errors: &mut Errors) {
    let Some(folder) = std::env::var_os("CARGO_MANIFEST_DIR") else { return };
    if std::env::var_os("CARGO_PRIMARY_PACKAGE").is_none() {
        return;
    }
    if fs::read_to_string(Path::new(&folder).join("pyproject.toml")).is_ok_and(|text| lacks_bindings(&text)) {
        errors.at(module, say::NO_BINDINGS);
    }
}

/// Does maturin build it, and have to guess what to build? What looks like the setting counts as one, wherever it stands; and with
/// a `manifest-path` the wheel is made of another crate.
pub(crate) fn lacks_bindings(pyproject: &str) -> bool {
    let unquote = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned();
    let mut is_of_maturin = false;
    for line in pyproject.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        for (at, _) in line.match_indices('=') {
            let key = line[..at].rsplit(['.', '{', ',']).next().map(unquote).unwrap_or_default();
            let value = line[at + 1..].split(['#', ',', '}']).next().map(unquote).unwrap_or_default();
            match &*key {
                "bindings" | "manifest-path" => return false,
                "build-backend" => is_of_maturin = value == "maturin",
                _ => {}
            }
        }
    }
    is_of_maturin
}

#[cfg(test)]
mod tests {
    use super::lacks_bindings;

    const MATURIN: &str =
        "[build-system]\nrequires = [\"maturin>=1.12,<2\"]\nbuild-backend = \"maturin\" # it\n";

    #[test]
    fn forgotten() {
        for rest in [
            "",
            "[tool.maturin]\n",
            "[tool.maturin]\n# bindings = \"uniffi\"\n",
            "[project]\nname = \"bindings\"\n",
            "[tool.maturin]\nbindings-of = 1\n",
        ] {
            assert!(lacks_bindings(&format!("{MATURIN}{rest}")), "{rest}");
            assert!(lacks_bindings(&format!("{rest}\n{MATURIN}")), "{rest}");
        }
        assert!(lacks_bindings("build-system.build-backend='maturin'"));
        assert!(lacks_bindings("build-system = { requires = [\"maturin\"], build-backend = \"maturin\" }"));
    }

    #[test]
    fn said_or_not_needed() {
        for rest in [
            "[tool.maturin]\nbindings = \"uniffi\"\n",
            "[tool.maturin]\r\n  'bindings'=\"pyo3\"\r\n",
            "[tool]\nmaturin.bindings = \"uniffi\"\n",
            "[tool]\nmaturin = { features = [], bindings = \"uniffi\" }\n",
            "[tool.maturin]\nmanifest-path = \"other/Cargo.toml\"\n",
        ] {
            assert!(!lacks_bindings(&format!("{MATURIN}{rest}")), "{rest}");
        }
        assert!(!lacks_bindings("[build-system]\nbuild-backend = \"setuptools.build_meta\"\n"));
        assert!(!lacks_bindings("[tool.maturin]\n"));
        assert!(!lacks_bindings(""));
    }
}
