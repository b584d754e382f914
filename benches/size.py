"""Builds a large extension of generated functions and classes, and measures the build.

    size.py BINDING DEPENDENCY FOLDER FUNCTIONS CLASSES PROFILE

BINDING is `hpy` or `pyo3`, DEPENDENCY the line for `[dependencies]`, PROFILE `release` or `dev`. The crates of both
bindings define the same functions and classes. Everything that the crate depends on is built first; what is measured is
the crate itself. Prints JSON: CPU seconds of the build, peak memory of its largest process in bytes, bytes of the file.
"""
import json
import os
import pathlib
import subprocess
import sys

WORDS = {
    "hpy": {"function": "function", "class": "class", "methods": "methods", "options": "hpy"},
    "pyo3": {"function": "pyfunction", "class": "pyclass", "methods": "pymethods", "options": "pyo3"},
}

# Parameters, result, body, signature.
FUNCTIONS = [
    ("a: i64, b: i64", "i64", "a + b", None),
    ("name: &str, n: usize", "String", "name.repeat(n % 3)", "name, n = 1"),
    ("xs: Vec<f64>", "f64", "xs.iter().sum()", None),
    ("flag: bool, x: Option<f64>", "f64", "if flag { x.unwrap_or(0.0) } else { 0.0 }", "flag, *, x = None"),
]

CLASS = """
#[{class}(get_all, set_all)]
struct C{index} {{ x: f64, n: i64, s: String }}
#[{methods}]
impl C{index} {{
    #[new]
    fn new(x: f64, n: i64, s: String) -> Self {{ C{index} {{ x, n, s }} }}
    fn go(&mut self, k: i64) -> i64 {{ self.n += k; self.n }}
    fn __repr__(&self) -> String {{ format!("C{index}({{}})", self.x) }}
    fn __len__(&self) -> usize {{ self.s.len() }}
}}
"""

MANIFEST = """[package]
name = "large"
version = "0.1.0"
edition = "2024"
[lib]
crate-type = ["cdylib"]
[dependencies]
{dependency}
[profile.release]
lto = "fat"
codegen-units = 1
strip = true
# As cargo builds what comes from a registry, which PyO3 does and this project does not.
[profile.dev.package."*"]
incremental = false
codegen-units = 16
[workspace]
"""


def source(binding, functions, classes):
    words = WORDS[binding]
    text = ["#[hpy::module]\nmod large {" if binding == "hpy" else "#[pyo3::pymodule]\nmod large {\nuse pyo3::prelude::*;"]
    for index in range(functions):
        parameters, result, body, signature = FUNCTIONS[index % len(FUNCTIONS)]
        text.append("/// Function %d.\n#[%s]" % (index, words["function"]))
        if signature:
            text.append("#[%s(signature = (%s))]" % (words["options"], signature))
        text.append("fn g%d(%s) -> %s { %s }" % (index, parameters, result, body))
    text.extend(CLASS.format(index=index, **words) for index in range(classes))
    return "\n".join(text) + "\n}\n"


def build(folder, target, profile):
    """CPU seconds and peak memory of one build."""
    command = [os.environ.get("CARGO", "cargo"), "build", "--quiet", "--target-dir", str(target), "--profile", profile]
    process = subprocess.Popen(command, cwd=str(folder))
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    if status:
        sys.exit("the build failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def main():
    binding, dependency, folder, functions, classes, profile = sys.argv[1:]
    folder = pathlib.Path(folder)
    target = folder / "target"
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / "Cargo.toml").write_text(MANIFEST.format(dependency=dependency))
    library = folder / "src/lib.rs"
    library.write_text(source(binding, 1, 0))
    build(folder, target, profile)
    library.write_text(source(binding, int(functions), int(classes)))
    seconds, memory = build(folder, target, profile)
    file = target / ("release" if profile == "release" else "debug") / "liblarge.so"
    print(json.dumps({"seconds": seconds, "memory": memory, "bytes": file.stat().st_size}))


main()
