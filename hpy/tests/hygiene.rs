//! Tests that generated code uses absolute paths: the crate may be renamed, and the user's names may shadow those of the
//! standard library.

// The expansion has `unsafe` parts of its own, which are no reason to allow it for the crate.
#![forbid(unsafe_code)]

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

    #[class(crate = "renamed", sequence, generic)]
    struct Listed;

    #[methods]
    impl Listed {
        fn __len__(&self) -> ::core::primitive::usize {
            3
        }
        fn __getitem__(&self, index: i64) -> i64 {
            index
        }
        fn __setitem__(&mut self, _index: i64, _value: i64) {}
    }

    #[class(crate = "renamed", from_py_object)]
    #[derive(Clone)]
    struct Class {
        #[hpy(get, set)]
        number: i64,
        hidden: ::std::vec::Vec<i64>,
    }

    #[methods]
    impl Class {
        #[new]
        fn new(number: i64) -> Self {
            Class { number, hidden: ::std::vec![] }
        }

        fn method<'ctx>(&mut self, slf: &renamed::Handle<'ctx, Self>, __this: &Self, __self: i64) -> i64 {
            let _ = slf;
            self.number + __this.number + __self + self.hidden.len() as i64
        }

        #[hpy(signature = (value = ::core::option::Option::None))]
        fn optional(&self, value: ::core::option::Option<&Class>) -> bool_ {
            value.is_some()
        }

        #[staticmethod]
        fn make() -> Self {
            Class::new(1)
        }

        #[classattr]
        fn attribute() -> i64 {
            1
        }

        #[getter]
        fn double(&self) -> i64 {
            2 * self.number
        }

        fn __add__(&self, other: &Class) -> i64 {
            self.number + other.number
        }

        fn __radd__(&self, other: i64) -> i64 {
            self.number + other
        }

        fn __eq__(&self, other: &Class) -> bool_ {
            self.number == other.number
        }

        fn __next__(&mut self) -> ::core::option::Option<i64> {
            ::core::option::Option::None
        }

        fn __getattr__(&self, __name: &::core::primitive::str) -> i64 {
            __name.len() as i64
        }

        fn __pow__(&self, other: i64) -> i64 {
            self.number + other
        }
    }

    #[function]
    fn of_class(one: &Class, two: &mut Class, three: Class) {
        two.number = one.number + three.number;
    }

    #[class(frozen, crate = "renamed")]
    struct Fields {
        field: renamed::Field,
    }

    #[class]
    struct Frozen {
        field: renamed::Field,
    }

    #[class(eq, eq_int, ord, hash)]
    #[derive(PartialEq, PartialOrd, Hash)]
    enum Color {
        Some,
        Err,
    }

    #[class(repr, copy, pickle, from_py_object)]
    #[derive(Clone)]
    enum Shape {
        #[hpy(constructor = (__value = 1, *, __this = 2))]
        Ok {
            __value: i64,
            __this: i64,
        },
        Err(i64, ::std::vec::Vec<i64>),
    }

    #[enumeration(base = "IntFlag")]
    enum Mode {
        Some = 1,
        Err = 2,
    }

    #[enumeration(base = "StrEnum")]
    enum Text {
        Some,
    }

    #[class(get_all, new = "from_fields", copy, pickle, replace, match_args, repr)]
    #[derive(Clone)]
    struct Record {
        __ctx: i64,
        __value: ::std::string::String,
    }

    #[derive(renamed::FromPython, renamed::IntoPython)]
    #[hpy(crate = "renamed")]
    struct Item {
        __value: i64,
        #[hpy(default = 1, from_py_with = read)]
        found: i64,
    }

    fn read(value: &renamed::Handle<'_>) -> renamed::Result<i64> {
        value.extract()
    }

    #[derive(renamed::FromPython, renamed::IntoPython)]
    #[hpy(crate = "renamed")]
    enum Either {
        Some(i64),
        None { __value: i64, error: i64 },
        Ok(i64, i64),
    }

    #[function]
    fn of_enums(color: Color, shape: Shape, mode: Mode, modes: renamed::Flags<Mode>, text: &Text) -> i64 {
        let _ = (color, shape, mode, modes, text);
        0
    }

    #[function]
    fn of_types(item: Item, either: Either) -> (Item, Either) {
        (item, either)
    }

    type bool_ = ::core::primitive::bool;

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

/// Lints look at what the user wrote and not at what the macros add.
mod strict {
    #![deny(warnings, nonstandard_style, unused, unsafe_code, unused_qualifications, unused_results)]
    #![deny(elided_lifetimes_in_paths, single_use_lifetimes, unused_lifetimes, trivial_casts)]
    #![deny(let_underscore_drop, variant_size_differences, unreachable_pub)]
    #![deny(clippy::all, clippy::pedantic, clippy::nursery, clippy::absolute_paths)]
    #![deny(clippy::question_mark_used, clippy::shadow_unrelated, clippy::indexing_slicing, clippy::panic)]

    /// A module whose author has every lint on.
    #[renamed::module(crate = "renamed")]
    mod strict_module {
        use renamed::{Context, Global, Handle, types::Module};

        static KEPT: Global = Global::new();

        /// A constant.
        #[export]
        const LIMIT: i64 = 1;

        /// A function with each kind of parameter.
        #[must_use]
        #[function(signature = (a, /, b = 2, *args, c = None, **kwargs))]
        fn everything(
            ctx: Context<'_>,
            a: i64,
            b: i64,
            args: &Handle<'_>,
            c: Option<&str>,
            kwargs: &Handle<'_>,
        ) -> bool {
            a == b && c.is_none() && KEPT.load(ctx).is_none() && !args.is_none() && !kwargs.is_none()
        }

        /// An enum.
        #[class(eq, hash)]
        #[derive(PartialEq, Eq, Hash)]
        enum Color {
            /// One.
            Red,
            /// Another.
            Green,
        }

        /// One with data.
        #[class(repr)]
        enum Shape {
            /// Round.
            Circle {
                /// From the middle.
                radius: f64,
            },
            /// With corners.
            Rect(f64, f64),
        }

        /// One of Python's own.
        #[enumeration(base = "Flag")]
        enum Mode {
            /// One.
            Read = 1,
        }

        /// A value.
        #[class(get_all, new = "from_fields", pickle, copy, replace, match_args)]
        #[derive(Clone)]
        struct Pair {
            /// One.
            left: i64,
            /// Another.
            right: i64,
        }

        /// A part of a value.
        #[derive(renamed::FromPython, renamed::IntoPython, Clone, Copy)]
        #[hpy(crate = "renamed")]
        struct Item {
            /// One.
            left: i64,
            /// Another.
            #[hpy(default)]
            right: i64,
        }

        /// One of two.
        #[derive(renamed::FromPython, renamed::IntoPython)]
        #[hpy(crate = "renamed")]
        enum Either {
            /// One.
            Number(i64),
            /// Another.
            Item(Item),
        }

        /// Takes and gives them.
        #[must_use]
        #[function]
        const fn either(either: Either, items: Option<Item>) -> Either {
            match (either, items) {
                (Either::Number(number), Some(item)) => Either::Number(number + item.left + item.right),
                (either, _) => either,
            }
        }

        #[function(detach)]
        const fn detached(a: i64) -> i64 {
            a
        }

        #[init]
        const fn init(_: &Handle<'_, Module>) {}
    }
}

/// The crate may lie inside of another one.
mod framework {
    pub(crate) extern crate hpy as python;
}

#[crate::framework::python::module(crate = "crate::framework::python")]
mod inside_of_a_framework {
    use crate::framework::python::Global;

    static KEPT: Global = Global::new();

    #[function]
    fn kept(ctx: crate::framework::python::Context<'_>) -> bool {
        KEPT.load(ctx).is_some()
    }
}

/// The attributes may stand in code that a macro writes.
macro_rules! written_by_a_macro {
    ($module:ident, $function:ident, $argument:ident: $ty:ty = $default:expr) => {
        #[renamed::module(crate = "renamed")]
        mod $module {
            #[function(signature = ($argument = $default))]
            fn $function($argument: $ty) -> $ty {
                $argument
            }
        }
    };
}

written_by_a_macro!(of_a_macro, same, value: i64 = 1 + 2);

#[test]
fn it_compiles() {
    assert_eq!(outside(1), 1);
}
