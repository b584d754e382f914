//! `cargo xtask demo`: a wheel of `examples/word_count` for each platform, installed and run on every interpreter of it.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::args::Args;
use crate::cache::{self, Cache};
use crate::interpreters::{self, Interpreter, Ready};
use crate::platform::Platform;
use crate::progress::Progress;
use crate::table::{self, Align, Table};
use crate::{paths, process, wheel};

/// Runs the command; `--json FILE` keeps the table.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let mut args = Args::new(args);
    let json = args.value("--json")?;
    args.finish()?;

    let progress = Progress::start();
    let cache = Cache::locate()?;
    let found = interpreters::all(&cache);
    for (path, error) in &found.broken {
        println!("{} is left out, it doesn't run: {error}", path.display());
    }
    if found.interpreters.is_empty() {
        return Err("no Python >= 3.8 was found".to_owned());
    }
    let output = paths::workspace().join("target/demo");
    let example = paths::workspace().join("examples/word_count");
    let (mut results, mut files) = (Vec::new(), Vec::new());
    for platform in Platform::ALL {
        let all = found.interpreters.iter().chain(&found.foreign);
        let here: Vec<&Interpreter> = all.filter(|one| one.platform == platform).collect();
        if here.is_empty() {
            continue;
        }
        let folder = output.join("wheels").join(platform.name());
        let wheel = wheel::build(&cache, &example, platform, "release", &folder, progress)?;
        let file = wheel.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for one in here {
            progress.step(&one.name, format!("installing {file} and counting"));
            let result = count(&cache, one, &wheel, &output.join(&one.name), progress);
            results.push((one, result));
        }
        files.push(file);
    }
    if let Some(path) = json {
        let rows = results.iter().map(|(one, result)| description(one, result));
        table::write_json(&path, &Value::Array(rows.collect()))?;
    }
    close(&files.join(", "), &results)
}

/// Installs the wheel, counts, and returns what `assets/demo.py` says.
fn count(
    cache: &Cache,
    one: &Interpreter,
    wheel: &Path,
    folder: &Path,
    progress: Progress,
) -> Result<Value, String> {
    let ready = interpreters::ready(cache, one, progress)?;
    cache::fresh(folder)?;
    let mut python = if one.probe.is_graalpy() {
        // pip takes 40 s there for what is unpacking a zip file.
        wheel::unpack(cache, wheel, folder)?;
        let mut python = process::command(&ready.python);
        python.env("PYTHONPATH", folder);
        python
    } else if one.platform != Platform::This {
        // Such a Python can't make an environment here. uv sees that the wheel is for that platform and version.
        interpreters::install_for(cache, one, wheel, folder)?;
        let mut python = process::command(&ready.python);
        python.env("PYTHONPATH", one.platform.path(folder));
        python
    } else {
        process::command(install(&ready, wheel, folder)?)
    };
    let output = process::output(python.arg(one.platform.path(&paths::assets().join("demo.py"))))?;
    serde_json::from_str(&output).map_err(|error| format!("{error}: {output}"))
}

/// `pip install` into an environment that has nothing else; returns its Python.
fn install(ready: &Ready, wheel: &Path, folder: &Path) -> Result<PathBuf, String> {
    let mut venv = process::command(&ready.python);
    process::run(venv.args(["-m", "venv", "--without-pip"]).arg(folder))?;
    let python = folder.join("bin/python");
    let mut pip = process::command(&ready.python);
    pip.args(["-m", "pip", "--quiet", "--disable-pip-version-check", "--python"]).arg(&python);
    process::run(pip.args(["install", "--no-index", "--no-deps"]).arg(wheel))?;
    Ok(python)
}

fn is_good(result: &Result<Value, String>) -> bool {
    result.as_ref().is_ok_and(|value| value["ok"] == true)
}

fn description(one: &Interpreter, result: &Result<Value, String>) -> Value {
    let mut row = json!({
        "interpreter": one.name,
        "version": one.probe.version(),
        "implementation": one.probe.implementation(),
        "host": one.host().name(),
        "ok": is_good(result),
    });
    match result {
        Ok(value) => {
            for name in ["host", "words", "native_seconds", "python_seconds"] {
                row[name] = value[name].clone();
            }
        }
        Err(error) => row["error"] = error.as_str().into(),
    }
    row
}

fn close(wheels: &str, results: &[(&Interpreter, Result<Value, String>)]) -> Result<(), String> {
    let mut table = Table::new([
        ("interpreter", Align::Left),
        ("version", Align::Left),
        ("host", Align::Left),
        ("words", Align::Right),
        ("s native", Align::Right),
        ("s pure Python", Align::Right),
        ("", Align::Left),
    ]);
    for (one, result) in results {
        let shown = |name: &str, digits| match result {
            Ok(value) => value[name].as_f64().map_or("-".to_owned(), |number| format!("{number:.digits$}")),
            Err(_) => "-".to_owned(),
        };
        let host = result.as_ref().ok().and_then(|value| value["host"].as_str());
        table.row([
            one.name.clone(),
            format!("{} {}", one.probe.implementation(), one.probe.version()),
            host.unwrap_or("-").to_owned(),
            shown("words", 0),
            shown("native_seconds", 3),
            shown("python_seconds", 3),
            if is_good(result) { "ok" } else { "FAILED" }.to_owned(),
        ]);
    }
    println!("\nOne source, a wheel for each platform: {wheels}:");
    table.print();
    let mut good = true;
    for (one, result) in results {
        if !is_good(result) {
            good = false;
            let reason = result.as_ref().err().map_or("the counts differ", String::as_str);
            println!("\n{}: {reason}", one.name);
        }
    }
    if good { Ok(()) } else { Err(String::new()) }
}
