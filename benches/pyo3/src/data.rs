//! The conversions of `cargo xtask bench data` with PyO3.

use pyo3::prelude::*;

#[pymodule]
mod bench_pyo3 {
    use std::borrow::Cow;
    use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

    use super::*;

    #[derive(FromPyObject)]
    enum Either {
        Number(i64),
        Text(String),
    }

    #[derive(FromPyObject)]
    #[pyo3(from_item_all)]
    struct Fields {
        x: f64,
        y: f64,
    }

    #[pyclass(frozen, from_py_object)]
    #[derive(Clone)]
    struct Point {
        x: f64,
        y: f64,
    }

    #[pymethods]
    impl Point {
        #[new]
        #[pyo3(signature = (x, y, /))]
        fn new(x: f64, y: f64) -> Self {
            Point { x, y }
        }
    }

    #[pyfunction(signature = (x, /))]
    fn sum_f64s(x: Vec<f64>) -> f64 { x.iter().sum() }
    #[pyfunction(signature = (x, /))]
    fn sum_i64s(x: Vec<i64>) -> i64 { x.iter().sum() }
    #[pyfunction(signature = (x, /))]
    fn sum_tuple(x: Vec<f64>) -> f64 { x.iter().sum() }
    #[pyfunction(signature = (x, /))]
    fn strs(x: Vec<String>) -> usize { x.iter().map(String::len).sum() }
    #[pyfunction(signature = (x, /))]
    fn nested(x: Vec<Vec<f64>>) -> f64 { x.iter().flatten().sum() }
    #[pyfunction(signature = (x, /))]
    fn pair(x: (i64, f64, String)) -> (i64, f64, usize) { (x.0, x.1, x.2.len()) }
    #[pyfunction(signature = (x, /))]
    fn sum_set(x: HashSet<i64>) -> i64 { x.iter().sum() }
    #[pyfunction(signature = (x, /))]
    fn sum_dict(x: HashMap<String, i64>) -> i64 { x.values().sum() }
    #[pyfunction(signature = (x, /))]
    fn option(x: Option<i64>) -> Option<i64> { x }
    #[pyfunction(signature = (x, /))]
    fn either(x: Either) -> i64 {
        match x {
            Either::Number(number) => number,
            Either::Text(text) => text.len() as i64,
        }
    }
    #[pyfunction(signature = (x, /))]
    fn bytes_len(x: &[u8]) -> usize { x.len() }
    #[pyfunction(signature = (x, /))]
    fn copy_len(x: Vec<u8>) -> usize { x.len() }
    #[pyfunction(signature = (x, /))]
    fn fields(x: Fields) -> f64 { x.x + x.y }
    #[pyfunction(signature = (x, /))]
    fn by_reference(x: &Point) -> f64 { x.x + x.y }
    #[pyfunction(signature = (x, /))]
    fn by_value(x: Point) -> f64 { x.x + x.y }
    #[pyfunction(signature = (x, /))]
    fn f64s_out(x: usize) -> Vec<f64> { (0..x).map(|i| i as f64).collect() }
    #[pyfunction(signature = (x, /))]
    fn i64s_out(x: usize) -> Vec<i64> { (0..x as i64).collect() }
    #[pyfunction(signature = (x, /))]
    fn strs_out(x: usize) -> Vec<&'static str> { vec!["a text of some size"; x] }
    #[pyfunction(signature = (x, /))]
    fn set_out(x: usize) -> BTreeSet<i64> { (0..x as i64).collect() }
    #[pyfunction(signature = (x, /))]
    fn dict_out(x: usize) -> BTreeMap<i64, f64> { (0..x as i64).map(|i| (i, i as f64)).collect() }
    #[pyfunction(signature = (x, /))]
    fn sum_iterator(x: &Bound<'_, PyAny>) -> PyResult<i64> {
        let mut sum = 0;
        for item in x.try_iter()? {
            sum += item?.extract::<i64>()?;
        }
        Ok(sum)
    }
    #[pyfunction(signature = (x, /))]
    fn bytes_out(x: usize) -> Cow<'static, [u8]> {
        vec![7; x].into()
    }
}
