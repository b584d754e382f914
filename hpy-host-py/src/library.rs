//! [`Library`]: a shared library with HPy modules in it.

use core::ffi::c_void;
use std::ffi::CString;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use hpy_sys::{HPyContext, HPyModuleDef};

use crate::platform;

/// A library of the process. It is never closed: Python keeps pointers into it.
pub(crate) struct Library(*mut c_void);

/// `get_required_hpy_{major,minor}_version_<module>`.
type Version = unsafe extern "C" fn() -> u32;
/// `HPyInitGlobalContext_<module>`.
type Announce = unsafe extern "C" fn(*mut HPyContext);
/// `HPyInit_<module>`.
type Init = unsafe extern "C" fn() -> *mut HPyModuleDef;

impl Library {
    /// Loads the file, unless it is loaded already; else says why not.
    pub(crate) fn open(path: &[u8]) -> Result<Self, String> {
        check_whole(&platform::path(path)?)?;
        platform::open(path).map(Library)
    }

    /// The address of a symbol; else the dynamic loader's words.
    fn symbol(&self, name: &str) -> Result<*mut c_void, String> {
        let c_name = CString::new(name).map_err(|_| "a name has a NUL in it".to_owned())?;
        platform::symbol(self.0, &c_name)
    }

    /// Calls a function that takes nothing and gives a number.
    pub(crate) fn version(&self, name: &str) -> Result<u32, String> {
        let symbol = self.symbol(name)?;
        // SAFETY: HPy's word on the type of symbols with that name.
        unsafe { Ok(core::mem::transmute::<*mut c_void, Version>(symbol)()) }
    }

    /// Calls `HPyInitGlobalContext_<module>`.
    ///
    /// # Safety
    ///
    /// The context is complete, and lives for ever.
    pub(crate) unsafe fn announce(&self, name: &str, context: *mut HPyContext) -> Result<(), String> {
        let symbol = self.symbol(name)?;
        // SAFETY: HPy's word on the type of symbols with that name; the caller's word.
        unsafe { core::mem::transmute::<*mut c_void, Announce>(symbol)(context) };
        Ok(())
    }

    /// Calls `HPyInit_<module>`.
    pub(crate) fn init(&self, name: &str) -> Result<*mut HPyModuleDef, String> {
        let symbol = self.symbol(name)?;
        // SAFETY: HPy's word on the type of symbols with that name.
        unsafe { Ok(core::mem::transmute::<*mut c_void, Init>(symbol)()) }
    }
}

/// Of a truncated ELF file the dynamic loader would end the process, not the call: sees that its end is there. (Windows would say
/// that it is no application.)
fn check_whole(path: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| error.to_string();
    let mut file = File::open(path).map_err(failed)?;
    let mut head = [0; 64];
    let read = file.read(&mut head).map_err(failed)?;
    if read < head.len() {
        return Err("the file is too short for a library".to_owned());
    }
    if head.starts_with(b"\x7fELF\x02\x01") {
        let number = |at: usize, len: usize| {
            head[at..at + len].iter().rev().fold(0u64, |value, byte| value << 8 | u64::from(*byte))
        };
        let (sections, size, count) = (number(40, 8), number(58, 2), number(60, 2));
        if file.metadata().map_err(failed)?.len() < sections.saturating_add(size * count) {
            return Err("the file is truncated".to_owned());
        }
    }
    if head.starts_with(b"MZ") {
        let at = u32::from_le_bytes([head[60], head[61], head[62], head[63]]);
        let end = end_of_pe(&mut file, at).map_err(|_| "the file is truncated".to_owned())?;
        if file.metadata().map_err(failed)?.len() < end {
            return Err("the file is truncated".to_owned());
        }
    }
    Ok(())
}

/// Where the last section of a PE file ends, whose header is at a place.
fn end_of_pe(file: &mut File, at: u32) -> std::io::Result<u64> {
    let mut head = [0; 24];
    file.seek(SeekFrom::Start(at.into()))?;
    file.read_exact(&mut head)?;
    let number = |at: usize| u16::from_le_bytes([head[at], head[at + 1]]);
    file.seek(SeekFrom::Current(number(20).into()))?;
    let mut end = 0;
    for _ in 0..number(6) {
        let mut section = [0; 40];
        file.read_exact(&mut section)?;
        let number = |at: usize| {
            u64::from(u32::from_le_bytes([section[at], section[at + 1], section[at + 2], section[at + 3]]))
        };
        end = end.max(number(16) + number(20));
    }
    Ok(end)
}
