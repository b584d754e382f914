//! Loads a module: checks the symbols that a library must have, and creates the errors for missing ones.
//!
//! Some messages are HPy's own, word for word: its test suite compares them.

use std::ffi::CString;

use hpy::exceptions::RuntimeError;
use hpy::{Context, Error, Handle, Result};

use crate::inspect;
use crate::library::Library;
use crate::modes;

/// The version of HPy's universal ABI that this host speaks.
const MAJOR: u32 = 0;
const MINOR: u32 = 0;

/// What Python asks for.
pub(crate) struct Request<'a, 'ctx> {
    /// The module's name in Python.
    pub(crate) name: &'a str,
    /// The end of its symbols.
    pub(crate) short: &'a str,
    /// The library's path, as the file system has it.
    pub(crate) path: &'a [u8],
    /// The module's spec.
    pub(crate) spec: &'a Handle<'ctx>,
    /// One of `modes`.
    pub(crate) mode: i32,
}

fn runtime_error(text: String) -> Error {
    Error::new::<RuntimeError>(text)
}

/// Loads a module, and executes it.
pub(crate) fn load<'ctx>(ctx: Context<'ctx>, request: Request<'_, 'ctx>) -> Result<Handle<'ctx>> {
    let Request { name, short, path, spec, mode } = request;
    refuse_legacy(short, path)?;
    let library = open(path)?;
    let version = required(&library, short, path)?;
    let shown = String::from_utf8_lossy(path);
    if version.0 != MAJOR || version.1 > MINOR {
        return Err(runtime_error(format!(
            "HPy extension module '{short}' requires unsupported version of the HPy runtime. Requested version: {}.{}. Current HPy version: {MAJOR}.{MINOR}.",
            version.0, version.1
        )));
    }
    check_tag(short, &shown, version)?;
    let context = modes::context(ctx, mode)?;
    let missing = |symbol: String| {
        let shown = &shown;
        move |error| {
            runtime_error(format!(
                "HPy extension module at path '{shown}' has no symbol '{symbol}'. Was the module registered by the \
                 HPy_MODINIT macro? The dynamic loader says: {error}"
            ))
        }
    };
    let announce = format!("HPyInitGlobalContext_{short}");
    // SAFETY: `modes` gives complete contexts that live for ever.
    unsafe { library.announce(&announce, context) }.map_err(missing(announce.clone()))?;
    let init = format!("HPyInit_{short}");
    let def = library.init(&init).map_err(missing(init.clone()))?;
    if def.is_null() {
        return Err(runtime_error(format!(
            "HPy extension module at path '{shown}': the function '{init}' returned NULL, not an HPyModuleDef."
        )));
    }
    let name = CString::new(name).map_err(|_| runtime_error("a module's name has a NUL in it".to_owned()))?;
    // SAFETY: this thread has a context, of the host embedded in this file, as that serves this file only. The library
    // was told of a context of this host, and is never closed; that its table is one is HPy's word. What comes back is a
    // new handle, or NULL with an exception.
    unsafe { Handle::from_result(ctx, hpy_host::load::foreign::load(&name, def, spec.as_raw())) }
}

fn open(path: &[u8]) -> Result<Library> {
    Library::open(path).map_err(|error| {
        let error = inspect::why_foreign(path).unwrap_or(error);
        runtime_error(format!(
            "HPy extension module at path '{}' can't be loaded: {error}",
            String::from_utf8_lossy(path)
        ))
    })
}

/// A module that calls Python's own C API has that of one CPython version compiled in: how references are counted, too.
fn refuse_legacy(short: &str, path: &[u8]) -> Result<()> {
    let mut names = inspect::legacy(path);
    if names.is_empty() {
        return Ok(());
    }
    let more = names.len().saturating_sub(3);
    names.truncate(3);
    let list = names.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() };
    Err(runtime_error(format!(
        "HPy extension module '{short}' at path '{}' has legacy code: it calls {list} of CPython's own C API (HPy's hybrid \
         ABI). Such a file is for the one CPython version that it was compiled for, with HPy's own runtime. Build it with \
         --hpy-abi=universal, without HPy_AsPyObject, HPy_FromPyObject, legacy_methods and legacy_slots",
        String::from_utf8_lossy(path)
    )))
}

fn required(library: &Library, short: &str, path: &[u8]) -> Result<(u32, u32)> {
    let get = |which: &str| {
        let symbol = format!("get_required_hpy_{which}_version_{short}");
        library.version(&symbol).map_err(|error| {
            runtime_error(format!(
                "HPy extension module at path '{}' has no symbol '{symbol}': it holds no HPy module of the name \
                 '{short}', or one that was built for HPy before 0.9. The dynamic loader says: {error}",
                String::from_utf8_lossy(path)
            ))
        })
    };
    Ok((get("major")?, get("minor")?))
}

/// The file's name says which ABI is inside: `.hpy0.so`.
fn check_tag(short: &str, path: &str, (major, minor): (u32, u32)) -> Result<()> {
    let digits = path.split_once(".hpy").map(|(_, rest)| {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        &rest[..end]
    });
    let wrong = match digits.map(str::parse::<u32>) {
        Some(Ok(tag)) if tag == major => return Ok(()),
        Some(Ok(tag)) => format!(
            "mismatch between the HPy ABI tag encoded in the filename and the major version requested by the HPy \
             extension itself. Major version tag parsed from filename: {tag}. Requested version: {major}.{minor}."
        ),
        _ => format!(
            "could not find HPy ABI tag encoded in the filename. The extension claims to be compiled with HPy ABI \
             version: {major}.{minor}."
        ),
    };
    Err(runtime_error(format!("HPy extension module '{short}' at path '{path}': {wrong}")))
}

#[cfg(test)]
mod tests {
    use super::check_tag;

    #[test]
    fn tags() {
        let good = |path| check_tag("m", path, (0, 0)).is_ok();
        assert!(good("/x/m.hpy0.so") && good("m.hpy0-cp311.so") && good("m.hpy00.so"));
        assert!(!good("m.so") && !good("m.hpy.so") && !good("m.hpy1.so") && !good("m.hpy-0.so"));
    }
}
