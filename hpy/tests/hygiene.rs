//! The macros' code names everything by its whole path: the crate may have another name, and the user's names may
//! hide the standard library's.

extern crate hpy as renamed;

// `hpy::…` means nothing here.
#[allow(dead_code)]
mod hpy {}

#[renamed::module(name = "hygiene", crate = "renamed")]
mod shadows {
    #![allow(dead_code, non_camel_case_types)]

    struct Result;
    struct Option;
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct String;
    struct Vec;
    struct u32;
    struct bool;
    struct usize;
    struct str;
    mod core {}
    mod std {}

    #[export]
    const ANSWER: i64 = 42;

    static KEPT: renamed::Global = renamed::Global::new();

    #[function]
    fn nothing() {}

    #[function(signature = (a, /, b = 2, *args, c = 3, **kwargs))]
    fn everything(
        a: i64,
        b: i64,
        args: ::std::vec::Vec<i64>,
        c: i64,
        kwargs: ::std::collections::HashMap<::std::string::String, i64>,
    ) -> i64 {
        a + b + c + args.len() as i64 + kwargs.len() as i64
    }

    #[function]
    fn passed<'ctx>(ctx: renamed::Context<'ctx>, __ctx: i64, __args: i64, __p0: i64) -> i64 {
        let _ = ctx;
        __ctx + __args + __p0
    }

    #[export]
    use super::outside as inside;

    #[init]
    fn init(ctx: renamed::Context<'_>) -> renamed::Result<()> {
        let _ = ctx;
        ::core::result::Result::Ok(())
    }
}

#[renamed::function(crate = "renamed")]
fn outside(x: i64) -> i64 {
    x
}

#[test]
fn it_compiles() {
    assert_eq!(outside(1), 1);
}
