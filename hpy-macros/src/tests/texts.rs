//! Signatures, defaults and docstrings as Python reads them.

use super::function;
use crate::emit::docstring_of;

/// The docstring, as a literal or an expression.
fn doc(options: &str, item: &str) -> String {
    docstring_of(&function(options, item).unwrap_or_else(|errors| panic!("{item}: {errors:?}"))).to_string()
}

/// The signature on its first line.
fn signature(options: &str, item: &str) -> String {
    let doc = doc(options, item);
    let literal: String =
        doc.strip_prefix('c').and_then(|text| syn::parse_str::<syn::LitStr>(text).ok()).unwrap().value();
    literal.strip_suffix("\n--\n\n").unwrap().to_owned()
}

#[test]
fn without_a_signature_all_are_required() {
    assert_eq!(signature("", "fn f(a: i64, b: &str) {}"), "f(a, b)");
    assert_eq!(signature("", "fn f() {}"), "f()");
}

#[test]
fn the_whole_grammar() {
    for (written, params, expected) in [
        ("()", "", "()"),
        ("(a, /)", "a: A", "(a, /)"),
        ("(a, /, b)", "a: A, b: A", "(a, /, b)"),
        ("(a, /, *, b)", "a: A, b: A", "(a, /, *, b)"),
        ("(*, a)", "a: A", "(*, a)"),
        ("(*, a = 1, b)", "a: A, b: A", "(*, a=1, b)"),
        ("(*args)", "args: A", "(*args)"),
        ("(a, *args, b, **kw)", "a: A, args: A, b: A, kw: A", "(a, *args, b, **kw)"),
        ("(**kw)", "kw: A", "(**kw)"),
        ("(a = 1, /, b = 2, *, c, d = 4,)", "d: A, c: A, b: A, a: A", "(a=1, /, b=2, *, c, d=4)"),
        ("(a = 1, *args, **kw,)", "a: A, args: A, kw: A", "(a=1, *args, **kw)"),
        ("(type, r#match = 1)", "r#type: A, r#match: A", "(type, match=1)"),
        ("(x = a < b, y = |c| c)", "x: A, y: A", "(x=..., y=...)"),
    ] {
        let found = signature(&format!("signature = {written}"), &format!("fn f({params}) {{}}"));
        assert_eq!(found, format!("f{expected}"));
    }
}

#[test]
fn defaults_in_python() {
    for (rust, python) in [
        ("true", "True"),
        ("\"naïve\"", "'na\\xefve'"),
        ("'€'", "'\\u20ac'"),
        ("\"\\u{1f40d}\"", "'\\U0001f40d'"),
        ("None", "None"),
        ("Option::None", "None"),
        ("None::<i64>", "None"),
        ("Some(1_000u64)", "1000"),
        ("-1", "-1"),
        ("-1.5e3_f64", "-1.5e3"),
        ("0x10", "16"),
        ("2.", "2.0"),
        ("2f64", "2.0"),
        ("1e-3f32", "1e-3"),
        ("\"it's\"", "\"it's\""),
        ("\"a\\n\\\"'\".to_owned()", "'a\\n\"\\''"),
        ("\"\\0\"", "'\\x00'"),
        ("\"ä\\\\\"", "'\\xe4\\\\'"),
        ("'x'", "'x'"),
        ("b\"a\\xff\"", "b'a\\xff'"),
        ("b'a'", "97"),
        ("(1, \"a\")", "(1, 'a')"),
        ("(1,)", "(1,)"),
        ("()", "None"),
        ("vec![1, 2]", "[1, 2]"),
        ("[1, -2].to_vec()", "[1, -2]"),
        ("&[(1, None)]", "[(1, None)]"),
        ("String::new()", "''"),
        ("Vec::<i64>::new()", "[]"),
        ("HashMap::new()", "{}"),
        ("String::from(\"a\")", "'a'"),
        // What can't be told:
        ("1.to_string()", "..."),
        ("-x", "..."),
        ("--1", "..."),
        ("[0; 3]", "..."),
        ("vec![0; 3]", "..."),
        ("Default::default()", "..."),
        ("LIMIT", "..."),
        ("1 + 1", "..."),
    ] {
        assert_eq!(
            signature(&format!("signature = (a = {rust})"), "fn f(a: A) {}"),
            format!("f(a={python})")
        );
    }
}

#[test]
fn what_python_does_not_see() {
    let item = "fn f<'ctx>(ctx: Context<'ctx>, module: &Handle<'ctx, Module>, a: A) {}";
    assert_eq!(signature("", item), "f(a)");
    assert_eq!(signature("signature = (a, module)", item), "f(a, module)");
    assert_eq!(signature("", "fn f(m: Ref<'_, '_, types::Module>, _: hpy::Context<'_>) {}"), "f()");
    assert_eq!(signature("", "fn f(m: Handle<'_, Module>, n: &Handle<'_, Any>) {}"), "f(m, n)");
}

#[test]
fn docstrings() {
    for (options, item, expected) in [
        ("name = \"g\"", "fn f() {}", "c\"g()\\n--\\n\\n\""),
        ("", "/// One.\n///\n///   two\n fn f() {}", "c\"f()\\n--\\n\\nOne.\\n\\n  two\""),
        ("", "/** One.\n * two\n */ fn f() {}", "c\"f()\\n--\\n\\nOne.\\ntwo\""),
        ("text_signature = \"(...)\"", "/// One.\n fn f() {}", "c\"f(...)\\n--\\n\\nOne.\""),
        ("text_signature = None", "/// One.\n fn f() {}", "c\"One.\""),
        ("text_signature = None", "fn f() {}", "c\"\""),
        ("", "#[doc(hidden)] #[doc(alias = \"x\")] fn f() {}", "c\"f()\\n--\\n\\n\""),
    ] {
        assert_eq!(doc(options, item), expected);
    }
}

#[test]
fn docstrings_of_expressions() {
    let expr =
        doc("", "/// One.\n#[doc = include_str!(\"two\")]\n#[cfg_attr(unix, doc = \"three\")] fn f() {}");
    assert!(expr.contains("[\"One.\" , include_str ! (\"two\") , # [cfg (unix)] \"three\"]"), "{expr}");
}
