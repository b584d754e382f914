//! Programs that must not compile, with the expected compiler errors: one file in `tests/ui` for each rule.
//!
//! A `//~ text` at the end of a line expects an error with that text at that line. After a change of messages,
//! `TRYBUILD=overwrite cargo test -p hpy --test ui` updates the `.stderr` files; review the difference before committing it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[test]
fn messages() {
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}

/// Each error is at a line that is marked for it, and each mark has its error.
#[test]
fn places() {
    let mut wrong = Vec::new();
    for file in files() {
        let source = std::fs::read_to_string(&file).unwrap();
        let stderr = std::fs::read_to_string(file.with_extension("stderr")).unwrap_or_default();
        let errors = errors(&stderr);
        let mut marked = BTreeSet::new();
        for (line, text) in (1..).zip(source.lines()) {
            for mark in text.split("//~").skip(1).map(str::trim) {
                marked.insert(line);
                if !errors.iter().any(|(at, message)| *at == line && message.contains(mark)) {
                    wrong.push(format!("{}:{line}: no error says {mark:?}", file.display()));
                }
            }
        }
        for (line, message) in errors.iter().filter(|(line, _)| !marked.contains(line)) {
            wrong.push(format!("{}:{line}: not marked: {message}", file.display()));
        }
        if !source.starts_with("//! ") {
            wrong.push(format!("{}: the first line says the rule", file.display()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let entries = |dir: &Path| std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries(&root)
        .flat_map(|dir| entries(&dir))
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

/// The line and the message of each error that the compiler reported.
fn errors(stderr: &str) -> Vec<(usize, String)> {
    let mut errors = Vec::new();
    let mut message: Option<String> = None;
    for line in stderr.lines() {
        if line.starts_with("error") {
            message = Some(line.to_owned());
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            // `--> tests/ui/handles/mix_contexts.rs:6:5`; further places of one error are not where it is.
            if let Some(message) = message.take() {
                let line = place.rsplit(':').nth(1).and_then(|line| line.parse().ok());
                errors.push((line.unwrap_or_default(), message));
            }
        } else if let (Some(message), false) = (&mut message, line.is_empty()) {
            message.push('\n');
            message.push_str(line.trim());
        }
    }
    errors
}
