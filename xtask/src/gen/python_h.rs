//! The third ring of the table of the C API: its list, compared with CPython's own headers by the C compiler.
//!
//! Done by `gen --check` with the `Python.h` of every CPython that has one; none is needed to build an extension.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::capi::{Entry, Symbol};
use crate::cache::Cache;
use crate::{interpreters, paths, process};

/// Functions whose type no C file can name: one is exported but not declared, the other's says that it never returns.
const NOT_COMPARED: &[&str] = &["Py_CompileStringFlags", "Py_FatalError"];

/// Compiles the list's assertions against the headers of each CPython of this machine, and says which there were.
pub(crate) fn check(entries: &[Entry]) -> Result<(), String> {
    let folder = paths::workspace().join("target/gen");
    let file = folder.join("capi.c");
    let failed = |error| format!("{}: {error}", file.display());
    fs::create_dir_all(&folder).map_err(failed)?;
    fs::write(&file, assertions(entries)).map_err(failed)?;
    let mut checked = Vec::new();
    for one in interpreters::all(&Cache::locate()?).interpreters {
        if one.probe.implementation() != "CPython" {
            continue;
        }
        if let Some(headers) = headers(&one.path)? {
            compile(&file, &headers)
                .map_err(|error| format!("capi.txt is not what {} has: {error}", one.name))?;
            checked.push(one.name);
        }
    }
    match checked.as_slice() {
        [] => println!("capi.txt: not compared with a Python.h, there is none"),
        names => println!("capi.txt: as in the Python.h of {}", names.join(", ")),
    }
    Ok(())
}

/// Where a Python has its C headers, if they are installed.
fn headers(python: &Path) -> Result<Option<PathBuf>, String> {
    let code = "import sysconfig; print(sysconfig.get_path('include'))";
    let folder = process::output(process::command(python).args(["-c", code]))?;
    let folder = PathBuf::from(folder.trim_end());
    Ok(folder.join("Python.h").exists().then_some(folder))
}

fn compile(file: &Path, headers: &Path) -> Result<(), String> {
    let mut cc = process::command(std::env::var_os("CC").unwrap_or("cc".into()));
    process::run(cc.args(["-std=gnu11", "-fsyntax-only", "-I"]).arg(headers).arg(file))
}

/// A C file that compiles where every symbol has the type that the list says.
fn assertions(entries: &[Entry]) -> String {
    let mut out = String::from(
        "#include <Python.h>\n\n\
         #define IS(symbol, ...) \\\n    _Static_assert(__builtin_types_compatible_p(__typeof__(symbol), __VA_ARGS__), #symbol)\n\n",
    );
    for entry in entries.iter().filter(|entry| !NOT_COMPARED.contains(&entry.name())) {
        let (major, minor) = entry.since;
        let assertion = match &entry.symbol {
            Symbol::Data(variable) => format!("IS({}, {});", variable.name, variable.ty.c),
            Symbol::Function(function) => {
                let params: Vec<&str> = function.params.iter().map(|(_, ty)| ty.c.as_str()).collect();
                let params = if params.is_empty() { "void".to_owned() } else { params.join(", ") };
                format!("IS(&{}, {} (*)({params}));", function.name, function.ret.c)
            }
        };
        let _ = writeln!(out, "#if PY_VERSION_HEX >= 0x{major:02x}{minor:02x}0000\n{assertion}\n#endif");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::r#gen::capi;

    #[test]
    fn one_assertion_a_line_of_the_list() {
        let list =
            capi::parse("PyObject *A(PyObject *const *x, int) | 3.10\nint B(void)\ndata PyTypeObject C")
                .unwrap();
        let text = assertions(&list);
        for expected in [
            "#if PY_VERSION_HEX >= 0x030a0000\nIS(&A, PyObject * (*)(PyObject * const *, int));\n#endif",
            "#if PY_VERSION_HEX >= 0x03080000\nIS(&B, int (*)(void));\n#endif",
            "IS(C, PyTypeObject);",
        ] {
            assert!(text.contains(expected), "{text}");
        }
    }
}
