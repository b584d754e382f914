//! What the interpreters of this machine say, if they have headers: done by `gen --check`, with the C compiler.
//!
//! The list of C API functions is compared with the `Python.h` of every CPython, and the context of PyPy with the HPy
//! that comes with it. None of these headers is needed to build an extension.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::capi::{Entry, Symbol};
use super::llp64;
use crate::cache::Cache;
use crate::interpreters::{self, Host, Interpreter};
use crate::platform::Platform;
use crate::{paths, process};

/// Functions whose type no C file can name: two are exported but not declared, the last one's says that it never returns.
const NOT_COMPARED: &[&str] = &["Py_CompileString", "Py_CompileStringFlags", "Py_FatalError"];

/// Compares, and says with which interpreters.
pub(crate) fn check(entries: &[Entry]) -> Result<(), String> {
    let folder = paths::workspace().join("target/gen");
    let capi = folder.join("capi.c");
    let failed = |error| format!("{}: {error}", capi.display());
    fs::create_dir_all(&folder).map_err(failed)?;
    fs::write(&capi, assertions(entries)).map_err(failed)?;
    let pypy = paths::workspace().join("hpy-sys/abi/verify_pypy.c");
    let (mut cpythons, mut pypys) = (Vec::new(), Vec::new());
    let cache = Cache::locate()?;
    let found = interpreters::all(&cache);
    for one in [found.interpreters, found.foreign].concat() {
        let checked = match (one.probe.implementation(), one.host()) {
            ("CPython", _) if one.platform == Platform::Windows => {
                let folder = "os.path.join(os.path.dirname(sys.executable), 'include')";
                compare(&one, folder, "Python.h", &capi)?
            }
            ("CPython", _) => compare(&one, "sysconfig.get_path('include')", "Python.h", &capi)?,
            ("PyPy", Host::Native) => compare(&one, PYPY_HPY, "hpy.h", &pypy)?,
            _ => false,
        };
        if checked {
            if one.probe.implementation() == "CPython" { &mut cpythons } else { &mut pypys }.push(one.name);
        }
    }
    say("hpy-host/capi.txt", "Python.h", &cpythons);
    say("hpy-sys/abi/verify_pypy.c", "hpy.h", &pypys);
    llp64::check(&cache, &folder)
}

/// The expression that gives the folder of PyPy's own `hpy.h`.
const PYPY_HPY: &str =
    "os.path.join(importlib.util.find_spec('hpy.devel').submodule_search_locations[0], 'include')";

/// Compiles a file of assertions with an interpreter's header; `false` if it has none.
fn compare(one: &Interpreter, folder: &str, header: &str, file: &Path) -> Result<bool, String> {
    let code = format!("import importlib.util, os, sys, sysconfig; print({folder})");
    let folder = process::output(process::command(&one.path).args(["-c", &code]))?;
    let folder = one.platform.host_path(Path::new(folder.trim_end()));
    if !folder.join(header).exists() {
        return Ok(false);
    }
    let mut cc = process::command(one.platform.cc());
    cc.args(["-std=gnu11", "-fsyntax-only", "-DHPY_ABI_UNIVERSAL", "-I"]).arg(&folder).arg(file);
    process::run(&mut cc)
        .map_err(|error| format!("{} is not what {} has: {error}", file.display(), one.name))?;
    Ok(true)
}

fn say(what: &str, header: &str, names: &[String]) {
    match names {
        [] => println!("{what}: not compared, no interpreter here has its {header}"),
        names => println!("{what}: as in the {header} of {}", names.join(", ")),
    }
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
