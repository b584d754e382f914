//! The six functions of the benchmark with PyO3.

use pyo3::prelude::*;

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
}
