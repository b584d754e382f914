//! Checks a finished wheel for errors that would make its import fail.

use std::collections::BTreeSet;
use std::path::Path;

/// The prefix of a module's universal entry; the names of two others begin with it, too.
const ENTRY: &[u8] = b"HPyInit_";

/// Checks that `uniffi.toml` gives the library the name that the loader looks for.
///
/// maturin passes the path of the file, if it exists.
pub(super) fn config(file: Option<&Path>, module: &str) -> Result<(), String> {
    let wanted = format!("[bindings.python]\n    cdylib_name = \"{module}.hpy0\"");
    let Some(file) = file else {
        return Err(format!(
            "there is no uniffi.toml beside the crate's Cargo.toml. It is to give the library in the wheel the name \
             that Python looks for:\n\n    {wanted}"
        ));
    };
    let shown = file.display();
    let text = std::fs::read_to_string(file).map_err(|e| format!("{shown}: {e}"))?;
    match cdylib_name(&text) {
        Some(name) if name == format!("{module}.hpy0") => Ok(()),
        Some(name) => Err(format!(
            "{shown}: cdylib_name is \"{name}\", but the library of the module `{module}` must be named \
             \"{module}.hpy0\":\n\n    {wanted}"
        )),
        None => Err(format!("{shown}: it lacks\n\n    {wanted}")),
    }
}

/// Returns `bindings.python.cdylib_name` of a TOML file that is written line by line.
fn cdylib_name(text: &str) -> Option<&str> {
    let mut table = String::new();
    for line in text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            table = format!("{}.", name.split('.').map(str::trim).collect::<Vec<_>>().join("."));
        } else if let Some((key, value)) = line.split_once('=') {
            let key = key.split('.').map(str::trim).collect::<Vec<_>>().join(".");
            if format!("{table}{key}") == "bindings.python.cdylib_name" {
                return Some(value.trim().trim_matches(['"', '\'']));
            }
        }
    }
    None
}

/// Checks that the library contains the module. The name of its entry point appears in a file of any format.
pub(super) fn library(file: &Path, module: &str) -> Result<(), String> {
    let shown = file.display();
    let content = std::fs::read(file).map_err(|e| format!("{shown}: {e}"))?;
    let found = modules(&content);
    if found.contains(module) {
        return Ok(());
    }
    let mut names = found.iter().map(|name| format!("`{name}`"));
    Err(match (names.next(), names.next()) {
        (None, _) => format!("{shown} has no module: nothing in the crate is marked `#[hpy::module]`"),
        (Some(name), None) => format!(
            "{shown} has the module {name}, not `{module}`: give the module the library's name by \
             `#[hpy::module(name = \"{module}\")]`, or the library the module's by `name` under `[lib]` in Cargo.toml"
        ),
        (Some(first), Some(second)) => {
            let list = [first, second].into_iter().chain(names).collect::<Vec<_>>().join(", ");
            format!(
                "{shown} has the modules {list}, and none is `{module}`: one must have the library's name, which is \
                 `name` under `[lib]` in Cargo.toml"
            )
        }
    })
}

/// The names that follow `HPyInit_` in a library, as strings of their own.
fn modules(content: &[u8]) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut rest = content;
    while let Some(at) = rest.iter().position(|byte| *byte == ENTRY[0]) {
        // In Mach-O names begin with another `_`.
        let begins = at == 0 || rest[at - 1] == 0 || rest[at - 1] == b'_';
        rest = &rest[at..];
        match rest.strip_prefix(ENTRY) {
            Some(name) if begins => {
                let end =
                    name.iter().position(|c| !c.is_ascii_alphanumeric() && *c != b'_').unwrap_or(name.len());
                if name.get(end) == Some(&0) && end > 0 {
                    found.extend(core::str::from_utf8(&name[..end]).ok());
                }
                rest = &name[end..];
            }
            _ => rest = &rest[1..],
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_library() {
        let name = |text| cdylib_name(text).map(str::to_owned);
        let right = Some("foo.hpy0".to_owned());
        assert_eq!(name("# The name\n[bindings.python]\ncdylib_name = \"foo.hpy0\" # so\n"), right);
        assert_eq!(name("[ bindings . python ]\ncdylib_name='foo.hpy0'"), right);
        assert_eq!(name("bindings.python.cdylib_name = \"foo.hpy0\""), right);
        assert_eq!(name("[bindings]\npython.cdylib_name = \"foo.hpy0\""), right);
        assert_eq!(name("[bindings.kotlin]\ncdylib_name = \"foo.hpy0\""), None);
        assert_eq!(name("[bindings.python]\ncdylib-name = \"foo.hpy0\""), None);
        assert_eq!(name(""), None);
    }

    #[test]
    fn a_config_that_is_missing_or_mistyped() {
        assert!(config(None, "foo").unwrap_err().contains("cdylib_name = \"foo.hpy0\""));
        assert!(config(Some(Path::new("/no/uniffi.toml")), "foo").unwrap_err().contains("/no/uniffi.toml"));
    }

    #[test]
    fn modules_of_a_library() {
        let found = |content: &'static [u8]| modules(content).into_iter().collect::<Vec<_>>();
        assert_eq!(found(b"x\0HPyInit_a\0PyInit_b\0HPyInitGlobalContext_c\0_HPyInit_d\0"), ["a", "d"]);
        assert_eq!(found(b"see HPyInit_a\0HPyInit_\0HPyInit_b c\0HPyInit_unfinished"), [""; 0]);
    }
}
