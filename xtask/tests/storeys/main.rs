//! The layout of the sources: no import runs up a storey, files of a storey form no circle, no file is longer than 500 lines
//! without a reason, and the paths in ARCHITECTURE.md exist.
//!
//! [`table`] lists the storeys of each crate. It is the place to edit when a folder is added.

mod imports;
mod table;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use imports::{Import, Tree};
use table::{CRATES, Layers, room};

/// The longest source file that needs no reason.
const LONGEST: usize = 500;

/// What the head of a longer file says, before the reason.
const REASON: &str = "Over 500 lines:";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a folder around xtask").to_owned()
}

/// All files below `folder` with one of these endings, in order; built files and hidden folders are left out.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        for entry in entries {
            let path = entry.expect("an entry of the folder").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if !name.starts_with('.') && name != "target" && name != "_library" {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn fail(what: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{what}:\n\n{}\n", faults.join("\n"));
}

fn tree(layers: &Layers) -> Tree {
    let src = root().join(layers.src);
    let sources = files(&src, &[".rs"]).into_iter().map(|file| {
        let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        (file.strip_prefix(&src).expect("a file of the crate").to_owned(), text)
    });
    Tree::read(sources.collect())
}

/// Imports of a crate that run up, each with the file and the line, and circles of files in one storey.
fn faults(layers: &Layers, tree: &Tree) -> Vec<String> {
    let storey = |module: &[String]| layers.storey_of(module);
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    let mut edges: BTreeMap<&Path, BTreeMap<&Path, &Import>> = BTreeMap::new();
    for file in tree.files() {
        let Some(own) = storey(&file.module) else {
            if !file.module.is_empty() {
                faults.push(format!(
                    "{}/{}: in no storey of the crate; add its folder to xtask/tests/storeys/table.rs",
                    layers.src,
                    file.path.display()
                ));
            }
            continue; // lib.rs shows what the crate has
        };
        for import in &file.imports {
            let Some(to) = storey(&import.module) else { continue };
            if to < own {
                continue;
            }
            if to == own {
                if let Some(to) = tree.file_of(&import.module) {
                    // The face of a folder uses its files, and they may use what it holds for all of them.
                    let is_face = file.path.ends_with("mod.rs") && to.module.starts_with(&file.module);
                    if to.path != file.path && !is_face {
                        edges.entry(&file.path).or_default().entry(&to.path).or_insert(import);
                    }
                }
                continue;
            }
            let target = import.module.join("::");
            let exception = layers
                .exceptions
                .iter()
                .position(|exception| Path::new(exception.file) == file.path && exception.imports == target);
            if let Some(exception) = exception {
                used.insert(exception);
                continue;
            }
            let [below, above] = [own, to].map(|at| layers.storeys[at].folder);
            faults.push(format!(
                "{}/{}:{}: imports `{}` of `{above}`, a storey above `{below}`; move what both need to `{below}` or below, or \
                 hand it in as an argument",
                layers.src,
                file.path.display(),
                import.line,
                import.text
            ));
        }
    }
    for (at, exception) in layers.exceptions.iter().enumerate() {
        if !used.contains(&at) {
            faults.push(format!(
                "xtask/tests/storeys/table.rs: {} does not import {} any more ({}); remove the exception",
                exception.file, exception.imports, exception.reason
            ));
        }
    }
    for (at, storey) in layers.storeys.iter().enumerate() {
        let files = tree.files().iter().filter(|file| layers.storey_of(&file.module) == Some(at));
        let circle = circle(&edges, files.map(|file| file.path.as_path()));
        match (circle.is_empty(), storey.ring) {
            (true, Some(_)) => faults.push(format!(
                "xtask/tests/storeys/table.rs: {}/{} is no ring any more; remove the reason",
                layers.src, storey.folder
            )),
            (false, None) => faults.push(format!(
                "{}/{}: files import each other in a circle; move what they share into a file of its own:\n    {}",
                layers.src,
                storey.folder,
                circle.join("\n    ")
            )),
            _ => {}
        }
    }
    faults
}

/// A circle among the files of a storey, an import a line; empty if there is none.
fn circle<'a>(
    edges: &BTreeMap<&'a Path, BTreeMap<&'a Path, &'a Import>>,
    files: impl Iterator<Item = &'a Path>,
) -> Vec<String> {
    let mut done: BTreeSet<&Path> = BTreeSet::new();
    fn visit<'a>(
        edges: &BTreeMap<&'a Path, BTreeMap<&'a Path, &'a Import>>,
        done: &mut BTreeSet<&'a Path>,
        way: &mut Vec<&'a Path>,
        file: &'a Path,
    ) -> bool {
        if let Some(start) = way.iter().position(|at| *at == file) {
            way.drain(..start);
            way.push(file);
            return true;
        }
        if !done.insert(file) {
            return false;
        }
        way.push(file);
        for to in edges.get(file).into_iter().flat_map(BTreeMap::keys) {
            if visit(edges, done, way, to) {
                return true;
            }
        }
        way.pop();
        false
    }
    for file in files {
        let mut way = Vec::new();
        if visit(edges, &mut done, &mut way, file) {
            return way
                .windows(2)
                .map(|pair| {
                    let import = edges[pair[0]][pair[1]];
                    format!("{}:{} imports `{}`", pair[0].display(), import.line, import.text)
                })
                .collect();
        }
    }
    Vec::new()
}

#[test]
fn no_import_runs_up() {
    let faults: Vec<String> = CRATES.iter().flat_map(|layers| faults(layers, &tree(layers))).collect();
    fail("Imports against the order of the storeys in xtask/tests/storeys/table.rs", &faults);
}

#[test]
fn no_file_is_too_long() {
    let root = root();
    let mut faults = Vec::new();
    for file in files(&root, &[".rs", ".py"]) {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let is_generated = file.components().any(|part| part.as_os_str() == "gen");
        let lines = text.lines().count();
        let head = text.lines().take_while(|line| line.starts_with(['/', '#', '"']) || line.is_empty());
        if lines > LONGEST && !is_generated && !head.into_iter().any(|line| line.contains(REASON)) {
            faults.push(format!(
                "{}: {lines} lines; split it by concept, or say why not in its head (`// {REASON} …`)",
                file.strip_prefix(&root).unwrap_or(&file).display()
            ));
        }
    }
    fail(&format!("Source files of over {LONGEST} lines"), &faults);
}

#[test]
fn paths_in_architecture_exist() {
    let root = root();
    let text = std::fs::read_to_string(root.join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let mut faults = Vec::new();
    for (at, line) in text.lines().enumerate() {
        // What stands between backticks, at the odd places.
        for path in line.split('`').skip(1).step_by(2) {
            let is_path = path.contains('/') && !path.contains([' ', '<', '*', '…', ':', '(', '{'])
                || [".rs", ".md", ".toml", ".txt", ".py"].iter().any(|ending| path.ends_with(ending));
            if is_path && !path.contains([' ', '<', '*']) && !root.join(path).exists() {
                faults.push(format!(
                    "ARCHITECTURE.md:{}: there is no `{path}` (paths begin at the workspace)",
                    at + 1
                ));
            }
        }
    }
    fail("Paths that do not exist", &faults);
}

/// The rules find what they are there to find.
#[test]
fn the_rules_work() {
    let layers = Layers {
        src: "src",
        storeys: const { &[room("low"), room("high"), room("high/top")] },
        exceptions: &[],
    };
    let read = |sources: &[(&str, &str)]| {
        let tree = Tree::read(sources.iter().map(|(path, text)| (path.into(), (*text).to_owned())).collect());
        faults(&layers, &tree)
    };
    let lib = ("lib.rs", "mod low;\nmod high;\npub use high::a::Thing;\npub use low::b;\n");
    let high = ("high/a.rs", "use crate::low::b::f;\npub struct Thing;\n");
    assert_eq!(
        read(&[lib, high, ("low/b.rs", "// use crate::high::a;\nconst S: &str = \"crate::high::a\";")]),
        [] as [&str; 0]
    );
    for up in [
        "use crate::high;",
        "use crate::{low::c, high::a::Thing};",
        "use super::super::high::a;",
        "fn f() { crate::high::a::g(); }",
        "macro_rules! m { () => { $crate::high::a::g() } }",
        "use crate::Thing;",
        "mod tests { use super::super::super::high; }",
    ] {
        let faults = read(&[lib, high, ("low/b.rs", up)]);
        assert!(faults.len() == 1 && faults[0].starts_with("src/low/b.rs:1: imports"), "{up}: {faults:?}");
    }
    let faults = read(&[
        lib,
        ("low/mod.rs", "mod b;\nmod c;\npub use c::C;"),
        ("low/b.rs", "use super::C;"),
        ("low/c.rs", "use super::b::f;"),
    ]);
    assert!(faults.len() == 1 && faults[0].contains("circle"), "{faults:?}");
    let top = ("high/top/b.rs", "use super::super::a::Thing;");
    assert_eq!(read(&[lib, high, top]), [] as [&str; 0]);
    let faults = read(&[lib, ("high/a.rs", "use super::top::b::f;"), top]);
    assert!(faults.len() == 1 && faults[0].contains("`high/top`, a storey above `high`"), "{faults:?}");
    let faults = read(&[lib, ("other.rs", "")]);
    assert!(faults.len() == 1 && faults[0].contains("in no storey"), "{faults:?}");
}
