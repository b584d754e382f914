//! [`Interpreter`]: implementation, version and properties of the interpreter that loaded this file.
//!
//! No layout is assumed: the offset of an object's type is found by searching a new object for it.

use std::sync::OnceLock;

use super::{Owned, payload};
use crate::api;
use crate::capi::import_error::ImportError;
use crate::capi::missing_functions;
use crate::capi::types::PyObject;

/// A family of interpreters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Implementation {
    /// CPython.
    CPython,
    /// PyPy, through its emulation of the C API.
    PyPy,
    /// GraalPy, through its emulation of the C API. Its object pointers must not be read through.
    GraalPy,
}

/// What is known of the running interpreter.
#[derive(Clone, Debug)]
pub struct Interpreter {
    /// The family.
    pub implementation: Implementation,
    /// The version of the language: major, minor.
    pub version: (u8, u8),
    /// `sys.version`, the first word: for messages.
    pub text: String,
    /// A CPython without a GIL.
    pub free_threaded: bool,
    /// A debug build.
    pub debug: bool,
    /// Bytes of an object's header; what CPython calls `PyObject_HEAD`.
    pub header: usize,
    /// Where in an object its type stands; `None` where objects must not be read.
    pub type_offset: Option<usize>,
}

static INTERPRETER: OnceLock<Interpreter> = OnceLock::new();

/// Bytes from an object's start to its type, or `usize::MAX`. Written once, before the embedded context is in use.
static mut TYPE_OFFSET: usize = usize::MAX;

/// Returns whether `PyUnicode_AsUTF8AndSize` refuses lone surrogates. CPython's does, PyPy's gives three bytes that aren't UTF-8.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn refuses_surrogates() -> bool {
    // SAFETY: written once, by `probe`.
    unsafe { REFUSES_SURROGATES }
}

static mut REFUSES_SURROGATES: bool = false;

/// Returns whether the C API is CPython's own, with its checks of arguments. That of PyPy and GraalPy is an emulation.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn is_cpython() -> bool {
    refuses_surrogates()
}

/// Returns whether `PyLong_AsLongLong` asks an object that is no `int` for `__index__` only. CPython's does since 3.10;
/// before, it takes `__int__`, too, and so a `float`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn reads_by_index() -> bool {
    // SAFETY: written once, by `probe`.
    unsafe { READS_BY_INDEX }
}

static mut READS_BY_INDEX: bool = false;

/// The running interpreter; `None` before the first import.
pub fn interpreter() -> Option<&'static Interpreter> {
    INTERPRETER.get()
}

/// The type of an object, borrowed, where it can be read without a call.
///
/// # Safety
///
/// `object` is a live object of the interpreter.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn type_of(object: *mut PyObject) -> Option<*mut PyObject> {
    // SAFETY: the offset was proven on an object of this interpreter, whose objects may be read; see `probe`.
    unsafe {
        let offset = TYPE_OFFSET;
        if offset == usize::MAX { None } else { Some(*object.byte_add(offset).cast::<*mut PyObject>()) }
    }
}

/// [`type_of`] where it is known that objects may be read.
///
/// # Safety
///
/// `object` is a live object of CPython or of PyPy.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn type_at(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: as in `type_of`; `probe` found the offset on an object of this interpreter, as it does on these.
    unsafe { *object.byte_add(TYPE_OFFSET).cast::<*mut PyObject>() }
}

/// Finds out which interpreter this is.
///
/// # Safety
///
/// The table of the C API is filled, and this thread runs Python.
pub(crate) unsafe fn probe() -> Result<&'static Interpreter, ImportError> {
    if let Some(known) = INTERPRETER.get() {
        return Ok(known);
    }
    // SAFETY: the caller's word.
    let found = unsafe { look() }?;
    if let Some(offset) = found.type_offset {
        // SAFETY: only this function writes it, before anything reads it.
        unsafe { TYPE_OFFSET = offset };
    }
    // SAFETY: as above.
    unsafe {
        let cpython = found.implementation == Implementation::CPython;
        REFUSES_SURROGATES = cpython;
        READS_BY_INDEX = cpython && found.version >= (3, 10);
    }
    // SAFETY: only this function calls it, before anything reads it.
    unsafe {
        let tag = if found.implementation == Implementation::CPython { 0 } else { payload::TAG_ROOM };
        payload::set_header(found.header + tag);
    }
    missing_functions::set_interpreter(found.text.clone());
    Ok(INTERPRETER.get_or_init(|| found))
}

unsafe fn look() -> Result<Interpreter, ImportError> {
    // SAFETY: the caller's word; every reference that is made here is given back.
    unsafe {
        let sys = Owned::import(c"sys")?;
        let name = sys.attribute(c"implementation")?.attribute(c"name")?.text()?;
        let hex = sys.attribute(c"hexversion")?.number()?;
        let byte = |shift: u8| u8::try_from(hex >> shift & 255).unwrap_or_default();
        let version = (byte(24), byte(16));
        let full = format!("{}.{}.{}", byte(24), byte(16), byte(8));
        let implementation = match name.as_str() {
            "cpython" => Implementation::CPython,
            "pypy" => Implementation::PyPy,
            "graalpy" => Implementation::GraalPy,
            other => {
                return Err(ImportError::from(format!(
                    "the interpreter {other} is not known; CPython, PyPy and GraalPy are"
                )));
            }
        };
        if version < (3, 8) {
            return Err(format!("{name} {full} is too old: Python 3.8 or later is needed").into());
        }
        let flags = sys.attribute(c"abiflags").and_then(|flags| flags.text()).unwrap_or_default();
        let debug = sys.attribute(c"gettotalrefcount").is_ok();
        let type_offset = if implementation == Implementation::GraalPy { None } else { Some(find_type()?) };
        let basic = Owned::import(c"builtins")?.attribute(c"object")?.attribute(c"__basicsize__");
        let header = match (basic.and_then(|size| size.size()), type_offset) {
            (Ok(size), _) if size > 0 => size,
            (_, Some(offset)) => offset + size_of::<usize>(),
            _ => 2 * size_of::<usize>(),
        };
        Ok(Interpreter {
            implementation,
            version,
            text: format!("{name} {full}"),
            free_threaded: flags.contains('t'),
            debug,
            header,
            type_offset,
        })
    }
}

/// Looks for the address of `list` in a new list.
unsafe fn find_type() -> Result<usize, ImportError> {
    // SAFETY: the caller's word; an object of these interpreters has at least five readable words.
    unsafe {
        let list = Owned::new((api().PyList_New)(3))?;
        let ty = Owned::new((api().PyObject_Type)(list.0))?;
        let words: *const *mut PyObject = list.0.cast();
        (0..5)
            .find(|i| *words.add(*i) == ty.0)
            .map(|i| i * size_of::<usize>())
            .ok_or_else(|| "an object's type can't be found in memory".into())
    }
}
