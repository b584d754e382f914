//! Which file of the process is the interpreter that runs: most processes have one, a program may have more.

use core::ffi::{CStr, c_int, c_void};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

use super::files::{DEFAULT, Module, exported, pythons};

/// The file with the interpreter's C API. It stays loaded for as long as Python runs.
static PYTHON: AtomicPtr<c_void> = AtomicPtr::new(null_mut());

/// The address of a symbol of the interpreter; null if there is none.
pub(crate) fn symbol(name: &CStr) -> *mut c_void {
    let python = bound();
    if python.is_null() && DEFAULT.is_none() { null_mut() } else { exported(python, name) }
}

fn bound() -> Module {
    let python = PYTHON.load(Ordering::Relaxed);
    if python.is_null() && DEFAULT.is_none() { bind() } else { python }
}

/// Chooses the interpreter that [`symbol`] is about: the one that runs on this thread.
pub(crate) fn bind() -> Module {
    let python = find();
    PYTHON.store(python, Ordering::Relaxed);
    python
}

fn find() -> Module {
    // By far the most common, and the list of files is long.
    if let Some(default) = DEFAULT.filter(|default| runs_here(*default)) {
        return default;
    }
    let mut all = pythons(definition);
    let first = all.next().unwrap_or(null_mut());
    if runs_here(first) { first } else { all.find(|python| runs_here(*python)).unwrap_or(first) }
}

/// The address of a symbol of an interpreter, by its CPython name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Other(Module);

impl Other {
    pub(crate) fn symbol(self, name: &CStr) -> *mut c_void {
        let address = exported(self.0, name);
        if !address.is_null() {
            return address;
        }
        let of_pypy = [c"PyPy".to_bytes(), name.to_bytes_with_nul().get(2..).unwrap_or_default()].concat();
        CStr::from_bytes_with_nul(&of_pypy).map_or(null_mut(), |name| exported(self.0, name))
    }
}

/// Another interpreter than the one of [`symbol`], if that is the one that runs on this thread.
pub(crate) fn other() -> Option<Other> {
    let python = bound();
    if runs_here(python) {
        return None;
    }
    pythons(definition).find(|other| *other != python && runs_here(*other)).map(Other)
}

/// Returns whether the interpreter of a file has a thread state for this thread. Both functions may be asked before Python is
/// initialized.
fn runs_here(python: Module) -> bool {
    [[c"Py_IsInitialized", c"PyGILState_Check"], [c"PyPy_IsInitialized", c"PyPyGILState_Check"]].iter().any(
        |names| {
            names.iter().all(|name| {
                let question = exported(python, name);
                // SAFETY: in every interpreter a function with that name takes nothing and returns an `int`.
                !question.is_null()
                    && unsafe {
                        core::mem::transmute::<*mut c_void, unsafe extern "C" fn() -> c_int>(question)() != 0
                    }
            })
        },
    )
}

/// What only an interpreter has, by either name.
fn definition(module: Module) -> *mut c_void {
    let names = [c"PyModuleDef_Init", c"PyPyModuleDef_Init"];
    names.into_iter().map(|name| exported(module, name)).find(|found| !found.is_null()).unwrap_or(null_mut())
}
