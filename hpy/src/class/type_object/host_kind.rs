//! [`HostKind`]: the capabilities of a host that concern classes.

use core::ffi::c_void;

use hpy_sys::HPyDef;

use super::class_info::ClassInfo;
use crate::call::definition::{Definition, Trampolines};
use crate::core::exceptions::NotImplementedError;
use crate::core::{Context, Error, Result};

/// A kind of host, by its support for classes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum HostKind {
    /// Has all that we need. Does it want functions that call the Rust code? They rely on CPython's word for `self`.
    Ours { direct: bool },
    /// PyPy's own. It does not know of classes that nobody may inherit from.
    PyPy,
    /// CPython's `hpy`, or GraalPy's native host: Python subclasses of our classes break the interpreter there.
    Foreign,
}

impl HostKind {
    pub(crate) fn of(ctx: Context<'_>) -> Self {
        if ctx.is_embedded() {
            let cpython = hpy_host::interp::interpreter()
                .is_some_and(|known| known.implementation == hpy_host::interp::Implementation::CPython);
            HostKind::Ours { direct: cpython }
        } else if ctx.extensions().is_some() {
            HostKind::Ours { direct: false }
        } else if hpy_sys::view::is_pypy() {
            HostKind::PyPy
        } else {
            HostKind::Foreign
        }
    }

    /// Whether instances of Python subclasses work. Other hosts allocate wrong memory for them, or crash on deallocation.
    pub(crate) fn has_subclasses(self) -> bool {
        matches!(self, HostKind::Ours { .. })
    }

    /// Returns the flags that request a `__dict__` and weak references from the host.
    ///
    /// # Errors
    ///
    /// Returns a `NotImplementedError` on a host without this feature.
    pub(crate) fn attached(self, ctx: Context<'_>, class: &str, dict: bool, weakref: bool) -> Result<u32> {
        let flag = |wanted: bool, flag: u32| if wanted { flag } else { 0 };
        match self {
            HostKind::Ours { .. } => Ok(flag(dict, hpy_host::context::extensions::HAS_DICT)
                | flag(weakref, hpy_host::context::extensions::HAS_WEAKREFS)),
            HostKind::PyPy => Ok(0), // every instance has both
            HostKind::Foreign if dict || weakref => Err(Error::new::<NotImplementedError>(format!(
                "instances of class {class} are to have {}, which {} does not have: import the module with \
                 HPY_HOST=embedded",
                if dict { "a __dict__" } else { "weak references" },
                ctx.name()
            ))),
            HostKind::Foreign => Ok(0),
        }
    }

    /// The definition of `__del__`.
    ///
    /// # Errors
    ///
    /// `NotImplementedError` on a host of the interpreter's own: PyPy's drops the value of an instance even if its
    /// `__del__` keeps it alive, and on the others an exception that is on its way would get lost.
    pub(crate) fn finalizer(
        self,
        ctx: Context<'_>,
        class: &str,
        def: &'static Definition,
    ) -> Result<*mut HPyDef> {
        match self {
            HostKind::Ours { .. } => Ok(self.pick(def)),
            HostKind::PyPy | HostKind::Foreign => Err(Error::new::<NotImplementedError>(format!(
                "class {class} has a __del__, which {} can't call: import the module with HPY_HOST=embedded",
                ctx.name()
            ))),
        }
    }

    /// Does it call functions that call the Rust code?
    pub(crate) fn is_direct(self) -> bool {
        self == HostKind::Ours { direct: true }
    }

    /// A definition for this host.
    pub(crate) fn pick<C>(self, def: &'static Definition<C>) -> *mut HPyDef {
        def.make(self.is_direct())
    }

    pub(crate) fn function(self, functions: &Trampolines) -> *mut c_void {
        if self.is_direct() { functions.direct.cast_mut() } else { functions.portable.cast_mut() }
    }
}

/// Returns the reason why the host can't create a class that extends another one, or `None` if it can.
pub(super) fn cannot_extend(ctx: Context<'_>, host: HostKind, info: &ClassInfo) -> Option<String> {
    if !info.base.extended || host.has_subclasses() {
        return None;
    }
    Some(format!(
        "the class {} extends {}, which {} can't do; import its module with HPY_HOST=embedded",
        info.layout.name,
        info.base.name,
        ctx.name()
    ))
}
