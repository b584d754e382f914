//! The six functions of the benchmark with PyO3.

#[cfg(feature = "data")]
mod data;

#[cfg(not(feature = "data"))]
use pyo3::prelude::*;

#[cfg(not(feature = "data"))]
#[pymodule]
mod bench_pyo3 {
    use super::*;

    #[pyfunction]
    fn f() {}

    #[pyfunction(signature = (obj, /))]
    fn o1(obj: &Bound<'_, PyAny>) {
        let _ = obj;
    }

    #[pyfunction(signature = (x, /))]
    fn f1(x: i64) -> i64 {
        x.wrapping_add(1)
    }

    #[pyfunction(signature = (a, b, /))]
    fn add(a: f64, b: f64) -> f64 {
        a + b
    }

    #[pyfunction(signature = (a, b = 2, c = 3))]
    fn kw(a: i64, b: i64, c: i64) -> i64 {
        a.wrapping_add(b).wrapping_add(c)
    }

    #[cfg(feature = "classes")]
    #[pymodule_export]
    use super::classes::{Count, Number};
}

#[cfg(feature = "classes")]
mod classes {
    use pyo3::prelude::*;

    #[pyclass]
    pub struct Number {
        value: i64,
    }

    #[pymethods]
    impl Number {
        #[new]
        #[pyo3(signature = (value, /))]
        fn new(value: i64) -> Self {
            Number { value }
        }

        fn same(&self) -> i64 {
            self.value
        }

        #[pyo3(signature = (x, /))]
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

    #[pyclass]
    pub struct Count {
        next: i64,
        end: i64,
    }

    #[pymethods]
    impl Count {
        #[new]
        #[pyo3(signature = (end, /))]
        fn new(end: i64) -> Self {
            Count { next: 0, end }
        }

        fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
            slf
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
