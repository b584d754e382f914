//! The attributes of the crate `hpy`: use them from there, as `#[hpy::module]` and `#[hpy::function]`.
//!
//! An attribute takes four steps: `parse` takes our attributes off the item and builds the `model`, `check` looks at all of it,
//! and `emit` generates the code, which cannot fail. `grammar` reads attributes, their options and signatures; `messages` is
//! the table of error messages. All errors of an item are reported at once, each at its token.

// Storeys, from the ground up: each imports from those before it only.
mod errors;
mod messages;

mod protocol;

mod model;

mod grammar;

mod parse;

mod check;

mod emit;

mod expand;

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
/// - `text_signature = "(…)"` or `None`: what `inspect.signature` shows, if not what `signature` says. `inspect` reads ASCII only:
///   a function with another name among its parameters needs this option.
/// - `detach`: runs the function while other Python threads may run; arguments and result must be `Send`.
/// - `crate = "…"`: the path of the crate `hpy`, where it has another name.
///
/// They may stand in `#[hpy(…)]` under `#[function]`, too.
///
/// # Parameters
///
/// A parameter of type `Context<'_>` is the context; one of type `&Handle<'_, Module>` or `Ref<'_, '_, Module>` is the
/// function's module. Neither is seen by Python, unless the signature lists it. The types of all others implement
/// `FromPython`.
///
/// `#[hpy(from_py_with = path)]` on a parameter names a function that converts it instead, from a `&Handle<'_>` to a
/// `Result<T, E>`.
///
/// # What it becomes
///
/// ```text
/// fn add(a: i64, b: i64) -> i64 { a + b }            // as it was
///
/// struct add {}                                      // stands for the function in a module's table
/// impl hpy::impl_::Function for add {
///     const NAME: &CStr = c"add";
///     const DOC: &CStr = c"add(a, b)\n--\n\n";
///     const CONVENTION: Convention = Convention::Keywords;
///     const PARAMS: &Params = &Params { names: &[c"a", c"b"], positional: 2, … };
///     fn call<'a, 'ctx>(ctx: Context<'ctx>, module: Ref<'a, 'ctx, Module>, args: Arguments<'a, 'ctx>,
///                       params: &'static Params) -> Result<Handle<'ctx>> {
///         let [a0, a1] = bind::<2>(ctx, params, args)?;
///         let p0: i64 = argument(ctx, &a0, params, 0)?;
///         let p1: i64 = argument(ctx, &a1, params, 1)?;
///         output(ctx, add(p0, p1))
///     }
/// }
/// ```
///
/// The struct has the function's name and visibility, so that a `use` of the function brings both; it hides a type
/// of that name.
#[proc_macro_attribute]
pub fn function(options: TokenStream, item: TokenStream) -> TokenStream {
    expand::function(options.into(), item.into()).into()
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
/// - `#[export] const NAME: T = …;`: a constant; its type converts to Python. `#[export(name = "…")]` gives it another
///   name there.
/// - `#[export] use path::to::function;`: a function that was made with `#[hpy::function]` elsewhere; `as` gives it
///   another name.
/// - `#[init] fn …`: runs last when the module is made; it may take a `Context<'_>`, and the module as
///   `&Handle<'_, Module>`, and return nothing or a `Result<()>`.
/// - `static NAME: Global<T> = Global::new();` is registered with the host.
///
/// Everything else stays as it is. Each of the attributes may be written with the crate's name, `#[hpy::function]`, and
/// inside of a `cfg_attr`; `cfg` attributes hold for the tables, too. The documentation of the module becomes its
/// `__doc__`.
///
/// # What it becomes
///
/// ```text
/// mod m {
///     …                                              // the items, our attributes taken off; what `#[function]` writes
///
///     const _: () = {
///         struct Module;
///         impl hpy::impl_::Module for Module {
///             const NAME: &CStr = c"m";
///             const DOC: &CStr = c"…";
///             const GIL: bool = true;
///             fn exec<'ctx>(ctx: Context<'ctx>, module: &Handle<'ctx, types::Module>) -> Result<()> {
///                 add_constant(ctx, module, c"LIMIT", LIMIT)?;
///                 init_output(init(ctx, module))?;
///                 Ok(())
///             }
///         }
///         static FUNCTIONS: &[ModuleDef] = &[FunctionDef::<add>::MODULE, …];
///         static GLOBALS: &[Option<&GlobalSlot>] = &[Some(CACHE.slot()), …, None];
///         static TABLE: ModuleTable = ModuleTable::new::<Module>(FUNCTIONS, GLOBALS);
///
///         #[unsafe(no_mangle)]
///         pub extern "C" fn PyInit_m() -> *mut c_void { py_init(&TABLE) }
///         …                                          // and HPyInit_m, HPyInitGlobalContext_m,
///     };                                             // get_required_hpy_{major,minor}_version_m
/// }
/// ```
#[proc_macro_attribute]
pub fn module(options: TokenStream, item: TokenStream) -> TokenStream {
    expand::module(options.into(), item.into()).into()
}

/// Makes a Rust struct or enum a Python class.
///
/// Inside a `#[hpy::module]` it may be written `#[class]`. A class from elsewhere is taken into a module by
/// `#[class] use path::to::Name;`.
///
/// # Options
///
/// - `name = "…"`: the name in Python. `module = "…"`: the module that `__module__` names.
/// - `frozen`: values never change; no borrows are counted.
/// - `subclass`: Python classes may inherit from it.
/// - `unsendable`: only the thread that made an instance may use it; the struct need not be `Send` or `Sync`.
/// - `sequence`, `mapping`: what items are for. The slots of the one kind are filled, `collections.abc` and `match` know
///   it, and a sequence sees no index below 0. It needs `__getitem__` and `__len__`, a mapping `__iter__`, too.
/// - `generic`: `Name[int]` is a `types.GenericAlias`.
/// - `get_all`, `set_all`: every field is an attribute. `rename_all = "camelCase"` and the like: names.
/// - `from_py_object`: values are cloned out of instances, so that the class can be an argument by value.
/// - `crate = "…"`: the path of the crate `hpy`, where it has another name.
///
/// # Derives
///
/// - `eq`, `ord`, `hash`, `str`: the dunder methods from `PartialEq`, `PartialOrd`, `Hash`, `Display`.
/// - `repr`: `Name(field=value, …)` of the attributes.
/// - `new = "from_fields"`: a constructor with a parameter for each field.
/// - `copy`: `__copy__` and `__deepcopy__` from `Clone`.
/// - `pickle`: `__reduce__`, `replace`: `__replace__`, by that constructor; the types of the fields convert both ways.
/// - `match_args`: `__match_args__`, the attributes in order.
///
/// # Enums
///
/// Each variant is an attribute of the class: an instance, or, if some have data, a class that inherits from it.
/// `rename_all` and `#[hpy(name = "…")]` give them other names. Enums are always `frozen`.
///
/// - `eq_int`: instances equal their numbers.
/// - `#[hpy(constructor = (a, b = 1))]` on a variant with data: the parameters of its constructor, which are its fields.
///
/// # Fields
///
/// `#[hpy(get, set, name = "…")]`: an attribute. Its type converts to Python (`get`; it is cloned) and from it (`set`).
/// The fields of a tuple struct are called `_0`, `_1`, …, if not otherwise.
///
/// See the module `hpy::class` for the rules of borrowing and of threads.
#[proc_macro_attribute]
pub fn class(options: TokenStream, item: TokenStream) -> TokenStream {
    expand::class(options.into(), item.into()).into()
}

/// Makes a Rust enum without data an enum of Python's own: a class made by the standard library's `enum`.
///
/// Inside a `#[hpy::module]` it may be written `#[enumeration]`. One from elsewhere is taken into a module by
/// `#[enumeration] use path::to::Name;`.
///
/// # Options
///
/// - `base = "…"`: the class in `enum`: `Enum` (if not given), `IntEnum`, `StrEnum`, `Flag`, `IntFlag`. Before Python 3.11,
///   which has no `StrEnum`, its place is taken by an `Enum` whose members are texts.
/// - `name = "…"`: the name in Python. `module = "…"`: the module that `__module__` names.
/// - `rename_all = "SCREAMING_SNAKE_CASE"` and the like: the names of members.
/// - `crate = "…"`: the path of the crate `hpy`, where it has another name.
///
/// `#[hpy(name = "…")]` on a variant gives the member another name. Its value is its number in Rust, or, for a `StrEnum`,
/// its name in lower case; `#[hpy(value = …)]` gives members of `Enum` and `StrEnum` another.
///
/// Combinations of flags are `hpy::Flags<Name>`.
#[proc_macro_attribute]
pub fn enumeration(options: TokenStream, item: TokenStream) -> TokenStream {
    expand::enumeration(options.into(), item.into()).into()
}

/// Makes the functions of an `impl` block the methods of a Python class.
///
/// Inside a `#[hpy::module]` it may be written `#[methods]`, on as many blocks as there are.
///
/// # What a function becomes
///
/// - With `&self` or `&mut self`: a method. A first parameter `slf: &Handle<'ctx, Self>`, instead of `self` or behind it,
///   is the instance's handle.
/// - `#[new]`: the constructor. It returns `Self`, a handle, or a `Result` of one; `cls: &Handle<'ctx, Type>` is the class.
/// - `#[getter]`, `#[setter]`, `#[deleter]`: an attribute, called as the function without `get_`, `set_`, `delete_`, or as
///   the parentheses say, `#[getter(name)]`.
/// - `#[staticmethod]`, `#[classmethod]` (with `cls`), `#[classattr]` (also on a `const`).
/// - With a dunder name: what Python calls by it; the guide has the table.
///
/// `__new__` is a constructor without `#[new]`; `__init_subclass__` and `__class_getitem__` are class methods without
/// `#[classmethod]`, as in Python.
///
/// # Options
///
/// `signature = (…)`, `name = "…"`, `text_signature = "…"` and `detach` as for a [`macro@function`]. They stand in `#[hpy(…)]` on
/// the function; those of `#[new]`, `#[staticmethod]`, `#[classmethod]` and `#[classattr]` may stand in their own parentheses,
/// too: `#[new(signature = (n = 0))]`.
#[proc_macro_attribute]
pub fn methods(options: TokenStream, item: TokenStream) -> TokenStream {
    expand::methods(options.into(), item.into()).into()
}

/// Makes values of a type from Python objects: `impl FromPython`.
///
/// # What it is made from
///
/// - A struct with named fields: an object with these attributes. `#[hpy(from_item_all)]` on the struct or `#[hpy(item)]`
///   on a field: the items of a mapping. `#[hpy(attribute = "…")]`, `#[hpy(item = "…")]` and, on the struct,
///   `#[hpy(rename_all = "…")]` give the names.
/// - A tuple struct with one field, or a struct with `#[hpy(transparent)]`: what the field is made from.
/// - Any other tuple struct: a tuple.
/// - An enum: the first variant that fits.
///
/// `#[hpy(default)]` and `#[hpy(default = …)]` on a field: what it is if there is no such attribute or item.
/// `#[hpy(from_py_with = path)]`: the function that converts it. `#[hpy(crate = "…")]` on the type: the path of `hpy`.
#[proc_macro_derive(FromPython, attributes(hpy))]
pub fn from_python(item: TokenStream) -> TokenStream {
    expand::convert(item.into(), emit::from_python).into()
}

/// Makes Python objects of a type's values: `impl IntoPython`.
///
/// A struct with named fields becomes a dict; a tuple struct a tuple, or with one field, or with `#[hpy(transparent)]`,
/// what that field becomes; an enum, what its variant becomes. The keys are named as for [`macro@FromPython`].
#[proc_macro_derive(IntoPython, attributes(hpy))]
pub fn into_python(item: TokenStream) -> TokenStream {
    expand::convert(item.into(), emit::into_python).into()
}

/// Lets `hpy::Field`s stand in a struct that is part of a class.
#[proc_macro_derive(Fields)]
pub fn fields(item: TokenStream) -> TokenStream {
    expand::fields(item.into()).into()
}
