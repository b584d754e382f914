//! Imports of the files of a crate: the paths of `use` declarations, and those in the code that begin with `crate`, `super` or
//! `self`. Names that a face (`lib.rs`, `mod.rs`) shows are followed to the module that they are from.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::tokens::{Token, tokens};

/// A path in a file.
#[derive(Debug)]
pub(crate) struct Import {
    pub(crate) line: usize,
    /// As it is written.
    pub(crate) text: String,
    /// From the crate's root, as far as it is known to lead, with the item at its end.
    pub(crate) module: Vec<String>,
}

/// A source file.
#[derive(Debug)]
pub(crate) struct File {
    /// From `src`.
    pub(crate) path: PathBuf,
    /// `src/a/b.rs` is `[a, b]`, `src/a/mod.rs` is `[a]`. Generated files in a folder `gen` belong to the
    /// folder around it.
    pub(crate) module: Vec<String>,
    pub(crate) imports: Vec<Import>,
    /// Names that `use` brings into the module, with their paths from the root.
    names: BTreeMap<String, Vec<String>>,
}

/// The files of a crate.
#[derive(Debug)]
pub(crate) struct Tree {
    files: Vec<File>,
}

impl Tree {
    pub(crate) fn read(sources: Vec<(PathBuf, String)>) -> Self {
        let mut files: Vec<File> = sources.into_iter().map(|(path, text)| read(path, &text)).collect();
        let faces: BTreeMap<Vec<String>, BTreeMap<String, Vec<String>>> =
            files.iter().map(|file| (file.module.clone(), file.names.clone())).collect();
        for import in files.iter_mut().flat_map(|file| &mut file.imports) {
            import.module = follow(&faces, import.module.clone());
        }
        Tree { files }
    }

    pub(crate) fn files(&self) -> &[File] {
        &self.files
    }

    /// The file that a path leads to: the one with the longest module that the path begins with.
    pub(crate) fn file_of(&self, path: &[String]) -> Option<&File> {
        self.files
            .iter()
            .filter(|file| !file.module.is_empty() && path.starts_with(&file.module))
            .max_by_key(|file| file.module.len())
    }
}

/// Follows re-exports.
fn follow(
    faces: &BTreeMap<Vec<String>, BTreeMap<String, Vec<String>>>,
    mut path: Vec<String>,
) -> Vec<String> {
    for _ in 0..8 {
        let shown = (0..path.len()).find_map(|at| {
            let module = &path[..at];
            let mut child = module.to_vec();
            child.push(path[at].clone());
            if faces.contains_key(&child) {
                return None; // a module of that name comes first
            }
            let target = faces.get(module)?.get(&path[at])?;
            Some((at, target.clone()))
        });
        let Some((at, mut target)) = shown else { break };
        target.extend_from_slice(&path[at + 1..]);
        if target == path {
            break;
        }
        path = target;
    }
    path
}

fn read(path: PathBuf, text: &str) -> File {
    let mut module: Vec<String> = path
        .with_extension("")
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    module.retain(|part| part != "gen");
    if module.last().is_some_and(|last| last == "mod" || last == "lib") {
        module.pop();
    }
    let mut reader = Reader {
        tokens: tokens(text),
        at: 0,
        module: module.clone(),
        inner: Vec::new(),
        imports: Vec::new(),
        names: BTreeMap::new(),
    };
    reader.read();
    let Reader { imports, names, .. } = reader;
    File { path, module, imports, names }
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    module: Vec<String>,
    /// Modules inside of the file that are open, with the depth of braces around them.
    inner: Vec<(String, usize)>,
    imports: Vec<Import>,
    names: BTreeMap<String, Vec<String>>,
}

impl Reader {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.text)
    }

    fn read(&mut self) {
        let mut depth = 0;
        while self.at < self.tokens.len() {
            let before = self.at.checked_sub(1).map_or("", |at| self.text(at));
            match self.text(self.at) {
                "{" => depth += 1,
                "}" => {
                    depth -= 1;
                    if self.inner.last().is_some_and(|(_, around)| *around == depth) {
                        self.inner.pop();
                    }
                }
                "mod" if self.text(self.at + 2) == "{" => {
                    self.inner.push((self.text(self.at + 1).to_owned(), depth));
                }
                "use" => {
                    self.at += 1;
                    self.tree(&mut Vec::new());
                    continue;
                }
                "crate" | "super" | "self" if before != "::" && self.text(self.at + 1) == "::" => {
                    let line = self.tokens[self.at].line;
                    let mut path = vec![self.text(self.at).to_owned()];
                    while self.text(self.at + 1) == "::" && self.text(self.at + 2).starts_with(is_letter) {
                        path.push(self.text(self.at + 2).to_owned());
                        self.at += 2;
                    }
                    self.import(line, &path);
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    /// The tree of a `use` declaration behind `prefix`.
    fn tree(&mut self, prefix: &mut Vec<String>) {
        let (line, outer) = (self.tokens.get(self.at).map_or(0, |token| token.line), prefix.len());
        loop {
            match self.text(self.at) {
                "::" => self.at += 1,
                "{" => {
                    self.at += 1;
                    while !matches!(self.text(self.at), "}" | "") {
                        self.tree(prefix);
                        if self.text(self.at) == "," {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    break;
                }
                "*" => {
                    self.at += 1;
                    self.import(line, prefix);
                    break;
                }
                word if word.starts_with(is_letter) && word != "as" => {
                    prefix.push(word.to_owned());
                    self.at += 1;
                    if self.text(self.at) != "::" {
                        if prefix.len() > 1 && prefix.last().is_some_and(|last| last == "self") {
                            prefix.pop();
                        }
                        let mut name = prefix.last().cloned().unwrap_or_default();
                        if self.text(self.at) == "as" {
                            name = self.text(self.at + 1).to_owned();
                            self.at += 2;
                        }
                        if let Some(path) = self.import(line, prefix)
                            && self.inner.is_empty()
                        {
                            self.names.insert(name, path);
                        }
                        break;
                    }
                }
                _ => break,
            }
        }
        prefix.truncate(outer);
    }

    /// Adds a path, and returns it from the root. One of another crate is taken for one of a module below: there is no such file, so
    /// it leads nowhere.
    fn import(&mut self, line: usize, written: &[String]) -> Option<Vec<String>> {
        let mut module = self.module.clone();
        module.extend(self.inner.iter().map(|(name, _)| name.clone()));
        let ups = written.iter().take_while(|word| *word == "super").count();
        let rest = match written.first()?.as_str() {
            "crate" => {
                module.clear();
                &written[1..]
            }
            "self" => &written[1..],
            _ => &written[ups..],
        };
        module.truncate(module.len().checked_sub(ups)?);
        module.extend_from_slice(rest);
        self.imports.push(Import { line, text: written.join("::"), module: module.clone() });
        Some(module)
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
