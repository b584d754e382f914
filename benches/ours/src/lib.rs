//! The six functions of the benchmark.

#[cfg(feature = "data")]
mod data;

#[cfg(not(feature = "data"))]
#[hpy::module]
mod bench_ours {
    use hpy::Handle;

    #[function]
    fn f() {}

    #[function(signature = (obj, /))]
    fn o1(obj: &Handle<'_>) {
        let _ = obj;
    }

    #[function(signature = (x, /))]
    fn f1(x: i64) -> i64 {
        x.wrapping_add(1)
    }

    #[function(signature = (a, b, /))]
    fn add(a: f64, b: f64) -> f64 {
        a + b
    }

    #[function(signature = (a, b = 2, c = 3))]
    fn kw(a: i64, b: i64, c: i64) -> i64 {
        a.wrapping_add(b).wrapping_add(c)
    }

    #[cfg(feature = "classes")]
    #[class]
    use super::classes::Number;

    #[cfg(feature = "classes")]
    #[class]
    use super::classes::Count;
}

/// The class of `cargo xtask bench classes`.
#[cfg(feature = "classes")]
mod classes {
    use hpy::Handle;

    #[hpy::class]
    pub(crate) struct Number {
        value: i64,
    }

    #[hpy::methods]
    impl Number {
        #[new]
        #[hpy(signature = (value, /))]
        fn new(value: i64) -> Self {
            Number { value }
        }

        fn same(&self) -> i64 {
            self.value
        }

        #[hpy(signature = (x, /))]
        fn plus(&self, x: i64) -> i64 {
            self.value.wrapping_add(x)
        }

        #[getter]
        fn value(&self) -> i64 {
            self.value
        }

        fn __add__(&self, other: &Number) -> Number {
            Number { value: self.value.wrapping_add(other.value) }
        }

        fn __getitem__(&self, index: i64) -> i64 {
            self.value.wrapping_add(index)
        }

        fn __len__(&self) -> usize {
            self.value as usize
        }
    }

    #[hpy::class]
    pub(crate) struct Count {
        next: i64,
        end: i64,
    }

    #[hpy::methods]
    impl Count {
        #[new]
        #[hpy(signature = (end, /))]
        fn new(end: i64) -> Self {
            Count { next: 0, end }
        }

        fn __iter__<'ctx>(slf: &Handle<'ctx, Self>) -> Handle<'ctx, Self> {
            slf.clone()
        }

        fn __next__(&mut self) -> Option<i64> {
            let next = self.next;
            (next < self.end).then(|| {
                self.next += 1;
                next
            })
        }
    }
}
