//! Recursion from Rust into Python and back, through every kind of call.

#[hpy::module(gil = false)]
mod recursion {
    use std::hint::black_box;

    use hpy::exceptions::ValueError;
    use hpy::types::{Int, Iterator, Type};
    use hpy::{Error, Field, Handle, Result};

    /// Every dunder method does to `x` what was done to the instance.
    #[class(subclass)]
    struct Knot {
        x: Field,
    }

    /// Does something to `x`, with a large frame.
    fn descend<'ctx, R>(slf: &Handle<'ctx, Knot>, act: impl FnOnce(&Handle<'ctx>) -> Result<R>) -> Result<R> {
        let frame = black_box([0u8; 2048]);
        let x = slf.borrow()?.x.load(slf);
        let result = match x {
            Some(x) => act(&x),
            None => Err(Error::new::<ValueError>("there is no x")),
        };
        black_box(&frame);
        result
    }

    #[methods]
    impl Knot {
        #[new]
        fn new() -> Self {
            Knot { x: Field::empty() }
        }

        #[setter]
        fn set_x<'ctx>(&self, slf: &Handle<'ctx, Self>, x: &Handle<'ctx>) {
            self.x.store(slf, x);
        }

        #[getter]
        fn value<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            descend(slf, |x| x.getattr("value"))
        }

        #[setter]
        fn set_value(slf: &Handle<'_, Self>, value: i64) -> Result<()> {
            descend(slf, |x| x.setattr("value", value))
        }

        fn method<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            descend(slf, |x| x.call_method("method", ()))
        }

        /// Makes an instance that calls this again.
        #[classmethod]
        fn make<'ctx>(cls: &Handle<'ctx, Type>) -> Result<Handle<'ctx>> {
            let frame = black_box([0u8; 2048]);
            let made = cls.call_method("make", ());
            black_box(&frame);
            made
        }

        fn __repr__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            descend(slf, |x| Ok(x.repr()?.into_any()))
        }

        fn __str__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            descend(slf, |x| Ok(x.str()?.into_any()))
        }

        fn __hash__(slf: &Handle<'_, Self>) -> Result<isize> {
            descend(slf, |x| x.hash())
        }

        fn __bool__(slf: &Handle<'_, Self>) -> Result<bool> {
            descend(slf, |x| x.is_true())
        }

        fn __len__(slf: &Handle<'_, Self>) -> Result<usize> {
            descend(slf, |x| x.len())
        }

        fn __getitem__<'ctx>(slf: &Handle<'ctx, Self>, key: i64) -> Result<Handle<'ctx>> {
            descend(slf, |x| x.getitem(key))
        }

        fn __setitem__(slf: &Handle<'_, Self>, key: i64, value: i64) -> Result<()> {
            descend(slf, |x| x.setitem(key, value))
        }

        fn __delitem__(slf: &Handle<'_, Self>, key: i64) -> Result<()> {
            descend(slf, |x| x.delitem(key))
        }

        fn __contains__(slf: &Handle<'_, Self>, value: i64) -> Result<bool> {
            descend(slf, |x| x.contains(value))
        }

        fn __iter__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            descend(slf, |x| Ok(x.iter()?.into_any()))
        }

        fn __next__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Option<Handle<'ctx>>> {
            descend(slf, |x| x.clone().downcast_into::<Iterator>()?.into_iter().next().transpose())
        }

        fn __call__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            descend(slf, |x| x.call(()))
        }

        fn __add__<'ctx>(slf: &Handle<'ctx, Self>, other: i64) -> Result<Handle<'ctx>> {
            descend(slf, |x| x.add(other))
        }

        fn __radd__<'ctx>(slf: &Handle<'ctx, Self>, other: i64) -> Result<Handle<'ctx>> {
            let ctx = slf.ctx();
            descend(slf, |x| Int::new(ctx, other)?.add(x))
        }

        fn __iadd__(slf: &Handle<'_, Self>, other: i64) -> Result<()> {
            descend(slf, |x| x.call_method("__iadd__", (other,)).map(drop))
        }

        fn __neg__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            descend(slf, |x| x.neg())
        }

        fn __pow__<'ctx>(slf: &Handle<'ctx, Self>, other: i64) -> Result<Handle<'ctx>> {
            descend(slf, |x| x.pow(other))
        }

        fn __lt__<'ctx>(slf: &Handle<'ctx, Self>, other: &Handle<'ctx>) -> Result<bool> {
            descend(slf, |x| x.lt(other))
        }

        fn __index__(slf: &Handle<'_, Self>) -> Result<i64> {
            descend(slf, |x| x.extract::<i64>())
        }

        fn __float__(slf: &Handle<'_, Self>) -> Result<f64> {
            descend(slf, |x| x.extract::<f64>())
        }

        fn __getattr__<'ctx>(slf: &Handle<'ctx, Self>, name: &str) -> Result<Handle<'ctx>> {
            descend(slf, |x| x.getattr(name))
        }

        fn __get__<'ctx>(
            slf: &Handle<'ctx, Self>,
            _instance: &Handle<'ctx>,
            owner: &Handle<'ctx>,
        ) -> Result<Handle<'ctx>> {
            descend(slf, |_| owner.getattr("knot"))
        }
    }

    /// Calls a function.
    #[function]
    fn call<'ctx>(function: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        function.call(())
    }

    /// Compares two objects.
    #[function]
    fn equal<'ctx>(one: &Handle<'ctx>, other: &Handle<'ctx>) -> Result<bool> {
        one.eq(other)
    }

    /// Every level of nested lists is converted in Rust.
    #[function]
    fn depth(value: &Handle<'_>) -> Result<usize> {
        if value.is_a::<Int>()? {
            return Ok(0);
        }
        let frame = black_box([0u8; 2048]);
        let depth = depth(&value.item(0)?)? + 1;
        black_box(&frame);
        Ok(depth)
    }
}
