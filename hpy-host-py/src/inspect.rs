//! What can be read in a library without loading it.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use hpy::exceptions::{OSError, ValueError};
use hpy::{Error, Result};
use object::{Object, ObjectSymbol};

/// The dynamic symbols that a library defines, and those that it wants from elsewhere.
pub(crate) fn symbols(path: &[u8]) -> Result<(Vec<String>, Vec<String>)> {
    let path = Path::new(OsStr::from_bytes(path));
    let shown = path.display();
    let data = std::fs::read(path).map_err(|error| Error::new::<OSError>(format!("{shown}: {error}")))?;
    let file = object::File::parse(&*data)
        .map_err(|error| Error::new::<ValueError>(format!("{shown} is no library: {error}")))?;
    let (mut defined, mut undefined) = (Vec::new(), Vec::new());
    for symbol in file.dynamic_symbols() {
        let Ok(name) = symbol.name() else { continue };
        if !name.is_empty() {
            if symbol.is_undefined() { &mut undefined } else { &mut defined }.push(name.to_owned());
        }
    }
    defined.sort();
    undefined.sort();
    Ok((defined, undefined))
}
