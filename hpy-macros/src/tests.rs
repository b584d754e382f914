//! The grammar of signatures and the texts that are made of it.

use quote::quote;

use crate::attr::default_crate;
use crate::emit::signature_text;
use crate::errors::Errors;

/// The text signature of a function with this option and these parameters, or the errors.
fn text(options: proc_macro2::TokenStream, function: proc_macro2::TokenStream) -> Result<String, String> {
    let item = syn::parse2(function).unwrap();
    let mut errors = Errors::default();
    crate::check::signature(&item, &mut errors);
    let model = crate::parse::function(options, &item, &default_crate(), &mut errors);
    crate::check::function(&model, &mut errors);
    if errors.is_empty() { Ok(signature_text(&model)) } else { Err(errors.into_tokens().to_string()) }
}

#[test]
fn without_a_signature_all_are_required() {
    assert_eq!(
        text(
            quote!(),
            quote!(
                fn f(a: i64, b: &str) {}
            )
        )
        .unwrap(),
        "(a, b)"
    );
    assert_eq!(
        text(
            quote!(),
            quote!(
                fn f() {}
            )
        )
        .unwrap(),
        "()"
    );
}

#[test]
fn the_whole_grammar() {
    for (signature, params, expected) in [
        (quote!((a, /)), quote!(a: A), "(a, /)"),
        (quote!((a, /, b)), quote!(a: A, b: A), "(a, /, b)"),
        (quote!((*, a)), quote!(a: A), "(*, a)"),
        (quote!((a, *args, b, **kw)), quote!(a: A, args: A, b: A, kw: A), "(a, *args, b, **kw)"),
        (quote!((**kw)), quote!(kw: A), "(**kw)"),
        (quote!((a = 1, /, b = 2, *, c, d = 4,)), quote!(d: A, c: A, b: A, a: A), "(a=1, /, b=2, *, c, d=4)"),
    ] {
        assert_eq!(text(quote!(signature = #signature), quote!(fn f(#params) {})).unwrap(), expected);
    }
}

#[test]
fn defaults_in_python() {
    for (rust, python) in [
        (quote!(true), "True"),
        (quote!(None), "None"),
        (quote!(Some(1_000u64)), "1000"),
        (quote!(-1), "-1"),
        (quote!(0x10), "16"),
        (quote!(2.), "2.0"),
        (quote!(1e-3f32), "1e-3"),
        (quote!("it's"), "\"it's\""),
        (quote!("a\n\"'".to_owned()), "'a\\n\"\\''"),
        (quote!('x'), "'x'"),
        (quote!(b"ab"), "b'ab'"),
        (quote!((1, "a")), "(1, 'a')"),
        (quote!((1,)), "(1,)"),
        (quote!(()), "None"),
        (quote!(vec![1, 2]), "[1, 2]"),
        (quote!([0; 3]), "..."),
        (quote!(String::new()), "''"),
        (quote!(Default::default()), "..."),
        (quote!(LIMIT), "..."),
    ] {
        let expected = format!("(a={python})");
        assert_eq!(
            text(
                quote!(signature = (a = #rust)),
                quote!(
                    fn f(a: A) {}
                )
            )
            .unwrap(),
            expected,
            "{rust}"
        );
    }
}

#[test]
fn what_python_does_not_see() {
    let f = quote!(
        fn f<'ctx>(ctx: Context<'ctx>, module: &Handle<'ctx, Module>, a: A) {}
    );
    assert_eq!(text(quote!(), f.clone()).unwrap(), "(a)");
    assert_eq!(text(quote!(signature = (a, module)), f).unwrap(), "(a, module)");
    assert_eq!(
        text(
            quote!(),
            quote!(
                fn f(m: Ref<'_, '_, types::Module>) {}
            )
        )
        .unwrap(),
        "()"
    );
}

#[test]
fn mistakes() {
    for (options, function, message) in [
        (
            quote!(signature = (b)),
            quote!(
                fn f(a: A) {}
            ),
            "names `b`, but the function has no such parameter",
        ),
        (
            quote!(signature = ()),
            quote!(
                fn f(a: A) {}
            ),
            "`a` is missing in the signature",
        ),
        (
            quote!(signature = (a, a)),
            quote!(
                fn f(a: A) {}
            ),
            "`a` stands there twice",
        ),
        (
            quote!(signature = (/, a)),
            quote!(
                fn f(a: A) {}
            ),
            "at least one parameter must come before `/`",
        ),
        (
            quote!(signature = (a, /, /)),
            quote!(
                fn f(a: A) {}
            ),
            "`/` can only stand there once",
        ),
        (
            quote!(signature = (*, a, /)),
            quote!(
                fn f(a: A) {}
            ),
            "`/` must come before `*`",
        ),
        (
            quote!(signature = (a, *)),
            quote!(
                fn f(a: A) {}
            ),
            "a bare `*` must have a keyword-only parameter",
        ),
        (
            quote!(signature = (*, **kw)),
            quote!(
                fn f(kw: A) {}
            ),
            "a bare `*` must have a keyword-only parameter",
        ),
        (
            quote!(signature = (*a, *b)),
            quote!(
                fn f(a: A, b: A) {}
            ),
            "`*` can only stand there once",
        ),
        (
            quote!(signature = (**kw, a)),
            quote!(
                fn f(a: A, kw: A) {}
            ),
            "nothing can come after `**kwargs`",
        ),
        (
            quote!(signature = (*a = 1)),
            quote!(
                fn f(a: A) {}
            ),
            "`*a` can't have a default",
        ),
        (
            quote!(signature = (a = 1, b)),
            quote!(
                fn f(a: A, b: A) {}
            ),
            "`b` without a default follows `a`",
        ),
        (
            quote!(signatur = (a)),
            quote!(
                fn f(a: A) {}
            ),
            "unknown option `signatur`; the options are",
        ),
        (
            quote!(detach, detach),
            quote!(
                fn f() {}
            ),
            "option `detach` stands there twice",
        ),
        (
            quote!(text_signature = "a"),
            quote!(
                fn f() {}
            ),
            "with its parentheses",
        ),
        (
            quote!(name = "two words"),
            quote!(
                fn f() {}
            ),
            "`two words` is no name in Python",
        ),
        (
            quote!(name = "class"),
            quote!(
                fn f() {}
            ),
            "`class` is a keyword in Python",
        ),
        (
            quote!(),
            quote!(
                async fn f() {}
            ),
            "an `async fn` can't be a function for Python yet",
        ),
        (
            quote!(),
            quote!(
                unsafe fn f() {}
            ),
            "can't be `unsafe`",
        ),
        (
            quote!(),
            quote!(
                extern "C" fn f() {}
            ),
            "without `extern`",
        ),
        (
            quote!(),
            quote!(
                fn f<T>(a: T) {}
            ),
            "can't be generic",
        ),
        (
            quote!(),
            quote!(
                fn f(a: impl A) {}
            ),
            "needs a concrete type",
        ),
        (
            quote!(),
            quote!(
                fn f((a, b): A) {}
            ),
            "must be a plain name",
        ),
        (
            quote!(),
            quote!(
                fn f(&self) {}
            ),
            "has no `self`",
        ),
    ] {
        let error = text(options, function).unwrap_err();
        assert!(error.contains(message), "{error} should say {message}");
    }
}

#[test]
fn all_mistakes_at_once() {
    let error = text(
        quote!(signature = (b, c)),
        quote!(
            async fn f(a: A) {}
        ),
    )
    .unwrap_err();
    for message in ["async", "names `b`", "names `c`", "`a` is missing"] {
        assert!(error.contains(message), "{error} should say {message}");
    }
}
