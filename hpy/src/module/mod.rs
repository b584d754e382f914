//! Modules: the trait [`Module`], implemented by the macro, the [`ModuleTable`] that hosts read, and the entry points.

pub(crate) mod submodule;

use core::ffi::{CStr, c_int, c_void};
use core::sync::atomic::{AtomicBool, Ordering};
use std::sync::OnceLock;

use hpy_host::load::embedded::EmbeddedModule;
use hpy_sys::{HPy, HPyContext, HPyDef, HPyModuleDef, cpy_PyObject};

use crate::call::definition::{Def, ModuleDef};
use crate::call::through_host::{ANNOUNCED, through_host};
use crate::core::global::GlobalSlot;
use crate::core::host::LOADED_BY_EMBEDDED;
use crate::core::panic::{PANIC_EXCEPTION, exception_type, guard};
use crate::core::{Context, Handle, IntoPython, Ref, Result, markers};

/// A module. The macro implements it for a type of its own.
pub trait Module {
    /// The name in Python, without dots.
    const NAME: &'static CStr;
    /// The docstring.
    const DOC: &'static CStr;
    /// Whether the module relies on the GIL.
    const GIL: bool;

    /// Initializes the module: adds constants, and then runs `#[init]`.
    ///
    /// # Errors
    ///
    /// Returns the exception with which the import fails.
    fn exec<'ctx>(ctx: Context<'ctx>, module: &Handle<'ctx, markers::Module>) -> Result<()>;
}

/// The definitions of a module. The tables for hosts are built from them when the module is imported.
#[derive(Debug)]
pub struct ModuleTable {
    name: &'static CStr,
    doc: &'static CStr,
    gil_used: bool,
    /// `HPy_mod_exec`, for all hosts: the one in this file calls the HPy function itself.
    exec: Def,
    functions: &'static [ModuleDef],
    globals: &'static [Option<&'static GlobalSlot>],
    universal: OnceLock<HostTable>,
    embedded: OnceLock<&'static EmbeddedModule>,
}

/// HPy's table of a module. What it points at lives for ever, as hosts keep pointers to it.
#[derive(Debug)]
struct HostTable(HPyModuleDef);

// SAFETY: never changed; its pointers are to constant data, to functions, and to globals, which are `Sync`.
unsafe impl Send for HostTable {}
// SAFETY: as above.
unsafe impl Sync for HostTable {}

impl ModuleTable {
    /// The table of `M`; `globals` ends with `None`.
    pub const fn new<M: Module>(
        functions: &'static [ModuleDef],
        globals: &'static [Option<&'static GlobalSlot>],
    ) -> Self {
        assert!(globals[globals.len() - 1].is_none());
        ModuleTable {
            name: M::NAME,
            doc: M::DOC,
            gil_used: M::GIL,
            exec: Def::slot(
                hpy_sys::HPy_mod_exec,
                exec::<M> as *const c_void,
                cpy_exec::<M> as *const c_void,
            ),
            functions,
            globals,
            universal: OnceLock::new(),
            embedded: OnceLock::new(),
        }
    }

    /// HPy's table for the host in this file, or for hosts of any kind.
    fn definitions(&'static self, embedded: bool) -> HPyModuleDef {
        let functions = self.functions.iter().map(|function| Def::of(function.def(embedded)));
        let defs: &'static [Def] = Box::leak(functions.collect());
        let pointers = defs.iter().chain([&self.exec]).map(Def::as_raw).chain([core::ptr::null_mut()]);
        let defines: Box<[*mut HPyDef]> = pointers.collect();
        HPyModuleDef {
            doc: self.doc.as_ptr(),
            size: 0,
            legacy_methods: core::ptr::null_mut(),
            defines: Box::leak(defines).as_mut_ptr(),
            // `Option<&T>` is a pointer that may be null, so the list is the null-terminated array that HPy wants.
            globals: self.globals.as_ptr().cast_mut().cast(),
        }
    }

    fn universal(&'static self) -> &'static HPyModuleDef {
        &self.universal.get_or_init(|| HostTable(self.definitions(false))).0
    }

    fn embedded(&'static self) -> &'static EmbeddedModule {
        self.embedded.get_or_init(|| {
            Box::leak(Box::new(EmbeddedModule {
                name: self.name,
                def: self.definitions(true),
                gil_used: self.gil_used,
            }))
        })
    }

    fn register_globals(&self) {
        for slot in self.globals.iter().flatten() {
            slot.register();
        }
    }
}

/// The bytes of [`host_mark`] before the module's name.
const MARKS: [&[u8]; 2] = [b"hpy-host=whatever:", b"hpy-host=embedded:"];

/// The length of a [`host_mark`], in bytes.
#[must_use]
pub const fn host_mark_len(module: &CStr) -> usize {
    MARKS[0].len() + module.count_bytes() + 1
}

/// A mark in the library that selects the embedded host for a module if native hosts do not support one of its classes. Loaders
/// search the file for the mark, `hpy-host=embedded:NAME` followed by a NUL.
#[must_use]
pub const fn host_mark<const LEN: usize>(module: &CStr, ours: bool) -> [u8; LEN] {
    let mut mark = [0; LEN];
    let (head, name) = (MARKS[ours as usize], module.to_bytes());
    let mut i = 0;
    while i < head.len() + name.len() {
        mark[i] = if i < head.len() { head[i] } else { name[i - head.len()] };
        i += 1;
    }
    mark
}

/// The global of the `hpy` crate itself, which the table of every module registers.
#[must_use]
pub const fn panic_exception() -> &'static GlobalSlot {
    PANIC_EXCEPTION.slot()
}

/// The global that holds the class of all [`Iter`](crate::Iter)s.
#[must_use]
pub const fn iterator_class() -> &'static GlobalSlot {
    crate::class::iter::RustIterator::__hpy_slot().global()
}

/// The global that holds the class of all callables made of closures.
#[must_use]
pub const fn function_class() -> &'static GlobalSlot {
    crate::class::callable::function::RustFunction::__hpy_slot().global()
}

/// `HPy_mod_exec`.
///
/// # Safety
///
/// Only for a host to call: a live context, and an open handle on the module.
unsafe extern "C" fn exec<M: Module>(ctx: *mut HPyContext, module: HPy) -> c_int {
    // SAFETY: the host's word; this is the first code of the module that sees a context.
    let (ctx, module) = unsafe {
        // The embedded context is not called through its table, and another host may have loaded this file, too.
        if !hpy_host::context::is_embedded(ctx) {
            hpy_sys::view::select(ctx);
        }
        let ctx = Context::from_raw(ctx);
        (ctx, Ref::<markers::Module>::from_raw(ctx, module))
    };
    let result = guard(ctx, || {
        LOADED_BY_EMBEDDED.store(ctx.is_embedded(), Ordering::Relaxed);
        module.setattr("__hpy_host__", host_name())?;
        exception_type(ctx)?; // so that Python code can name it
        M::exec(ctx, &module)
    });
    let status = match result {
        Ok(()) => 0,
        Err(error) => {
            // With an exception that is still pending no Python can be run.
            if ctx.extensions().is_none() && !error.is_pending() {
                empty(&module);
            }
            error.restore(ctx);
            -1
        }
    };
    if !ctx.is_embedded() {
        crate::core::pending_exception::call_ends(ctx.raw(), status == 0);
    }
    status
}

/// CPython's `hpy` frees the definition of a module whose import fails. So the module must end then and there, and not
/// wait for the garbage collector: its functions hold it, and it holds its functions.
#[cold]
fn empty(module: &Handle<'_, markers::Module>) {
    let _ = module.getattr("__dict__").and_then(|dict| dict.call_method("clear", ()));
}

/// `HPy_mod_exec` with CPython's signature: through the context that the host announced.
///
/// # Safety
///
/// Only for a host to call: a live module.
unsafe extern "C" fn cpy_exec<M: Module>(module: *mut cpy_PyObject) -> c_int {
    let mut args = hpy_sys::_HPyFunc_args_INQUIRY { arg0: module, result: -1 };
    // SAFETY: the struct and the function of this signature.
    unsafe {
        through_host::<{ hpy_sys::HPyFunc_INQUIRY }>(exec::<M> as *const c_void, (&raw mut args).cast())
    };
    args.result
}

/// See [`crate::host_name`].
pub(crate) fn host_name() -> &'static str {
    if LOADED_BY_EMBEDDED.load(Ordering::Relaxed) { "embedded" } else { "native" }
}

/// A result of `#[init]`: nothing, or a `Result` of nothing.
#[diagnostic::on_unimplemented(
    message = "`#[init]` can't return `{Self}`",
    label = "expected `()` or `hpy::Result<()>`"
)]
pub trait InitOutput {
    /// As a `Result`.
    ///
    /// # Errors
    ///
    /// Returns the function's error.
    fn result(self) -> Result<()>;
}

impl InitOutput for () {
    fn result(self) -> Result<()> {
        Ok(())
    }
}

impl<E: Into<crate::core::Error>> InitOutput for core::result::Result<(), E> {
    fn result(self) -> Result<()> {
        self.map_err(Into::into)
    }
}

/// Converts the result of `#[init]`.
///
/// # Errors
///
/// Returns the function's error.
pub fn init_output(output: impl InitOutput) -> Result<()> {
    output.result()
}

/// Adds a constant to the module.
///
/// # Errors
///
/// Returns the error of the value's conversion.
pub fn add_constant<'ctx>(
    ctx: Context<'ctx>,
    module: &Handle<'ctx, markers::Module>,
    name: &CStr,
    value: impl IntoPython<'ctx>,
) -> Result<()> {
    let value = value.into_python(ctx).map_err(Into::into)?;
    // SAFETY: invariant 2; the name is NUL-terminated.
    let rc =
        unsafe { hpy_host::calls::HPy_SetAttr_s(ctx.raw(), module.as_raw(), name.as_ptr(), value.as_raw()) };
    if rc < 0 { Err(crate::core::Error::fetch(ctx)) } else { Ok(()) }
}

/// The body of `PyInit_<module>`, called when the interpreter loads the library as an extension of its C API.
///
/// # Safety
///
/// Only for the interpreter to call, by the rules of `PyInit_<module>`: this thread runs Python.
pub unsafe fn py_init(table: &'static ModuleTable) -> *mut c_void {
    table.register_globals();
    // SAFETY: the caller's word.
    let module: *mut cpy_PyObject = unsafe { hpy_host::load::embedded::py_init_of_calls(table.embedded()) };
    if !module.is_null() && !announce_embedded() {
        let why = "the package hpy-host has loaded this file, and on this interpreter a file works with one of the two: \
                   import it in one way, or load a copy of it";
        return hpy_host::load::embedded::refuse(table.name, why).cast();
    }
    module.cast()
}

/// Do the functions of the embedded host's modules go through the context that was announced? On CPython they call the code
/// itself.
fn embedded_asks() -> bool {
    hpy_host::interp::interpreter()
        .is_some_and(|known| known.implementation != hpy_host::interp::Implementation::CPython)
}

/// Announces the embedded context to trampolines, unless they serve another host and can't serve both.
fn announce_embedded() -> bool {
    let announced = ANNOUNCED.load(Ordering::Acquire);
    // SAFETY: a host announces a context that lives as long as the process.
    let needed = !announced.is_null() && unsafe { hpy_host::context::extensions::of(announced) }.is_some();
    if announced == hpy_host::context::address() || needed && !embedded_asks() {
        return true;
    }
    // The hosts of PyPy and GraalPy call the functions themselves, and don't need what they announced.
    let free = announced.is_null() || !needed && embedded_asks();
    if free {
        ANNOUNCED.store(hpy_host::context::address(), Ordering::Release);
    }
    free || !embedded_asks()
}

/// Did a host announce itself that can't share the file with the embedded one? It asks for a module's table next.
static REFUSED: AtomicBool = AtomicBool::new(false);

/// The body of `HPyInit_<module>`, called when an HPy host loads the library. Returns NULL if the host can't use it.
///
/// # Safety
///
/// Only for an HPy host to call, when it loads the file: the globals of an earlier load are forgotten.
pub unsafe fn hpy_init(table: &'static ModuleTable) -> *const c_void {
    if REFUSED.load(Ordering::Relaxed) {
        return core::ptr::null();
    }
    table.register_globals();
    table.globals.iter().flatten().for_each(|slot| slot.reset());
    (&raw const *table.universal()).cast()
}

/// The body of `HPyInitGlobalContext_<module>`, with which an HPy host announces the context for CPython-signature trampolines.
///
/// # Safety
///
/// Only for an HPy host to call, with a context that lives as long as the file's modules.
pub unsafe fn hpy_init_global_context(ctx: *mut c_void) {
    let ctx: *mut HPyContext = ctx.cast();
    if ANNOUNCED.load(Ordering::Acquire) == hpy_host::context::address() && embedded_asks() {
        // SAFETY: the host's word: a live context.
        let asks = unsafe { hpy_host::context::extensions::of(ctx) }.is_some();
        REFUSED.store(asks, Ordering::Relaxed);
        return; // see `announce_embedded`
    }
    ANNOUNCED.store(ctx, Ordering::Release);
}
