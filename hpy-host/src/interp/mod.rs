//! Which interpreter loaded this file, and what its objects look like in memory.
//!
//! Nothing is assumed: the place of an object's type is found by looking for it, in an object that was made for that.

pub mod detach_check;
pub(crate) mod docstring;
pub mod fast_number;
pub(crate) mod locked_ref;
pub mod refs;
pub(crate) mod shutdown;
pub(crate) mod stack;
pub(crate) mod tuple;

use core::ffi::c_long;
use std::sync::OnceLock;

use hpy_sys::cast::count;

use crate::api;
use crate::capi::import_error::Reason;
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

/// Does `PyUnicode_AsUTF8AndSize` refuse lone surrogates? CPython's does, PyPy's gives three bytes that aren't UTF-8.
#[inline(always)]
pub fn refuses_surrogates() -> bool {
    // SAFETY: written once, by `probe`.
    unsafe { REFUSES_SURROGATES }
}

static mut REFUSES_SURROGATES: bool = false;

/// Is the C API the interpreter's own, with CPython's checks of arguments? That of PyPy and GraalPy is an emulation.
#[inline(always)]
pub(crate) fn is_cpython() -> bool {
    refuses_surrogates()
}

/// Does `PyLong_AsLongLong` ask an object that is no `int` for `__index__` only? CPython's does since 3.10; before, it
/// takes `__int__`, too, and so a `float`.
#[inline(always)]
pub fn reads_by_index() -> bool {
    // SAFETY: written once, by `probe`.
    unsafe { READS_BY_INDEX }
}

static mut READS_BY_INDEX: bool = false;

/// The running interpreter; `None` before the first import.
pub fn interpreter() -> Option<&'static Interpreter> {
    INTERPRETER.get()
}

/// For messages: `cpython 3.11.7`.
pub(crate) fn description() -> String {
    match interpreter() {
        Some(known) => known.text.clone(),
        None => "this interpreter".to_owned(),
    }
}

/// The type of an object, borrowed, where it can be read without a call.
///
/// # Safety
///
/// `object` is a live object of the interpreter.
#[inline(always)]
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
#[inline(always)]
pub unsafe fn type_at(object: *mut PyObject) -> *mut PyObject {
    // SAFETY: as in `type_of`; `probe` found the offset on an object of this interpreter, as it does on these.
    unsafe { *object.byte_add(TYPE_OFFSET).cast::<*mut PyObject>() }
}

/// The own data of an instance of one of our types whose shape is `object`: it follows the header.
///
/// # Safety
///
/// `object` is a live instance of such a type, made by this host, or of a subclass of it.
#[inline(always)]
pub unsafe fn payload(object: *mut PyObject) -> *mut core::ffi::c_void {
    // SAFETY: the header is part of the object; written once, by `probe`.
    unsafe { object.byte_add(HEADER).cast() }
}

/// Bytes of an object's header and of the tag, rounded up so that own data is aligned. Written once, before the embedded context is in use.
static mut HEADER: usize = 2 * size_of::<usize>();

/// Finds out which interpreter this is.
///
/// # Safety
///
/// The table of the C API is filled, and this thread runs Python.
pub(crate) unsafe fn probe() -> Result<&'static Interpreter, Reason> {
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
        HEADER = crate::layout::payload_offset::aligned(found.header + crate::layout::type_tag::room());
        READS_BY_INDEX = cpython && found.version >= (3, 10);
    }
    Ok(INTERPRETER.get_or_init(|| found))
}

unsafe fn look() -> Result<Interpreter, Reason> {
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
                return Err(Reason::from(format!(
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
unsafe fn find_type() -> Result<usize, Reason> {
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

#[cold]
fn lacks(kind: &str, name: &core::ffi::CStr) -> Reason {
    format!("the interpreter has no {kind} {}", name.to_string_lossy()).into()
}

/// A reference that is given back when it goes out of scope. Failures clear Python's exception.
pub(crate) struct Owned(pub(crate) *mut PyObject);

impl Owned {
    /// # Safety
    ///
    /// `object` is a new reference, or null with an exception; this thread runs Python.
    #[inline(never)]
    pub(crate) unsafe fn new(object: *mut PyObject) -> Result<Self, Reason> {
        if object.is_null() {
            // SAFETY: the caller's word.
            unsafe { (api().PyErr_Clear)() };
            return Err("the interpreter's C API failed".into());
        }
        Ok(Owned(object))
    }

    /// A reference of one's own to an object.
    ///
    /// # Safety
    ///
    /// A live object; this thread runs Python.
    pub(crate) unsafe fn share(object: *mut PyObject) -> Self {
        // SAFETY: the caller's word.
        unsafe { (api().Py_IncRef)(object) };
        Owned(object)
    }

    /// The reference as a handle of the embedded context.
    pub(crate) fn into_handle(self) -> hpy_sys::HPy {
        crate::context::handle(core::mem::ManuallyDrop::new(self).0)
    }

    /// # Safety
    ///
    /// This thread runs Python, as for the other methods.
    pub(crate) unsafe fn import(name: &core::ffi::CStr) -> Result<Self, Reason> {
        // SAFETY: the caller's word.
        unsafe { Owned::new((api().PyImport_ImportModule)(name.as_ptr())) }.map_err(|_| lacks("module", name))
    }

    pub(crate) unsafe fn attribute(&self, name: &core::ffi::CStr) -> Result<Self, Reason> {
        // SAFETY: the caller's word.
        unsafe { Owned::new((api().PyObject_GetAttrString)(self.0, name.as_ptr())) }
            .map_err(|_| lacks("attribute", name))
    }

    unsafe fn text(&self) -> Result<String, Reason> {
        let mut len = 0;
        // SAFETY: the caller's word; the text is copied while the object lives.
        unsafe {
            let start = (api().PyUnicode_AsUTF8AndSize)(self.0, &mut len);
            if start.is_null() {
                (api().PyErr_Clear)();
                return Err("a text was expected".into());
            }
            let bytes = core::slice::from_raw_parts(start.cast::<u8>(), count(len));
            Ok(String::from_utf8_lossy(bytes).into_owned())
        }
    }

    /// A number of bytes or items.
    pub(crate) unsafe fn size(&self) -> Result<usize, Reason> {
        // SAFETY: the caller's word.
        let number = unsafe { self.number() }?;
        usize::try_from(number).map_err(|_| format!("a size was expected, not {number}").into())
    }

    pub(crate) unsafe fn number(&self) -> Result<c_long, Reason> {
        // SAFETY: the caller's word.
        unsafe {
            let number = (api().PyLong_AsLong)(self.0);
            if number == -1 && !(api().PyErr_Occurred)().is_null() {
                (api().PyErr_Clear)();
                return Err("a number was expected".into());
            }
            Ok(number)
        }
    }
}

impl Drop for Owned {
    #[inline(never)]
    fn drop(&mut self) {
        // SAFETY: an owned reference, on a thread that runs Python.
        unsafe { (api().Py_DecRef)(self.0) }
    }
}
