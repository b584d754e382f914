//! Submodules: modules in a module, which `import a.b` finds.

use std::ffi::CString;

use super::ModuleTable;
use crate::core::exceptions::NotImplementedError;
use crate::core::text::c_string;
use crate::core::{Context, Error, Handle, Result, markers};

/// A module that is part of another one. The macro implements it for a type in the module.
#[diagnostic::on_unimplemented(
    message = "this is not a submodule for Python",
    label = "expected a module marked `#[hpy::module(submodule)]`",
    note = "a module with `#[hpy::module]` alone is imported by itself, not as a part of another one"
)]
pub trait Submodule {
    /// The definitions of the module.
    fn table() -> &'static ModuleTable;

    /// As [`Module::exec`](super::Module::exec).
    ///
    /// # Errors
    ///
    /// Returns the exception with which the import fails.
    fn exec<'ctx>(ctx: Context<'ctx>, module: &Handle<'ctx, markers::Module>) -> Result<()>;
}

/// What the name of a submodule's type means in a module that is no [`Submodule`].
pub mod no_submodule {
    /// No `Submodule`.
    #[derive(Debug)]
    pub struct __HpySubmodule;
}

/// `Submodule::exec`, of any submodule.
type Exec = for<'ctx> fn(Context<'ctx>, &Handle<'ctx, markers::Module>) -> Result<()>;

/// Creates a submodule, under its own name or another one, puts it into `sys.modules`, executes it, and makes it an attribute of its parent.
///
/// # Errors
///
/// Returns a `NotImplementedError` on hosts without a function for it, or the exception that the submodule's execution raised.
pub fn add_submodule<'ctx, M: Submodule>(
    ctx: Context<'ctx>,
    parent: &Handle<'ctx, markers::Module>,
    renamed: Option<&'static str>,
) -> Result<()> {
    add(ctx, parent, renamed, M::table(), M::exec)
}

/// [`add_submodule`], compiled once.
fn add<'ctx>(
    ctx: Context<'ctx>,
    parent: &Handle<'ctx, markers::Module>,
    renamed: Option<&'static str>,
    table: &'static ModuleTable,
    exec: Exec,
) -> Result<()> {
    let parent_name: String = parent.getattr("__name__")?.extract()?;
    let own_name = renamed.map_or_else(|| table.name.to_string_lossy(), Into::into);
    let name = format!("{parent_name}.{own_name}");
    let Some(module) = create(ctx, &c_string("name", &name)?, table)? else {
        return Err(Error::new::<NotImplementedError>(format!(
            "{parent_name} has the submodule {own_name}, and {} has no function to create one: import it with \
             HPY_HOST=embedded, or from a wheel without HPY_HOST",
            ctx.name()
        )));
    };
    module.setattr("__package__", &*parent_name)?;
    // A module that is made outside of an import has none, or no such attribute.
    if parent.hasattr("__spec__")? {
        let spec = parent.getattr("__spec__")?;
        if !spec.is_none() {
            // No loader: it can't be loaded by itself.
            module.setattr("__spec__", spec.type_()?.call((&*name, ctx.none()))?)?;
        }
    }
    let modules = ctx.import("sys")?.getattr("modules")?;
    modules.setitem(&*name, &module)?;
    if let Err(error) = exec(ctx, &module) {
        modules.delitem(&*name)?;
        return Err(error);
    }
    parent.setattr(&own_name, module)
}

/// Creates the module with its functions; `None` where the host can't.
fn create<'ctx>(
    ctx: Context<'ctx>,
    name: &CString,
    table: &'static ModuleTable,
) -> Result<Option<Handle<'ctx, markers::Module>>> {
    let embedded = ctx.is_embedded();
    table.register_globals();
    if !embedded {
        // As for a module that such a host loads: see `hpy_init`.
        table.globals.iter().flatten().for_each(|slot| slot.reset());
    }
    let def = if embedded { &table.embedded().def } else { table.universal() };
    // SAFETY: invariants 2 and 3: a complete table, alive for ever, whose functions are those for this host.
    unsafe {
        match hpy_host::context::extensions::new_module(ctx.raw(), name, def) {
            Some(raw) => Handle::from_result(ctx, raw).map(Some),
            None => Ok(None),
        }
    }
}
