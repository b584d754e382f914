//! Each message of the table, by a mistake that causes it.

use super::{function, module};
use crate::expand;

/// The function has exactly this mistake.
fn of_function(options: &str, item: &str, message: &str) {
    found(function(options, item).map(drop), message, &format!("#[function({options})] {item}"));
}

/// The module has exactly this mistake.
fn of_module(options: &str, items: &str, message: &str) {
    found(module(options, &format!("mod m {{ {items} }}")).map(drop), message, items);
}

fn found(result: Result<(), Vec<String>>, message: &str, what: &str) {
    match result {
        Err(messages) if messages.len() == 1 => {
            assert!(messages[0].contains(message), "{what}: {messages:?}")
        }
        Err(messages) => panic!("{what} should only say {message:?}, but says {messages:?}"),
        Ok(()) => panic!("{what} should say {message:?}"),
    }
}

#[test]
fn in_signatures() {
    for (signature, params, message) in [
        ("(b)", "", "names `b`, but the function has no such parameter"),
        ("()", "a: A", "parameter `a` is missing in the signature"),
        ("(r#in)", "r#in: A", "`in` is a keyword of Python, which callers"),
        ("(a, a)", "a: A", "parameter `a` is in the signature twice"),
        ("(/, a)", "a: A", "none before it"),
        ("(a, /, /)", "a: A", "`/` can appear only once"),
        ("(*, a, /)", "a: A", "`/` must come before `*`"),
        ("(a, *)", "a: A", "none after it"),
        ("(*, **kw)", "kw: A", "none after it"),
        ("(*a, *b)", "a: A, b: A", "`*` can appear only once"),
        ("(*a, *, b)", "a: A, b: A", "`*` can appear only once"),
        ("(**kw, a)", "a: A, kw: A", "nothing can come after `**kwargs`"),
        ("(*a = 1)", "a: A", "`*a` can't have a default"),
        ("(**a = 1)", "a: A", "`**a` can't have a default"),
        ("(a = 1, b)", "a: A, b: A", "`b` has no default, but follows `a`"),
        ("(a = 1, /, b)", "a: A, b: A", "`b` has no default, but follows `a`"),
        ("(a: A = 1)", "a: A", "the type of `a` is declared in the function"),
        ("(a b)", "a: A, b: A", "expected `,`"),
        ("(1, a)", "a: A, b: A", "expected the name of a parameter"),
    ] {
        of_function(&format!("signature = {signature}"), &format!("fn f({params}) {{}}"), message);
    }
}

#[test]
fn in_options() {
    for (options, message) in [
        ("signatur = (a)", "unknown option `signatur`: the options here are `signature`, `name`"),
        ("\"f\"", "expected the name of an option: the options here are `signature`"),
        ("detach, detach", "option `detach` is given twice"),
        ("detach = true", "`detach` takes no value"),
        ("name", "`name` needs a value, like `name = \"…\"`"),
        ("name = f", "expected string literal"),
        ("text_signature = \"a\"", "with their parentheses"),
        ("text_signature = \"(\\0)\"", "can't have a NUL"),
        ("text_signature = Some", "or `None`"),
        ("text_signature = \"(a='é')\"", "as ASCII"),
        ("text_signature = \"(a: int)\"", "no annotations"),
        ("text_signature = \"(a) -> (b)\"", "no annotations"),
        ("crate = \"a b\"", "expected the path of the `hpy` crate"),
        ("name = \"two words\"", "`two words` is not a name in Python"),
        ("name = \" f\"", "` f` is not a name in Python"),
        ("name = \"r#f\"", "`r#f` is not a name in Python"),
        ("name = \"1f\"", "`1f` is not a name in Python"),
        ("name = \"\"", "`` is not a name in Python"),
        ("name = \"class\"", "`class` is a keyword of Python"),
    ] {
        of_function(options, "fn f() {}", message);
    }
}

#[test]
fn in_functions() {
    for (item, message) in [
        ("async fn f() {}", "Python can't call an `async fn`"),
        ("unsafe fn f() {}", "Python can't call an `unsafe fn`"),
        ("extern \"C\" fn f() {}", "remove `extern`"),
        ("fn f<T>(a: A<T>) {}", "write concrete types"),
        ("fn f<const N: usize>(a: [u8; N]) {}", "write concrete types"),
        ("fn f(a: impl A) {}", "a concrete type"),
        ("fn f(a: Vec<impl A>) {}", "a concrete type"),
        ("fn f((a, b): A) {}", "Python needs a name"),
        ("fn f(_: A) {}", "Python needs a name"),
        ("fn f(ref a: A) {}", "Python needs a name"),
        ("fn f(&self) {}", "has no `self`"),
        ("fn f(a: &Context<'_>) {}", "take the context by value"),
        ("fn f(#[cfg(unix)] a: A) {}", "a parameter can't depend on `cfg`"),
        ("fn f(#[hpy(with = a)] a: A) {}", "the only option here is `from_py_with`"),
        ("fn str(a: A) {}", "hides Rust's type `str`"),
        ("fn r#async() {}", "`async` is a keyword of Python"),
        ("fn f(r#in: A) {}", "`in` is a keyword of Python, which callers"),
        ("#[doc = \"a\\0\"] fn f() {}", "can't have a NUL"),
    ] {
        of_function("", item, message);
    }
    let many: Vec<String> = (0..256).map(|i| format!("a{i}: A")).collect();
    of_function("", &format!("fn f({}) {{}}", many.join(", ")), "at most 255");
    of_function("detach", "fn f(ctx: Context<'_>) {}", "runs without Python");
    of_function("detach", "fn f(module: &Handle<'_, Module>) {}", "runs without Python");
}

#[test]
fn variadics_of_c() {
    // Rust allows for them in `unsafe extern` functions only.
    let messages = function("", "unsafe extern \"C\" fn f(a: A, ...) {}").err().unwrap();
    assert!(messages.iter().any(|message| message.contains("`signature = (*args)`")), "{messages:?}");
}

#[test]
fn in_modules() {
    for (options, items, message) in [
        (
            "names = \"a\"",
            "",
            "unknown option `names`: the options here are `name`, `gil`, `host`, `submodule` and `crate`",
        ),
        ("host = \"native\"", "", "expected `\"embedded\"`"),
        ("gil = 1", "", "expected boolean literal"),
        ("name = \"a.b\"", "", "can't contain dots"),
        ("name = \"naïve\"", "", "must be ASCII"),
        ("name = \"class\"", "", "`class` is a keyword of Python"),
        ("", "#[function] fn a() {} #[export] const a: A = 1;", "two items of this module are called `a`"),
        ("", "#[function] fn a() {} #[function(name = \"a\")] fn b() {}", "are called `a`"),
        ("", "#[function] fn a() {} #[cfg(unix)] #[export] use b::a;", "are called `a`"),
        ("", "#[init] fn a() {} #[init] fn b() {}", "only one `#[init]`"),
        ("", "#[init] fn a(x: A) {}", "`#[init]` receives no argument for `x`"),
        ("", "#[init(first)] fn a() {}", "there are no options here"),
        ("", "#[init] async fn a() {}", "`async fn`"),
        ("", "#[init] #[function] fn a() {}", "write two functions"),
        ("", "#[function] #[hpy::function] fn a() {}", "`#[function]` is given twice"),
        ("", "#[function = 1] fn a() {}", "options belong in parentheses: `#[function(…)]`"),
        ("", "#[function] struct A;", "`#[function]` can only be applied to a function"),
        ("", "#[hpy::function] const A: A = 1;", "`#[function]` can only be applied to a function"),
        ("", "mod a { #[hpy::module] mod b {} }", "must stand directly in its `#[hpy::module]`"),
        ("", "#[class] struct A; impl A { #[getter] fn a(&self) {} }", "write `#[methods]` above it"),
        ("", "#[class] struct A; impl A { fn __init__(&self) {} }", "write `#[methods]` above it"),
        ("", "#[class] struct A; #[methods] impl A { b!(); }", "a macro call generates"),
        ("", "#[class] struct A; #[methods] impl A { #[new(name = \"a\")] fn b() -> A {} }", "remove `name`"),
        (
            "",
            "#[class] struct A; #[methods] impl A { #[new(nam = 1)] fn b() -> A {} }",
            "unknown option `nam`",
        ),
        ("", "#[class] struct A; #[methods] impl A { fn __class_getitem__(&self) {} }", "has no instance"),
        ("", "#[export] mod a {}", "`#[export]` can only be applied to a `const` or a `use`"),
        ("", "#[init] impl A {}", "`#[init]` can only be applied to a function"),
        ("", "#[export] fn a() {}", "`#[export]` does not expose a function"),
        ("", "#[export] static A: A = 1;", "a `static` can't be exported"),
        ("", "static mut A: Global = Global::new();", "without `mut`"),
        ("", "#[export] const _: A = 1;", "needs a name"),
        ("", "#[export(named = \"a\")] const A: A = 1;", "the only option here is `name`"),
        ("", "#[export(name = \"a\")] use a::b;", "there are no options here"),
        ("", "#[export] use a::*;", "must see the names"),
        ("", "#[export] use a::{self};", "`self` is a module"),
        ("", "#[export] use a::b as _;", "needs a name"),
        ("", "#[export] use a::r#async;", "`async` is a keyword of Python"),
    ] {
        of_module(options, items, message);
    }
    let messages = module("", "mod m;").err().unwrap();
    assert!(messages[0].contains("write `mod m { … }`"), "{messages:?}");
}

#[test]
fn under_conditions_names_may_return() {
    for items in [
        "#[cfg(unix)] #[function] fn a() {} #[cfg(windows)] #[function] fn a() {}",
        "#[cfg_attr(unix, function)] #[cfg_attr(windows, function(name = \"b\"))] fn a() {}",
        "#[cfg(unix)] #[init] fn a() {} #[cfg(windows)] #[init] fn a() {}",
    ] {
        assert!(module("", &format!("mod m {{ {items} }}")).is_ok(), "{items}");
    }
}

#[test]
fn all_at_once() {
    let messages =
        function("signature = (b, a: A, c *), nam = 1", "async fn f(d: A, (e, f): A) {}").err().unwrap();
    for message in
        ["async", "names `b`", "type of `a`", "expected `,`", "unknown option `nam`", "needs a name"]
    {
        assert!(messages.iter().any(|found| found.contains(message)), "{messages:?} should say {message}");
    }
}

#[test]
fn on_other_items() {
    let on = |expand: fn(_, _) -> proc_macro2::TokenStream, item: &str| {
        expand(proc_macro2::TokenStream::new(), item.parse().unwrap()).to_string()
    };
    assert!(on(expand::function, "struct S;").contains("can only be applied to a function"));
    assert!(on(expand::module, "fn f() {}").contains("can only be applied to a module"));
}

/// The item stays, so that there are no errors about what is missing; our attributes don't, as they mean nothing there.
#[test]
fn the_item_is_given_back() {
    let out = expand::module(
        "nam = 1".parse().unwrap(),
        "mod m { #[function] fn f(#[hpy(from_py_with = g)] a: A) {} }".parse().unwrap(),
    );
    let out = out.to_string();
    assert!(out.contains("mod m { fn f (a : A) { } }") && out.contains("compile_error"), "{out}");
}
