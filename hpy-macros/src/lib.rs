//! The attributes of the crate `hpy`: use them from there, as `#[hpy::module]` and `#[hpy::function]`.
//!
//! Each goes four steps, one file each: `attr` and `signature` read what stands in the parentheses, `parse` makes the
//! `model`, `check` looks at all of it, `emit` writes the code and can't fail. All errors of an item are reported at
//! once, each at its token.

mod attr;
mod check;
mod emit;
mod errors;
#[cfg(test)]
mod golden;
mod model;
mod parse;
mod signature;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// Makes a Rust function callable from Python.
///
/// Inside a `#[hpy::module]` it may be written `#[function]`. Elsewhere the function is made ready for a module to take
/// it with `#[export] use path::to::function;`.
///
/// # Options
///
/// - `signature = (a, /, b = 1, *args, c, d = None, **kwargs)`: the parameters in Python's own grammar. The names are
///   those of the Rust parameters; defaults are Rust expressions of the parameter's type. Without it every parameter is
///   required, by position or by keyword.
/// - `name = "…"`: the name in Python.
/// - `text_signature = "(…)"` or `None`: what `inspect.signature` shows, if not what `signature` says.
/// - `detach`: runs the function while other Python threads may run; arguments and result must be `Send`.
/// - `crate = "…"`: the path of the crate `hpy`, where it has another name.
///
/// A parameter of type `Context<'_>` is the context; one of type `&Handle<'_, Module>` or `Ref<'_, '_, Module>` is the
/// function's module. Neither is seen by Python, unless the signature lists it.
///
/// # What it becomes
///
/// ```text
/// fn add(a: i64, b: i64) -> i64 { a + b }            // as it was
///
/// struct add {}                                      // names the function for a module's table
/// impl hpy::impl_::Function for add {
///     const NAME: &CStr = c"add";
///     const DOC: &CStr = c"add(a, b)\n--\n\n";
///     const CONVENTION: Convention = Convention::Keywords;
///     const PARAMS: &Params = &Params { … };
///     fn call<'a, 'ctx>(ctx: Context<'ctx>, module: Ref<'a, 'ctx, Module>, args: Arguments<'a, 'ctx>) -> Result<…> {
///         let [a, b] = bind::<2>(ctx, Self::PARAMS, args)?;
///         let a = argument(ctx, &a, Self::PARAMS, 0)?;
///         let b = argument(ctx, &b, Self::PARAMS, 1)?;
///         output(ctx, add(a, b))
///     }
/// }
/// ```
#[proc_macro_attribute]
pub fn function(options: TokenStream, item: TokenStream) -> TokenStream {
    emit::function_attribute(options.into(), item.into()).into()
}

/// Makes an inline Rust module a Python module.
///
/// # Options
///
/// - `name = "…"`: the name in Python, without dots.
/// - `gil = false`: the module does not rely on the GIL; free-threaded Python leaves it off.
/// - `crate = "…"`: the path of the crate `hpy`, where it has another name.
///
/// # Items
///
/// - `#[function] fn …`: see [`macro@function`].
/// - `#[export] const NAME: T = …;`: a constant; its type converts to Python.
/// - `#[export] use path::to::function;`: a function that was made with `#[hpy::function]` elsewhere.
/// - `#[init] fn …`: runs last when the module is made; it may take a `Context`, and the module.
/// - `static NAME: Global<T> = Global::new();` is registered with the host.
///
/// Everything else stays as it is. `cfg` attributes hold for the tables, too.
///
/// # What it becomes
///
/// The items, and behind them the tables as statics, and the functions that interpreters look for: `PyInit_<name>`,
/// `HPyInit_<name>`, `HPyInitGlobalContext_<name>`, `get_required_hpy_major_version_<name>` and `…_minor_…`.
#[proc_macro_attribute]
pub fn module(options: TokenStream, item: TokenStream) -> TokenStream {
    emit::module_attribute(options.into(), item.into()).into()
}
