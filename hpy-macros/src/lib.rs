//! Attribute and derive macros of the crate `hpy`, which exports them as `#[hpy::module]`, `#[hpy::function]` and so on.
//!
//! An attribute is expanded in three steps: `parse` removes our attributes from the item and builds the `model`, `check`
//! validates the model, and `emit` generates the code, which cannot fail. `grammar` reads attributes, their options and
//! signatures, and `messages` is the table of error messages. All errors of an item are reported at once, each at its token.

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
/// Inside a `#[hpy::module]`, it can be written `#[function]`. A function that is defined elsewhere is added to a module with
/// `#[export] use path::to::function;`.
///
/// # Options
///
/// - `signature = (a, /, b = 1, *args, c, d = None, **kwargs)`: the parameters in Python's own grammar. The names are
///   those of the Rust parameters, and defaults are Rust expressions of the parameter's type. By default, every parameter is
///   required and accepted by position or by keyword.
/// - `name = "…"`: the name in Python.
/// - `text_signature = "(…)"` or `None`: replaces the signature that `inspect.signature` shows, or hides it. `inspect` reads
///   ASCII only: a function with a non-ASCII parameter name needs this option.
/// - `detach`: releases the GIL while the function runs, so that other Python threads can run. Arguments and result must be
///   `Send`.
/// - `crate = "…"`: the path of the crate `hpy`, if it has another name.
///
/// The options can also be written in a separate `#[hpy(…)]` below `#[function]`.
///
/// # Parameters
///
/// A parameter of type `Context<'_>` receives the context, and one of type `&Handle<'_, Module>` or `Ref<'_, '_, Module>` the
/// function's module. Both are hidden from Python, unless the signature lists them. The types of all other parameters must
/// implement `FromPython`.
///
/// `#[hpy(from_py_with = path)]` on a parameter names a function that converts the argument instead, from a `&Handle<'_>` to a
/// `Result<T, E>`.
///
/// # Expansion
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
/// The struct has the function's name and visibility, so a `use` of the function imports both. It shadows a type with the same
/// name.
#[proc_macro_attribute]
pub fn function(options: TokenStream, item: TokenStream) -> TokenStream {
    expand::function(options.into(), item.into()).into()
}

/// Turns an inline Rust module into a Python module.
///
/// # Options
///
/// - `name = "…"`: the name in Python, without dots.
/// - `gil = false`: declares that the module does not rely on the GIL, so free-threaded Python leaves it disabled.
/// - `host = "embedded"`: loaders select the embedded host, also where the interpreter has a native one (PyPy 7.3.12 – 7.3.x).
///   For modules that call `hpy::attach` or use `hpy::HashKey`. Modules with classes that the native host does not support
///   select it automatically.
/// - `submodule`: the module is part of another one, which is defined elsewhere and contains `#[module] use …;`. The options
///   `gil` and `host` belong to that one.
/// - `crate = "…"`: the path of the crate `hpy`, if it has another name.
///
/// # Items
///
/// - `#[function] fn …`: see [`macro@function`].
/// - `#[export] const NAME: T = …;`: a constant, whose type converts to Python. `#[export(name = "…")]` renames it.
/// - `#[export] use path::to::function;`: a function marked `#[hpy::function]` elsewhere; `as` renames it.
/// - `#[init] fn …`: runs last when the module is imported. It may take a `Context<'_>`, and the module as
///   `&Handle<'_, Module>`, and return nothing or a `Result<()>`.
/// - `#[module] mod name { … }`: a submodule, which Python imports as `parent.name`. `#[module] use path::to::name;` adds one that is
///   marked `#[hpy::module(submodule)]` elsewhere; `as` renames it. Submodules are created before `#[init]` runs.
/// - `static NAME: Global<T> = Global::new();` is registered with the host.
///
/// Other items are left unchanged. Each of the attributes can be written with the crate's name, like `#[hpy::function]`, and
/// inside a `cfg_attr`. `cfg` attributes also apply to the module's tables. The documentation of the module becomes its
/// `__doc__`.
///
/// # Expansion
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

/// Exposes a Rust struct or enum as a Python class.
///
/// Inside a `#[hpy::module]`, it can be written `#[class]`. A class that is defined elsewhere is added to a module with
/// `#[class] use path::to::Name;`.
///
/// # Options
///
/// - `name = "…"`: the name in Python. `module = "…"`: the value of `__module__`.
/// - `frozen`: the value is immutable, and borrows are not counted.
/// - `subclass`: Python code can subclass it.
/// - `unsendable`: only the thread that created an instance may use it, and the struct need not be `Send` or `Sync`.
/// - `sequence`, `mapping`: makes the class a sequence or a mapping: selects the slots for items, and registers the class with
///   `collections.abc`, which `match` uses. A sequence receives no negative index. Both need `__getitem__` and `__len__`, and a
///   mapping also needs `__iter__`.
/// - `generic`: `Name[int]` is a `types.GenericAlias`.
/// - `get_all`, `set_all`: makes every field an attribute. `rename_all = "camelCase"` and the like rename the attributes.
/// - `from_py_object`: allows parameters that take the class by value, by cloning it.
/// - `crate = "…"`: the path of the crate `hpy`, if it has another name.
///
/// # Derives
///
/// - `eq`, `ord`, `hash`, `str`: the dunder methods, using `PartialEq`, `PartialOrd`, `Hash` and `Display`.
/// - `repr`: `Name(field=value, …)` with the attributes.
/// - `new = "from_fields"`: a constructor with a parameter for each field.
/// - `copy`: `__copy__` and `__deepcopy__`, using `Clone`.
/// - `pickle`: `__reduce__`. `replace`: `__replace__`. Both use that constructor, and the types of the fields must convert both
///   ways.
/// - `match_args`: `__match_args__`, the attributes in order.
///
/// # Enums
///
/// Each variant is an attribute of the class: an instance, or, if some variants have data, a subclass. `rename_all` and
/// `#[hpy(name = "…")]` rename them. Enums are always `frozen`.
///
/// - `eq_int`: instances are equal to their discriminants.
/// - `#[hpy(constructor = (a, b = 1))]` on a variant with data: the parameters of its constructor, named like its fields.
///
/// # Fields
///
/// `#[hpy(get, set, name = "…")]` makes a field an attribute. Its type must convert to Python for `get`, which clones it, and from
/// Python for `set`. The fields of a tuple struct are named `_0`, `_1`, … by default.
///
/// The module `hpy::class` describes the rules for borrowing and threads.
#[proc_macro_attribute]
pub fn class(options: TokenStream, item: TokenStream) -> TokenStream {
    expand::class(options.into(), item.into()).into()
}

/// Exposes a Rust enum without data as a class of Python's standard module `enum`.
///
/// Inside a `#[hpy::module]`, it can be written `#[enumeration]`. An enum that is defined elsewhere is added to a module with
/// `#[enumeration] use path::to::Name;`.
///
/// # Options
///
/// - `base = "…"`: the base class in `enum`: `Enum` (the default), `IntEnum`, `StrEnum`, `Flag` or `IntFlag`. Before Python 3.11,
///   which introduced `StrEnum`, an `Enum` whose members are strings replaces it.
/// - `name = "…"`: the name in Python. `module = "…"`: the value of `__module__`.
/// - `rename_all = "SCREAMING_SNAKE_CASE"` and the like: the names of members.
/// - `crate = "…"`: the path of the crate `hpy`, if it has another name.
///
/// `#[hpy(name = "…")]` on a variant renames the member. Its value is its discriminant in Rust, or its name in lower case for a
/// `StrEnum`. `#[hpy(value = …)]` sets another value for members of `Enum` and `StrEnum`.
///
/// `hpy::Flags<Name>` is a combination of flags.
#[proc_macro_attribute]
pub fn enumeration(options: TokenStream, item: TokenStream) -> TokenStream {
    expand::enumeration(options.into(), item.into()).into()
}

/// Exposes the functions of an `impl` block as the methods of a Python class.
///
/// Inside a `#[hpy::module]`, it can be written `#[methods]`, on any number of blocks.
///
/// # Kinds of functions
///
/// - With `&self` or `&mut self`: a method. A parameter `slf: &Handle<'ctx, Self>`, in place of `self` or directly after it,
///   receives the instance's handle.
/// - `#[new]`: the constructor. It returns `Self`, a handle, or a `Result` of one; `cls: &Handle<'ctx, Type>` is the class.
/// - `#[getter]`, `#[setter]`, `#[deleter]`: an attribute. Its name is that of the function without `get_`, `set_` or `delete_`, or
///   the one in parentheses: `#[getter(name)]`.
/// - `#[staticmethod]`, `#[classmethod]` (with `cls`), `#[classattr]` (also on a `const`).
/// - With a dunder name: the corresponding special method; the guide lists them.
///
/// `__new__` is a constructor without `#[new]`; `__init_subclass__` and `__class_getitem__` are class methods without
/// `#[classmethod]`, as in Python.
///
/// # Options
///
/// `signature = (…)`, `name = "…"`, `text_signature = "…"` and `detach` work as for a [`macro@function`]. Write them in `#[hpy(…)]` on
/// the function. `#[new]`, `#[staticmethod]`, `#[classmethod]` and `#[classattr]` also accept them in their own parentheses:
/// `#[new(signature = (n = 0))]`.
#[proc_macro_attribute]
pub fn methods(options: TokenStream, item: TokenStream) -> TokenStream {
    expand::methods(options.into(), item.into()).into()
}

/// Derives `FromPython`, the conversion from Python objects.
///
/// # Accepted objects
///
/// - A struct with named fields: an object with these attributes. `#[hpy(from_item_all)]` on the struct or `#[hpy(item)]`
///   on a field: the items of a mapping. `#[hpy(attribute = "…")]`, `#[hpy(item = "…")]` and, on the struct,
///   `#[hpy(rename_all = "…")]` give the names.
/// - A tuple struct with one field, or a struct with `#[hpy(transparent)]`: whatever the field converts from.
/// - Any other tuple struct: a tuple.
/// - An enum: the first variant that fits.
///
/// `#[hpy(default)]` and `#[hpy(default = …)]` on a field set its value for a missing attribute or item.
/// `#[hpy(from_py_with = path)]` names the function that converts it. `#[hpy(crate = "…")]` on the type is the path of `hpy`.
#[proc_macro_derive(FromPython, attributes(hpy))]
pub fn from_python(item: TokenStream) -> TokenStream {
    expand::convert(item.into(), emit::from_python).into()
}

/// Derives `IntoPython`, the conversion into Python objects.
///
/// A struct with named fields converts into a dict, whose keys are named as for [`macro@FromPython`]. A tuple struct converts into
/// a tuple. A tuple struct with one field, or a struct with `#[hpy(transparent)]`, converts like that field, and an enum like its
/// variant.
#[proc_macro_derive(IntoPython, attributes(hpy))]
pub fn into_python(item: TokenStream) -> TokenStream {
    expand::convert(item.into(), emit::into_python).into()
}

/// Allows a struct or an enum that is part of a class to contain `hpy::Field`s.
#[proc_macro_derive(Fields)]
pub fn fields(item: TokenStream) -> TokenStream {
    expand::fields(item.into()).into()
}

/// Derives `hpy::Traverse` for a struct or an enum that is part of a class: the garbage collector visits each `hpy::Py` that it owns.
///
/// Each of its fields must implement `Traverse`, as must its type parameters: an `Arc` does not, because what several values share
/// would be visited several times. `#[traverse(skip)]` on a field leaves it out: it holds no objects, or strong references that
/// the collector does not see.
///
/// A recursive type is visited recursively, just as it is dropped.
#[proc_macro_derive(Traverse, attributes(traverse))]
pub fn traverse(item: TokenStream) -> TokenStream {
    expand::traverse(item.into()).into()
}
