//! Generates the Python loader of a wheel, and checks the extension that goes into it.
//!
//! maturin has a hook for generated Python files, named after its first user. With `bindings = "uniffi"`, it runs the crate's
//! binary `uniffi-bindgen` and packages the files that the binary writes. uniffi itself is not involved. The binary's `main` is
//! one line:
//!
//! ```no_run
//! hpy::bindgen::main()
//! ```

mod check;

use std::path::{Path, PathBuf};
use std::process::exit;

const LOADER: &str = include_str!("loader.py");

/// The loader's name in the package. The package is the module, and can't have a part of a name that the module may have.
const LOADER_NAME: &str = "_hpy_loader.py";

/// The `main` function of the binary `uniffi-bindgen`: reads maturin's arguments and writes the loader. It exits with a message
/// and status 1 on failure, or if the wheel could not be imported because the library lacks the module or has another name
/// than the loader expects.
pub fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let Err(message) = run(&args) {
        eprintln!("hpy bindgen: {message}");
        exit(1);
    }
}

fn run(args: &[String]) -> Result<(), String> {
    let usage =
        "usage: uniffi-bindgen generate --language python --out-dir DIR --library FILE (maturin calls it so)";
    let value = |name: &str| {
        let at = args.iter().position(|arg| arg == name)?;
        args.get(at + 1).map(PathBuf::from)
    };
    if args.first().map(String::as_str) != Some("generate") {
        return Err(usage.into());
    }
    let out = value("--out-dir").ok_or(usage)?;
    // `--library` is a flag before the file in some versions of maturin, and the file is the last argument in all.
    let library = args.last().map(PathBuf::from).ok_or(usage)?;
    let module = module_name(&library)?;
    check::config(value("--config").as_deref(), &module)?;
    check::library(&library, &module)?;
    std::fs::create_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    remove_stale(&out)?;
    let file = out.join(LOADER_NAME);
    std::fs::write(&file, loader(&module)).map_err(|e| format!("{}: {e}", file.display()))
}

/// The loader's text for a module.
fn loader(module: &str) -> String {
    LOADER.replace("@MODULE@", module)
}

/// maturin ships every Python file that it finds in the folder, also of earlier builds under another name.
fn remove_stale(out: &Path) -> Result<(), String> {
    let entries = std::fs::read_dir(out).map_err(|e| format!("{}: {e}", out.display()))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.extension().is_some_and(|extension| extension == "py") {
            std::fs::remove_file(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        }
    }
    Ok(())
}

/// `libword_count.so` holds the module `word_count`, and so does `word_count.dll`, wherever it is built.
fn module_name(library: &Path) -> Result<String, String> {
    let stem = library.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let windows = library.extension().is_some_and(|end| end == "dll");
    let name = stem.strip_prefix("lib").filter(|_| !windows).unwrap_or(stem);
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Err(format!("{}: no library of an extension module", library.display()));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_modules() {
        assert_eq!(module_name(Path::new("/x/libword_count.so")).unwrap(), "word_count");
        assert_eq!(module_name(Path::new("/x/library.dll")).unwrap(), "library");
        assert!(module_name(Path::new("/x/lib.so")).is_err());
    }

    /// A folder with a library of the module `foo`, and what maturin calls this with.
    fn folder(name: &str) -> (PathBuf, Vec<String>) {
        let folder = std::env::temp_dir().join(format!("hpy-bindgen-{name}-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("out")).unwrap();
        std::fs::write(folder.join("libfoo.so"), b"\x7fELF\0HPyInit_foo\0HPyInitGlobalContext_foo\0")
            .unwrap();
        std::fs::write(folder.join("uniffi.toml"), "[bindings.python]\ncdylib_name = \"foo.hpy0\"\n")
            .unwrap();
        let path = |end: &str| folder.join(end).display().to_string();
        let args = ["generate", "--no-format", "--language", "python", "--out-dir"].map(str::to_owned);
        let rest =
            [path("out"), "--config".into(), path("uniffi.toml"), "--library".into(), path("libfoo.so")];
        (folder.clone(), args.into_iter().chain(rest).collect())
    }

    #[test]
    fn writes_one_loader_and_removes_stale_ones() {
        let (folder, args) = folder("stale");
        let out = folder.join("out");
        std::fs::write(out.join("old_name.py"), "").unwrap();
        run(&args).unwrap();
        let files: Vec<_> = std::fs::read_dir(&out).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(files, [LOADER_NAME]);
        assert!(std::fs::read_to_string(out.join(LOADER_NAME)).unwrap().contains("_NAME = \"foo\""));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn nothing_is_written_for_a_wheel_that_would_not_work() {
        let (folder, args) = folder("wrong");
        let library = folder.join("libfoo.so");
        std::fs::write(&library, b"\x7fELF\0HPyInit_bar\0HPyInitGlobalContext_bar\0").unwrap();
        assert!(run(&args).unwrap_err().contains("has the module `bar`, not `foo`"));
        std::fs::write(folder.join("uniffi.toml"), "").unwrap();
        assert!(run(&args).unwrap_err().contains("uniffi.toml: it lacks"));
        assert_eq!(std::fs::read_dir(folder.join("out")).unwrap().count(), 0);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn bad_calls_say_how() {
        assert!(run(&["help".to_owned()]).unwrap_err().contains("usage"));
    }
}
