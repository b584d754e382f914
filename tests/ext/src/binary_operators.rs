//! Operators of two instances of one class.

#[hpy::module]
mod binary_operators {
    use core::cell::Cell;

    use hpy::exceptions::ValueError;
    use hpy::{Context, Error, Handle, Result};

    /// Its methods let Python run, give up, or give nothing.
    #[class(subclass)]
    struct Number {
        #[hpy(get, set)]
        value: i64,
    }

    #[methods]
    impl Number {
        #[new]
        fn new(value: i64) -> Self {
            Number { value }
        }

        fn __add__(&self, other: &Self) -> Number {
            Number { value: self.value + other.value }
        }

        /// Calls `between(self.value, other.value)` of a module of the test.
        fn __matmul__<'ctx>(&self, ctx: Context<'ctx>, other: &Number) -> Result<Handle<'ctx>> {
            ctx.import("between_the_two")?.call_method("between", (self.value, other.value))
        }

        /// Panics.
        fn __floordiv__(&self, other: &Number) -> i64 {
            self.value / other.value
        }

        fn __mod__(&self, other: &Number) -> Result<i64> {
            self.value.checked_rem(other.value).ok_or_else(|| Error::new::<ValueError>("no remainder"))
        }

        fn __sub__<'ctx>(&self, ctx: Context<'ctx>, _other: &Number) -> Handle<'ctx> {
            ctx.not_implemented().to_owned()
        }

        fn __rsub__(&self, other: &Number) -> String {
            format!("{} from {}", self.value, other.value)
        }

        /// What it gives is part of the first.
        fn __or__(&self, _other: &Number) -> &i64 {
            &self.value
        }
    }

    #[class(frozen)]
    struct Word(String);

    #[methods]
    impl Word {
        #[new]
        fn new(text: String) -> Self {
            Word(text)
        }

        fn __add__(&self, other: &Word) -> Word {
            Word(format!("{}{}", self.0, other.0))
        }

        fn __str__(&self) -> &str {
            &self.0
        }
    }

    /// One thread's.
    #[class(unsendable)]
    struct Tally(Cell<i64>);

    #[methods]
    impl Tally {
        #[new]
        fn new(count: i64) -> Self {
            Tally(Cell::new(count))
        }

        fn __add__(&self, other: &Tally) -> i64 {
            self.0.get() + other.0.get()
        }
    }
}
