//! All error messages: what is wrong, and what to do about it. Each has a case in `tests/ui`.

// The items that the attributes go on.

pub(crate) const FUNCTION_GOES_ON: &str =
    "`#[hpy::function]` can only be applied to a function, `fn name(…) { … }`";
pub(crate) const MODULE_GOES_ON: &str = "`#[hpy::module]` can only be applied to a module, `mod name { … }`";
pub(crate) const UNKNOWN_HOST: &str = "expected `\"embedded\"`: the only host that a module can ask for";

pub(crate) fn module_not_inline(name: &str) -> String {
    format!(
        "`#[hpy::module]` must see the module's items: write `mod {name} {{ … }}` with the items inside the braces"
    )
}

pub(crate) fn misplaced(attribute: &str, on: &str) -> String {
    format!("`#[{attribute}]` can only be applied to {on}")
}

pub(crate) const NESTED_MODULE: &str = "a submodule must stand directly in its `#[hpy::module]`: make this `mod` a `#[module]`, too, or move the submodule out of it";
pub(crate) const OPTION_OF_THE_TOP: &str =
    "`gil` and `host` are options of the outermost module, which holds for its submodules, too";

pub(crate) const EXPORT_FUNCTION: &str = "`#[export]` does not expose a function: write `#[function]`";
pub(crate) const EXPORT_STATIC: &str =
    "a `static` can't be exported: export a `const`, or add the value in `#[init]`";
pub(crate) const FUNCTION_AND_INIT: &str =
    "the `#[init]` function can't be exposed to Python as well: write two functions";
pub(crate) const GLOBAL_MUT: &str = "a `Global` has interior mutability: write `static`, without `mut`";

// Options.

fn one_of(known: &[&str]) -> String {
    let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    match known.as_slice() {
        [] => "there are no options here".to_owned(),
        [one] => format!("the only option here is {one}"),
        [head @ .., last] => format!("the options here are {} and {last}", head.join(", ")),
    }
}

pub(crate) fn unknown_option(option: &str, known: &[&str]) -> String {
    format!("unknown option `{option}`: {}", one_of(known))
}

pub(crate) fn not_an_option(known: &[&str]) -> String {
    format!("expected the name of an option: {}", one_of(known))
}

pub(crate) fn option_twice(option: &str) -> String {
    format!("option `{option}` is given twice")
}

pub(crate) fn option_is_a_flag(option: &str) -> String {
    format!("`{option}` takes no value: write `{option}`, or leave it out")
}

pub(crate) fn option_needs_value(option: &str, example: &str) -> String {
    format!("`{option}` needs a value, like `{option} = {example}`")
}

pub(crate) fn attribute_twice(attribute: &str) -> String {
    format!("`#[{attribute}]` is given twice")
}

pub(crate) fn attribute_form(attribute: &str) -> String {
    format!("options belong in parentheses: `#[{attribute}(…)]`")
}

pub(crate) const CRATE_PATH: &str = "expected the path of the `hpy` crate, like `crate = \"my_crate::hpy\"`";
pub(crate) const TEXT_SIGNATURE: &str =
    "expected the parameters with their parentheses, like `text_signature = \"(a, b=1)\"`, or `None`";

pub(crate) const TEXT_SIGNATURE_ASCII: &str =
    "`inspect` reads a signature as ASCII: write other characters of a default as escapes, like `'\\\\xe9'`";
pub(crate) fn parameter_ascii(name: &str) -> String {
    format!(
        "`inspect` reads a signature as ASCII, so it can't show `{name}`: choose another name, or hide the signature with `text_signature = None`"
    )
}

pub(crate) const TEXT_SIGNATURE_ANNOTATION: &str = "`inspect` reads no annotations in the signature of an extension's function: write names and defaults only";

// Texts.

pub(crate) const NUL: &str = "a text for Python's documentation can't have a NUL character";

// Functions.

pub(crate) const ASYNC: &str =
    "Python can't call an `async fn`: make it a plain `fn`, and wait for the future inside";
pub(crate) const UNSAFE: &str =
    "Python can't call an `unsafe fn`, as it can't promise anything: make it safe to call";
pub(crate) const EXTERN: &str = "the macro generates the function that interpreters call: remove `extern`";
pub(crate) const VARIADIC: &str =
    "for a variable number of arguments, write a parameter like `args: Vec<i64>`, and `signature = (*args)`";
pub(crate) const GENERIC: &str = "Python passes objects, not types: write concrete types instead of parameters \
                                  (lifetimes are fine)";
pub(crate) const IMPL_TRAIT: &str =
    "an argument is converted to a concrete type: write one instead of `impl …`";
pub(crate) const RECEIVER: &str = "a module function has no `self`: declare its inputs as parameters";
pub(crate) const PATTERN: &str =
    "Python needs a name for this parameter: write `name: Type`, and destructure it in the function";
pub(crate) const PARAMETER_CFG: &str =
    "a parameter can't depend on `cfg`: write the function twice, each with its own `#[cfg(…)]`";
pub(crate) const CONTEXT_BY_VALUE: &str = "take the context by value, `Context<'_>`: it is `Copy`";
pub(crate) const FOR_EVER: &str =
    "an argument lives only as long as the call: write `'_` instead of `'static`";
pub(crate) const DETACHED: &str = "a function with `detach` runs without Python, so it can't have this: remove \
                                   `detach`, and write `ctx.detach(|| …)` around the slow part";
pub(crate) const TOO_MANY: &str = "a function can have at most 255 parameters";

pub(crate) fn primitive(name: &str) -> String {
    format!(
        "the name hides Rust's type `{name}` in this module: give the function another one, and write `name = \"{name}\"`"
    )
}

pub(crate) fn init_parameter(name: &str) -> String {
    format!(
        "`#[init]` receives no argument for `{name}`: it may take a `Context<'_>`, the module as `&Handle<'_, Module>`, or both"
    )
}

// Signatures.

pub(crate) const PARAMETER_NAME: &str = "expected the name of a parameter, `/`, `*`, `*args` or `**kwargs`";

pub(crate) fn not_in_function(name: &str) -> String {
    format!("the signature names `{name}`, but the function has no such parameter")
}

pub(crate) fn not_in_signature(name: &str) -> String {
    format!("parameter `{name}` is missing in the signature: add it there")
}

pub(crate) fn parameter_twice(name: &str) -> String {
    format!("parameter `{name}` is in the signature twice")
}

pub(crate) fn no_default(name: &str, before: &str) -> String {
    format!(
        "`{name}` has no default, but follows `{before}`, which has one: give it a default, or write it after `*`"
    )
}

pub(crate) fn variadic_default(name: &str) -> String {
    format!("`{name}` can't have a default: without arguments it is empty")
}

pub(crate) fn typed(name: &str) -> String {
    format!("the type of `{name}` is declared in the function: here write `{name}`, or `{name} = default`")
}

pub(crate) const SLASH_TWICE: &str = "`/` can appear only once";
pub(crate) const SLASH_LATE: &str = "`/` must come before `*`";
pub(crate) const SLASH_FIRST: &str =
    "`/` makes the parameters before it positional-only, but there are none before it";
pub(crate) const STAR_TWICE: &str =
    "`*` can appear only once: the parameters after the first are keyword-only anyway";
pub(crate) const STAR_LAST: &str =
    "`*` makes the parameters after it keyword-only, but there are none after it";
pub(crate) const AFTER_KWARGS: &str = "nothing can come after `**kwargs`";

// Names in Python.

pub(crate) fn no_identifier(name: &str) -> String {
    format!("`{name}` is not a name in Python: write letters, digits and `_`")
}

pub(crate) fn keyword(name: &str) -> String {
    format!("`{name}` is a keyword of Python, which code can't use as a name: write `name = \"{name}_\"`")
}

pub(crate) fn keyword_parameter(name: &str) -> String {
    format!(
        "`{name}` is a keyword of Python, which callers can't use as a name: call the parameter `{name}_`"
    )
}

pub(crate) fn same_name(name: &str) -> String {
    format!("two items of this module are called `{name}` in Python")
}

// Modules.

pub(crate) const MODULE_DOTS: &str =
    "the name of a module can't contain dots: the location of its file determines its package";
pub(crate) const MODULE_ASCII: &str = "the name of an extension module must be ASCII";
pub(crate) const NO_BINDINGS: &str = "maturin needs to be told how to build this module: write `bindings = \"uniffi\"` under `[tool.maturin]` in \
     pyproject.toml. Without it the wheel has no loader, and can't be imported. If the wheel is not for this module, any other \
     value of `bindings` says so";
pub(crate) const INIT_TWICE: &str = "a module can have only one `#[init]` function";
pub(crate) const EXPORT_GLOB: &str = "`#[export]` must see the names: write them instead of `*`";
pub(crate) const EXPORT_SELF: &str = "`self` is a module: name the functions in it";
pub(crate) const UNNAMED: &str = "an exported item needs a name, which is also its name in Python";

// Classes.

pub(crate) const CLASS_GOES_ON: &str =
    "`#[hpy::class]` can only be applied to a struct or an enum, `struct Name { … }`";
pub(crate) const METHODS_GOES_ON: &str =
    "`#[hpy::methods]` can only be applied to an `impl` block of a class, `impl Name { … }`";
pub(crate) const METHODS_FORGOTTEN: &str =
    "Python sees nothing of this `impl` block: write `#[methods]` above it";
pub(crate) const MACRO_IN_METHODS: &str = "`#[methods]` can't see the functions that a macro call generates: write them out, or move the call to an `impl` \
     block without `#[methods]`";
pub(crate) const CLASS_GENERIC: &str = "a class can't have type parameters: in a `#[hpy::module]`, list the types that are classes with `instances(F32 = f32, F64 = f64)`";
pub(crate) const IMPL_GENERIC: &str =
    "the parameters of the `impl` block must be those of the class, like `Matrix<T>`";
pub(crate) const INSTANCE_FORM: &str =
    "write `instances(F32 = f32, F64 = f64)`, for more parameters `Name = (A, B)`";
pub(crate) const INSTANCES_ALONE: &str =
    "`instances` creates a class for each alias in a `#[hpy::module]`: move the struct into one";
pub(crate) const INSTANCES_NAME: &str = "each of the `instances` needs a different name";

pub(crate) fn instance_args(class: &str, count: usize) -> String {
    match count {
        0 => format!("`{class}` has no parameters, so it has no instances"),
        1 => format!("`{class}` has one parameter: write `Name = type`"),
        _ => format!("`{class}` has {count} parameters: write `Name = (A, B)`"),
    }
}

pub(crate) const EXTENDS_COPY: &str =
    "`copy` would clone the values of this class alone, without those of its base: write a method `__copy__`";
pub(crate) const PICKLED_BY_ITSELF: &str =
    "variants without data support copying and pickling without this option";

pub(crate) fn needs_from_fields(option: &str, method: &str) -> String {
    format!(
        "`{option}` makes the new object from its fields: write `new = \"from_fields\"`, too, or a method `{method}` instead"
    )
}

pub(crate) const NO_VARIANTS: &str = "an enum without variants can't have instances";
pub(crate) const EQ_INT_GOES_ON: &str =
    "`eq_int` is for enums whose variants have no data: others have no number";
pub(crate) const METHODS_TYPE: &str = "`#[methods]` needs the plain name of the class: `impl Name { … }`";
pub(crate) const NEW_FROM_FIELDS: &str =
    "the only value here is `new = \"from_fields\"`: a constructor with a parameter for each field";
pub(crate) const EXTENDS_PATH: &str = "`extends` takes the name of one class, like `extends = Base`";

pub(crate) fn extends_itself(class: &str) -> String {
    format!("`{class}` extends itself through its base classes")
}

pub(crate) const EXTENDS_FROM_FIELDS: &str = "`new = \"from_fields\"` can't create the value of the base class: write a `#[new]` that returns `(Self, Base)`";
pub(crate) const RECEIVER_FORM: &str =
    "a value in a Python object can only be borrowed: write `&self` or `&mut self`";
pub(crate) const CLASSATTR_PARAMETER: &str = "a class attribute can only take a `Context<'_>`";
pub(crate) const SEQUENCE_AND_MAPPING: &str =
    "a class can't be a `sequence` and a `mapping`: items are in an order, or they have keys";
pub(crate) const SEQUENCE_NEEDS: &str =
    "a `sequence` needs the methods `__getitem__` and `__len__`, as `collections.abc.Sequence` does";
pub(crate) const MAPPING_NEEDS: &str = "a `mapping` needs the methods `__getitem__`, `__len__` and `__iter__`, as `collections.abc.Mapping` does";
pub(crate) const MAPPING_CONCAT: &str = "`__concat__` and `__repeat__` fill slots of sequences, which a `mapping` lacks: write `__add__` and `__mul__`, or `__or__`";
pub(crate) const FROZEN_SETTER: &str =
    "the class is `frozen`, so its fields can't be set: remove `set`, or remove `frozen`";
pub(crate) const FROZEN_MUT: &str =
    "the class is `frozen`, so nothing can borrow it mutably: take `&self`, or remove `frozen`";
pub(crate) const SET_FIELD: &str =
    "a `Field` can't be `set` by itself: write a `#[setter]` that stores to it";
pub(crate) const ORD_NEEDS_EQ: &str =
    "`ord` also needs `eq`: Python implements both with one comparison function";
pub(crate) const HASH_NEEDS_EQ: &str = "`hash` also needs `eq`: equal objects must have equal hashes";
pub(crate) const HASH_NEEDS_FROZEN: &str = "`hash` needs `frozen`: the hash of an object must not change";

pub(crate) const ENUMERATION_GOES_ON: &str = "`#[hpy::enumeration]` can only be applied to an enum, `enum Name { … }`; `hpy::Flags<Name>` is a combination of its members";
pub(crate) const ENUMERATION_GENERIC: &str = "a Python `enum` can't have type parameters";
pub(crate) const MEMBER_WITH_DATA: &str =
    "a member of a Python `enum` can't have data: write `#[class]`, whose variants can";
pub(crate) const METHODS_OF_ENUMERATION: &str =
    "an `#[enumeration]` can't have methods in Rust: write a function, or make it a `#[class]`";
pub(crate) const MEMBER_TEXT: &str = "the value of a `StrEnum` member must be a string";

pub(crate) fn enum_base(known: &[&str]) -> String {
    let known: Vec<String> = known.iter().map(|name| format!("`\"{name}\"`")).collect();
    format!("the classes of Python's module `enum` are {}", known.join(", "))
}

pub(crate) fn member_value(name: &str) -> String {
    format!("the value of this member is its discriminant: write `{name} = …`")
}

pub(crate) fn member_alias(name: &str, before: &str) -> String {
    format!("`{name}` has the same value as `{before}`, so Python would treat it as an alias")
}

pub(crate) fn flag_number(name: &str) -> String {
    format!("a flag is a bit, or several: write `{name} = 1`, or another power of 2")
}

pub(crate) const FROZEN_ENUM: &str =
    "Python shares the variants of an enum, so nothing can borrow one mutably: take `&self`";

pub(crate) fn not_a_field(name: &str) -> String {
    format!("the constructor names `{name}`, but the variant has no such field")
}

pub(crate) fn not_in_constructor(name: &str) -> String {
    format!("the field `{name}` is missing in the constructor: add it there, with a default or without")
}

pub(crate) fn unit_among_data(name: &str) -> String {
    format!("a unit variant can't stand beside variants with data: write `{name} {{}}`")
}

pub(crate) fn not_on_enum(option: &str) -> String {
    format!("`{option}` is for structs: the instances of an enum are its variants")
}

pub(crate) fn rename_all(known: &[&str]) -> String {
    let known: Vec<String> = known.iter().map(|name| format!("`\"{name}\"`")).collect();
    format!("the styles here are {}", known.join(", "))
}

pub(crate) fn held_for_a_call(name: &str) -> String {
    format!(
        "a class can't store a `{name}`, which is valid for one call only: store the object in a `hpy::Field<T>`"
    )
}

pub(crate) fn two_kinds(one: &str, two: &str) -> String {
    format!("`#[{one}]` and `#[{two}]` can't be combined")
}

pub(crate) fn no_receiver(name: &str, kind: &str) -> String {
    if kind.is_empty() && !name.starts_with("__") {
        format!("`{name}` has no `self`: write `&self`, or `#[staticmethod]` or `#[classmethod]` above it")
    } else {
        format!("`{name}` needs `&self`, `&mut self`, or `slf: &Handle<'ctx, Self>` as its first parameter")
    }
}

pub(crate) fn receiver_not_wanted(kind: &str) -> String {
    match kind {
        "classmethod" => {
            "a class method has no instance: take the class as `cls: &Handle<'_, Type>`".to_owned()
        }
        "staticmethod" => "a static method has no instance: remove `self`".to_owned(),
        "classattr" => "a class attribute has no instance: remove `self`".to_owned(),
        _ => "the instance is made from what `#[new]` returns: remove `self`".to_owned(),
    }
}

pub(crate) fn name_of_python(name: &str) -> String {
    format!("Python calls this method `{name}`: remove `name`")
}

pub(crate) const TEXT_SIGNATURE_OF_ATTRIBUTE: &str =
    "an attribute is not called, so it has no signature: remove `text_signature`";

pub(crate) fn dunder_options(name: &str) -> String {
    format!("Python defines the parameters of `{name}`: remove the options")
}

pub(crate) fn dunder_signature(name: &str, example: &str) -> String {
    format!("Python passes other arguments to `{name}`: write `fn {name}{example}`")
}

pub(crate) fn attribute_name_form(kind: &str) -> String {
    format!("expected the attribute's name, like `#[{kind}(name)]`")
}

pub(crate) fn attribute_signature(kind: &str) -> String {
    match kind {
        "setter" => "a setter takes the new value: write `fn set_name(&mut self, value: T)`".to_owned(),
        "deleter" => "a deleter takes no arguments: write `fn delete_name(&mut self)`".to_owned(),
        _ => "a getter takes no arguments: write `fn name(&self) -> T`".to_owned(),
    }
}

pub(crate) fn new_twice(name: &str) -> String {
    format!("`{name}` already has a `#[new]`")
}

pub(crate) fn method_twice(name: &str) -> String {
    format!("there is a `{name}` already")
}

pub(crate) fn derived_twice(option: &str, method: &str) -> String {
    format!("`{option}` generates the `{method}` that is also defined here: remove one of them")
}

pub(crate) fn not_a_class(name: &str) -> String {
    format!("no `#[class]` of this module is called `{name}`: the `impl` block belongs beside its struct")
}

pub(crate) const CONVERT_GOES_ON: &str =
    "a union can't be converted, as its active field is unknown: derive for a struct or an enum";
pub(crate) const CONVERT_GENERIC: &str =
    "a derived conversion can't borrow from the object: only types can be parameters";
pub(crate) const CONVERT_EMPTY: &str = "there is nothing to convert: a struct or a variant needs fields";
pub(crate) const CONVERT_KEY: &str = "only named fields can be attributes or items";
pub(crate) const TRANSPARENT: &str = "`transparent` needs exactly one field";
pub(crate) const ITEM_OR_ATTRIBUTE: &str = "a field is an item or an attribute: remove one of them";
pub(crate) const TRAVERSE_GOES_ON: &str =
    "`#[derive(hpy::Traverse)]` can only be applied to a struct or an enum";
pub(crate) const TRAVERSE_OPTION: &str =
    "write `#[traverse(skip)]`: the garbage collector does not look into this field";
pub(crate) const FIELDS_GOES_ON: &str = "`#[derive(hpy::Fields)]` can only be applied to a struct or an enum";

pub(crate) fn field_name_twice(name: &str) -> String {
    format!(
        "there is an attribute `{name}` already: give one of the fields another name, like `#[hpy(get, name = \"…\")]`"
    )
}

pub(crate) const CFG_FIELD: &str = "a field with `#[cfg]` can't be an attribute, and in a tuple struct the numbers of the others depend on it: put the `#[cfg]` on \
     two versions of the struct";
