//! Compares the ABI with HPy's own C headers, using the C compiler.
//!
//! `cargo xtask gen headers` prints the location of the headers, and downloads them from PyPI the first time.

#![cfg_attr(not(unix), allow(dead_code, unused_imports))] // no compiler is called there

mod facts;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of `hpy.h`.
fn headers() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut command = Command::new(cargo);
    command.args(["run", "--quiet", "--package", "xtask", "--", "gen", "headers"]).current_dir(workspace);
    PathBuf::from(output(&mut command).trim_end())
}

/// The C compiler, told where the headers are.
fn cc() -> Command {
    let mut cc = Command::new(std::env::var_os("CC").unwrap_or("cc".into()));
    cc.args(["-std=gnu11", "-DHPY_ABI_UNIVERSAL", "-Werror", "-I"]).arg(headers());
    cc
}

fn output(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Every member's place and type, every slot's number and signature, every type of implementation: compiling it is the test.
#[test]
#[cfg(unix)]
fn the_model_is_the_headers() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("abi/verify.c");
    output(cc().arg("-fsyntax-only").arg(file));
}

/// A wrong place, type, number or signature is found: else the test above would say nothing.
#[test]
#[cfg(unix)]
fn a_wrong_model_is_refused() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("abi/verify.c")).unwrap();
    for (right, wrong) in [
        ("AT(1, h_True)", "AT(2, h_True)"),
        ("IS(ctx_Length, HPy_ssize_t (*)", "IS(ctx_Length, int (*)"),
        ("SLOT(HPy_nb_add, 7,", "SLOT(HPy_nb_add, 8,"),
        ("SLOT(HPy_nb_add, 7, HPyFunc_BINARYFUNC)", "SLOT(HPy_nb_add, 7, HPyFunc_UNARYFUNC)"),
        ("TYPE(HPyFunc_inquiry, int (*)", "TYPE(HPyFunc_inquiry, HPy (*)"),
    ] {
        assert!(text.contains(right), "{right}");
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wrong.c");
        fs::write(&file, text.replace(right, wrong)).unwrap();
        let compiled = cc().arg("-fsyntax-only").arg(&file).output().unwrap();
        let message = String::from_utf8_lossy(&compiled.stderr);
        assert!(
            !compiled.status.success() && message.contains("static assertion failed"),
            "{wrong}: {message}"
        );
    }
}

/// What is written by hand: sizes, alignments, offsets, constants.
#[test]
#[cfg(unix)]
fn types_and_constants_are_those_of_the_headers() {
    let facts = facts::all();
    let mut source =
        String::from("#include <stddef.h>\n#include <stdio.h>\n#include \"hpy.h\"\nint main(void) {\n");
    for (expression, _) in &facts {
        source += &format!("    printf(\"%lld\\n\", (long long)({expression}));\n");
    }
    source += "    return 0;\n}\n";
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (file, program) = (folder.join("layout.c"), folder.join("layout"));
    fs::write(&file, source).unwrap();
    output(cc().arg(&file).arg("-o").arg(&program));
    let printed = output(&mut Command::new(&program));
    let printed: Vec<i64> = printed.lines().map(|line| line.parse().unwrap()).collect();
    assert_eq!(printed.len(), facts.len());
    let wrong: Vec<String> = facts
        .iter()
        .zip(printed)
        .filter(|((_, rust), c)| rust != c)
        .map(|((expression, rust), c)| format!("{expression} is {c} in C and {rust} in Rust"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// For a platform without a compiler: writes a C file that compiles if the facts hold there. `cargo xtask gen --check` asks for it.
#[test]
fn facts_as_assertions() {
    let Some(file) = std::env::var_os("HPY_ABI_ASSERTIONS") else { return };
    let mut source = String::from("#include <stddef.h>\n#include \"hpy.h\"\n");
    for (expression, value) in facts::all() {
        source +=
            &format!("_Static_assert(({expression}) == {value}, \"{expression} is {value} in Rust\");\n");
    }
    fs::write(file, source).unwrap();
}
