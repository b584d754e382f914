//! `cargo xtask gen`: everything that derives from the two lists, HPy's `public_api.h` and `hpy-host/capi.txt`.
//!
//! `gen capi` makes only what the second list gives, offline. `gen headers` prints the folder of HPy's own C headers,
//! which the tests of `hpy-sys` compile against.

mod api;
mod capi;
mod cdecl;
mod emit;
mod headers;
mod llp64;
mod overrides;
pub(crate) mod sdist;
mod text;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::paths::workspace;

/// One generated file: its path in the workspace and its text.
pub(crate) struct Output {
    path: &'static str,
    text: String,
}

pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let mut check = false;
    let mut only_capi = false;
    for arg in args {
        match arg.as_str() {
            "--check" => check = true,
            "capi" => only_capi = true,
            "headers" => {
                println!("{}", sdist::headers()?.display());
                return Ok(());
            }
            other => {
                return Err(format!(
                    "gen: unknown argument {other:?}; usage: gen [--check] [capi | headers]"
                ));
            }
        }
    }
    let mut outputs = Vec::new();
    if !only_capi {
        let header = sdist::public_api()?;
        outputs.extend(emit::all(&api::Api::parse(&header)?));
    }
    let list = "hpy-host/capi.txt";
    let text = std::fs::read_to_string(workspace().join(list)).map_err(|e| format!("{list}: {e}"))?;
    let entries = capi::parse(&text)?;
    outputs.push(Output { path: "hpy-host/src/capi/gen/functions.rs", text: capi::emit(&entries) });
    outputs.push(Output { path: "hpy-host/src/capi/gen/stand_ins.rs", text: capi::emit_stand_ins(&entries) });

    let mut stale = Vec::new();
    for Output { path, text } in outputs {
        let text = if path.ends_with(".rs") { format(&text)? } else { text };
        let file = workspace().join(path);
        if std::fs::read_to_string(&file).is_ok_and(|old| old == text) {
            continue;
        }
        if check {
            stale.push(path);
            continue;
        }
        write(&file, &text)?;
        println!("wrote {path}");
    }
    if !stale.is_empty() {
        return Err(format!("generated files are stale: {}; run `cargo xtask gen`", stale.join(", ")));
    }
    if check { headers::check(&entries) } else { Ok(()) }
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    let error = |e: std::io::Error| format!("{}: {e}", file.display());
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(error)?;
    }
    std::fs::write(file, text).map_err(error)
}

/// The text as rustfmt leaves it.
fn format(text: &str) -> Result<String, String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(workspace().join("rustfmt.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("rustfmt: {e}; install it with `rustup component add rustfmt`"))?;
    let mut stdin = child.stdin.take().ok_or("rustfmt has no stdin")?;
    let source = text.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(source.as_bytes()));
    let output = child.wait_with_output().map_err(|e| format!("rustfmt: {e}"))?;
    let _ = writer.join();
    if !output.status.success() {
        return Err("rustfmt refused the generated text".to_owned());
    }
    String::from_utf8(output.stdout).map_err(|e| format!("rustfmt: {e}"))
}
