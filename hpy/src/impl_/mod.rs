//! Support for the code that `hpy-macros` generates. Not for users: anything here may change in any release.

mod args;
mod doc;
mod function;
mod module;
mod output;
mod panic;
mod trampoline;
mod with;

pub use crate::global::GlobalSlot;
pub use args::{Arguments, Params, Variadic, argument, argument_or_default, bind, bind_variadic, variadic};
pub use doc::{doc, joined_doc, joined_doc_len, renamed_doc, renamed_doc_len};
pub use function::{Convention, Def, Function, FunctionDef};
pub(crate) use module::host_name;
pub use module::{
    Module, ModuleDefs, ModuleTable, add_constant, hpy_init, hpy_init_global_context, init_output,
    panic_exception, py_init,
};
pub use output::{Output, PassModule, detached, output, pass_module};
pub use with::{argument_or_default_with, argument_with, variadic_with};
