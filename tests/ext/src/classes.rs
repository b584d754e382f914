//! Classes: construction, state, attributes.

#[hpy::module]
mod classes {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use hpy::exceptions::ValueError;
    use hpy::types::{Str, Tuple, Type};
    use hpy::{Context, Handle, Ref, Result};

    static ALIVE: AtomicUsize = AtomicUsize::new(0);

    /// Counts in steps.
    #[class(subclass)]
    struct Counter {
        /// How far one step goes.
        #[hpy(get, set)]
        step: i64,
        value: i64,
        #[hpy(get, name = "title")]
        name: String,
    }

    #[methods]
    impl Counter {
        /// Their number.
        #[classattr]
        const LIMIT: i64 = 1000;

        #[classattr]
        fn names(ctx: Context<'_>) -> Result<Handle<'_, Str>> {
            Str::new(ctx, "counters")
        }

        #[new]
        #[hpy(signature = (step = 1, /, value = 0, *, name = None))]
        fn new(step: i64, value: i64, name: Option<String>) -> Result<Self> {
            if step == 0 {
                return Err(ValueError::new_err("a step of 0 leads nowhere"));
            }
            ALIVE.fetch_add(1, Ordering::Relaxed);
            Ok(Counter { step, value, name: name.unwrap_or_default() })
        }

        /// The number so far.
        #[getter]
        fn value(&self) -> i64 {
            self.value
        }

        #[setter]
        fn set_value(&mut self, value: i64) -> Result<()> {
            if value > Self::LIMIT {
                return Err(ValueError::new_err("too much"));
            }
            self.value = value;
            Ok(())
        }

        #[deleter]
        fn delete_value(&mut self) {
            self.value = 0;
        }

        #[getter(half)]
        fn halved(&self) -> f64 {
            self.value as f64 / 2.0
        }

        /// Goes some steps.
        #[hpy(signature = (times = 1))]
        fn advance(&mut self, times: i64) -> i64 {
            self.value += self.step * times;
            self.value
        }

        fn peek(&self) -> i64 {
            self.value + self.step
        }

        fn take(&mut self, other: &mut Counter) {
            self.value += std::mem::take(&mut other.value);
        }

        fn sum(&self, other: &Counter) -> i64 {
            self.value + other.value
        }

        #[hpy(signature = (other = None))]
        fn maybe(&self, other: Option<&Counter>) -> Option<i64> {
            other.map(|other| self.value + other.value)
        }

        /// Calls back while it is borrowed.
        fn shared_call<'ctx>(&self, callback: &Handle<'ctx>) -> Result<Handle<'ctx>> {
            callback.call((self.value,))
        }

        /// Calls back while it is borrowed mutably.
        fn exclusive_call<'ctx>(&mut self, callback: &Handle<'ctx>) -> Result<Handle<'ctx>> {
            self.value += 1;
            callback.call((self.value,))
        }

        fn itself<'ctx>(slf: &Handle<'ctx, Self>) -> Handle<'ctx, Self> {
            slf.clone()
        }

        fn both<'ctx>(
            &self,
            slf: &Handle<'ctx, Self>,
            ctx: Context<'ctx>,
        ) -> (i64, Handle<'ctx, Self>, bool) {
            (self.value, slf.clone(), ctx.none().is_none())
        }

        #[hpy(name = "slow", detach)]
        fn slow_sum(&self, other: i64) -> i64 {
            self.value + other
        }

        fn fails(&self) -> Result<()> {
            Err(ValueError::new_err("always"))
        }

        fn panics(&mut self) {
            panic!("in a method");
        }

        #[staticmethod]
        fn zero() -> Self {
            ALIVE.fetch_add(1, Ordering::Relaxed);
            Counter { step: 1, value: 0, name: "zero".to_owned() }
        }

        #[staticmethod]
        fn twice(n: i64) -> i64 {
            2 * n
        }

        #[staticmethod]
        #[hpy(signature = (a, /, b = 2, *args))]
        fn many(a: i64, b: i64, args: Vec<i64>) -> Vec<i64> {
            [a, b].into_iter().chain(args).collect()
        }

        #[classmethod]
        fn from_text<'ctx>(cls: &Handle<'ctx, Type>, text: &str) -> Result<Handle<'ctx, Self>> {
            ALIVE.fetch_add(1, Ordering::Relaxed);
            Handle::new_of(cls, Counter { step: 1, value: text.parse()?, name: text.to_owned() })
        }

        #[classmethod]
        fn own_name(cls: &Handle<'_, Type>) -> Result<String> {
            cls.name()
        }

        #[classmethod]
        #[hpy(signature = (*, a = 1))]
        fn keyword(_cls: &Handle<'_, Type>, a: i64) -> i64 {
            a
        }
    }

    #[methods]
    impl Counter {
        /// In another block.
        fn elsewhere(&self) -> &str {
            &self.name
        }
    }

    impl Drop for Counter {
        fn drop(&mut self) {
            ALIVE.fetch_sub(1, Ordering::Relaxed);
        }
    }

    #[function]
    fn alive() -> usize {
        ALIVE.load(Ordering::Relaxed)
    }

    #[function]
    fn step_of(counter: &Counter) -> i64 {
        counter.step
    }

    #[function]
    fn double(counter: &mut Counter) -> Result<()> {
        counter.value *= 2;
        Ok(())
    }

    #[function]
    fn values(counters: Vec<Handle<'_, Counter>>) -> Result<Vec<i64>> {
        counters.iter().map(|counter| Ok(counter.borrow()?.value)).collect()
    }

    #[function]
    fn make(ctx: Context<'_>, value: i64) -> Result<Handle<'_, Counter>> {
        ALIVE.fetch_add(1, Ordering::Relaxed);
        Handle::new(ctx, Counter { step: 1, value, name: String::new() })
    }

    #[function]
    fn replaced<'ctx>(counter: Ref<'_, 'ctx, Counter>, value: i64) -> Result<i64> {
        let old = counter.borrow()?.value;
        counter.borrow_mut()?.value = value;
        Ok(old)
    }

    /// Never changes.
    #[class(frozen, get_all, rename_all = "camelCase", from_py_object)]
    #[derive(Clone)]
    struct Point {
        first_part: f64,
        second_part: f64,
    }

    #[methods]
    impl Point {
        #[new]
        fn new(first_part: f64, second_part: f64) -> Self {
            Point { first_part, second_part }
        }

        fn norm(&self) -> f64 {
            self.first_part.hypot(self.second_part)
        }

        fn to(&self, other: &Point) -> Point {
            Point {
                first_part: other.first_part - self.first_part,
                second_part: other.second_part - self.second_part,
            }
        }

        fn call<'ctx>(&self, callback: &Handle<'ctx>) -> Result<Handle<'ctx>> {
            callback.call(())
        }
    }

    #[function]
    fn mirrored(point: Point) -> Point {
        Point { first_part: -point.first_part, second_part: -point.second_part }
    }

    #[function]
    fn norms(points: Vec<Handle<'_, Point>>) -> Result<Vec<f64>> {
        points.iter().map(|point| Ok(point.get()?.norm())).collect()
    }

    /// Python can't make one.
    #[class]
    struct Hidden(i32);

    #[methods]
    impl Hidden {
        fn number(&self) -> i32 {
            self.0
        }
    }

    #[function]
    fn hidden(number: i32) -> Hidden {
        Hidden(number)
    }

    /// Another name and module.
    #[class(name = "Renamed", module = "somewhere.else")]
    struct Original {
        #[hpy(get)]
        unit: (),
    }

    #[methods]
    impl Original {
        #[new]
        fn new() -> Self {
            Original { unit: () }
        }
    }

    /// Its `__new__` gives what it likes.
    #[class]
    struct Any;

    #[methods]
    impl Any {
        #[new]
        #[hpy(signature = (*args))]
        fn make<'ctx>(ctx: Context<'ctx>, args: Handle<'ctx, Tuple>) -> Result<Handle<'ctx>> {
            if args.is_empty()? {
                return Ok(Handle::new(ctx, Any)?.into_any());
            }
            Ok(args.into_any())
        }
    }

    /// Has `__init__`, too.
    #[class(subclass)]
    struct Initialised {
        #[hpy(get)]
        count: u32,
    }

    #[methods]
    impl Initialised {
        #[new]
        #[hpy(signature = (*_args, **_kwargs))]
        fn new(_args: &Handle<'_, Tuple>, _kwargs: &Handle<'_>) -> Self {
            Initialised { count: 0 }
        }

        #[hpy(signature = (first, *, second = 1))]
        fn __init__(&mut self, first: u32, second: u32) -> Result<()> {
            if first == 13 {
                return Err(ValueError::new_err("unlucky"));
            }
            self.count += first + second;
            Ok(())
        }
    }

    /// Belongs to one thread.
    #[class(unsendable)]
    struct Local {
        shared: std::rc::Rc<std::cell::Cell<i32>>,
    }

    #[methods]
    impl Local {
        #[new]
        fn new() -> Self {
            Local { shared: std::rc::Rc::new(std::cell::Cell::new(0)) }
        }

        fn count(&self) -> i32 {
            self.shared.set(self.shared.get() + 1);
            self.shared.get()
        }
    }

    /// Aligned more than any host aligns.
    #[class(frozen)]
    struct Wide {
        block: Block,
    }

    #[repr(align(64))]
    struct Block(u128);

    #[methods]
    impl Wide {
        #[new]
        fn new(number: u128) -> Self {
            Wide { block: Block(number) }
        }

        fn check(&self) -> (bool, u128) {
            ((&raw const self.block).addr() % 64 == 0, self.block.0)
        }
    }

    #[class]
    use crate::exported_items::Elsewhere;

    /// What fills a slot gets any arguments, and counts them itself.
    #[class]
    struct Bare;

    #[methods]
    impl Bare {
        #[new]
        fn new() -> Self {
            Bare
        }

        fn __call__(&self) -> i64 {
            1
        }
    }

    #[class]
    struct Wrapped(i64);

    #[methods]
    impl Wrapped {
        #[new]
        #[hpy(signature = (value, /))]
        fn new(value: i64) -> Self {
            Wrapped(value)
        }

        #[hpy(signature = (value, /))]
        fn __init__(&mut self, value: i64) {
            self.0 += value;
        }

        #[hpy(signature = (value, /))]
        fn __call__(&self, value: i64) -> i64 {
            self.0 + value
        }
    }
}
