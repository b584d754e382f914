//! Inspects a library without loading it. None of its code runs, not even constructors.

use std::fs::File;

use hpy::exceptions::{OSError, ValueError};
use hpy::{Error, Result};
use object::{Architecture, BinaryFormat, Object, ObjectSymbol, ReadCache, ReadRef};

use crate::platform;

/// A library as its file describes it.
pub(crate) struct Contents {
    /// The processor that it is for, as Rust names it.
    pub(crate) processor: String,
    /// ELF, Mach-O or PE.
    pub(crate) format: String,
    /// The dynamic symbols that it defines.
    pub(crate) defined: Vec<String>,
    /// Those that it must find elsewhere.
    pub(crate) undefined: Vec<String>,
}

/// Reads an ELF, Mach-O or PE file, of any processor and system.
pub(crate) fn read(path: &[u8]) -> Result<Contents> {
    let path = platform::path(path).map_err(Error::new::<ValueError>)?;
    let shown = path.display();
    let file = File::open(&path).map_err(|error| Error::new::<OSError>(format!("{shown}: {error}")))?;
    parse(&ReadCache::new(file))
        .map_err(|error| Error::new::<ValueError>(format!("{shown} is no library: {error}")))
}

/// Why a library can't be loaded here, if it is for another processor or system. The dynamic loader's own words are "No such
/// file or directory" then.
pub(crate) fn why_foreign(path: &[u8]) -> Option<String> {
    let file = File::open(platform::path(path).ok()?).ok()?;
    parse(&ReadCache::new(file)).ok()?.why_foreign()
}

/// The names of Python's own C API that a library wants: legacy code, compiled for one version of CPython.
pub(crate) fn legacy(path: &[u8]) -> Vec<String> {
    let file = platform::path(path).ok().and_then(|path| File::open(path).ok());
    let contents = file.and_then(|file| parse(&ReadCache::new(file)).ok());
    let undefined = contents.map_or(Vec::new(), |contents| contents.undefined);
    undefined.into_iter().filter(|name| name.trim_start_matches('_').starts_with("Py")).collect()
}

/// Reads no more of the file than the tables of symbols.
fn parse<'data>(data: impl ReadRef<'data>) -> object::Result<Contents> {
    let file = object::File::parse(data)?;
    let format = match file.format() {
        BinaryFormat::Elf => "ELF".to_owned(),
        BinaryFormat::MachO => "Mach-O".to_owned(),
        BinaryFormat::Pe => "PE".to_owned(),
        other => format!("{other:?}"),
    };
    let processor = match file.architecture() {
        Architecture::X86_64 | Architecture::X86_64_X32 => "x86_64".to_owned(),
        Architecture::I386 => "x86".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    };
    let (mut defined, mut undefined) = (Vec::new(), Vec::new());
    for symbol in file.dynamic_symbols() {
        let Ok(name) = symbol.name() else { continue };
        if symbol.is_undefined() && !symbol.is_weak() {
            undefined.push(name.to_owned());
        } else if !symbol.is_undefined() {
            defined.push(name.to_owned());
        }
    }
    // Those of Mach-O and PE files stand in lists of their own; Mach-O puts `_` before each name.
    let plain = |name: &[u8]| {
        let name = String::from_utf8_lossy(name).into_owned();
        if file.format() == BinaryFormat::MachO {
            name.strip_prefix('_').unwrap_or(&name).to_owned()
        } else {
            name
        }
    };
    if file.format() != BinaryFormat::Elf {
        defined.extend(file.exports()?.iter().map(|export| plain(export.name())));
        undefined.extend(file.imports()?.iter().map(|import| plain(import.name())));
    }
    for list in [&mut defined, &mut undefined] {
        list.retain(|name| !name.is_empty());
        list.sort();
        list.dedup();
    }
    Ok(Contents { processor, format, defined, undefined })
}

impl Contents {
    /// See [`why_foreign`].
    pub(crate) fn why_foreign(&self) -> Option<String> {
        let here = (std::env::consts::ARCH, platform::FORMAT);
        (self.processor != here.0 || self.format != here.1).then(|| {
            format!(
                "it is for {} ({}), and this Python runs on {} ({})",
                self.processor, self.format, here.0, here.1
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    /// The head of an ELF file without sections, for a processor.
    fn elf(machine: u8) -> Vec<u8> {
        let mut head = vec![0; 64];
        head[..8].copy_from_slice(b"\x7fELF\x02\x01\x01\0");
        head[16] = 3; // a library
        head[18] = machine;
        head[20] = 1;
        head[52] = 64;
        head
    }

    #[test]
    fn processors() {
        let contents = parse(&*elf(183)).unwrap();
        assert_eq!((&*contents.processor, &*contents.format), ("aarch64", "ELF"));
        assert!(contents.defined.is_empty() && contents.undefined.is_empty());
        assert_eq!(parse(&*elf(62)).unwrap().processor, "x86_64");
        let why = parse(&*elf(if cfg!(target_arch = "x86_64") { 183 } else { 62 })).unwrap().why_foreign();
        assert!(why.unwrap().contains("this Python runs on"));
        assert!(parse(&b"text"[..]).is_err());
    }
}
