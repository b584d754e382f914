//! The conversions of `cargo xtask bench data`.

#[hpy::module]
mod bench_ours {
    use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

    use hpy::{FromPython, Handle, Result};

    #[derive(FromPython)]
    enum Either {
        Number(i64),
        Text(String),
    }

    #[derive(FromPython)]
    struct Fields {
        #[hpy(item)]
        x: f64,
        #[hpy(item)]
        y: f64,
    }

    #[class(frozen, from_py_object)]
    #[derive(Clone)]
    struct Point {
        x: f64,
        y: f64,
    }

    #[methods]
    impl Point {
        #[new]
        #[hpy(signature = (x, y, /))]
        fn new(x: f64, y: f64) -> Self {
            Point { x, y }
        }
    }

    #[function(signature = (x, /))]
    fn sum_f64s(x: Vec<f64>) -> f64 {
        x.iter().sum()
    }
    #[function(signature = (x, /))]
    fn sum_i64s(x: Vec<i64>) -> i64 {
        x.iter().sum()
    }
    #[function(signature = (x, /))]
    fn sum_tuple(x: Vec<f64>) -> f64 {
        x.iter().sum()
    }
    #[function(signature = (x, /))]
    fn strs(x: Vec<String>) -> usize {
        x.iter().map(String::len).sum()
    }
    #[function(signature = (x, /))]
    fn nested(x: Vec<Vec<f64>>) -> f64 {
        x.iter().flatten().sum()
    }
    #[function(signature = (x, /))]
    fn pair(x: (i64, f64, String)) -> (i64, f64, usize) {
        (x.0, x.1, x.2.len())
    }
    #[function(signature = (x, /))]
    fn sum_set(x: HashSet<i64>) -> i64 {
        x.iter().sum()
    }
    #[function(signature = (x, /))]
    fn sum_dict(x: HashMap<String, i64>) -> i64 {
        x.values().sum()
    }
    #[function(signature = (x, /))]
    fn option(x: Option<i64>) -> Option<i64> {
        x
    }
    #[function(signature = (x, /))]
    fn either(x: Either) -> i64 {
        match x {
            Either::Number(number) => number,
            Either::Text(text) => text.len() as i64,
        }
    }
    #[function(signature = (x, /))]
    fn bytes_len(x: &[u8]) -> usize {
        x.len()
    }
    #[function(signature = (x, /))]
    fn copy_len(x: Vec<u8>) -> usize {
        x.len()
    }
    #[function(signature = (x, /))]
    fn fields(x: Fields) -> f64 {
        x.x + x.y
    }
    #[function(signature = (x, /))]
    fn by_reference(x: &Point) -> f64 {
        x.x + x.y
    }
    #[function(signature = (x, /))]
    fn by_value(x: Point) -> f64 {
        x.x + x.y
    }
    #[function(signature = (x, /))]
    fn f64s_out(x: usize) -> Vec<f64> {
        (0..x).map(|i| i as f64).collect()
    }
    #[function(signature = (x, /))]
    fn i64s_out(x: usize) -> Vec<i64> {
        (0..x as i64).collect()
    }
    #[function(signature = (x, /))]
    fn strs_out(x: usize) -> Vec<&'static str> {
        vec!["a text of some size"; x]
    }
    #[function(signature = (x, /))]
    fn set_out(x: usize) -> BTreeSet<i64> {
        (0..x as i64).collect()
    }
    #[function(signature = (x, /))]
    fn dict_out(x: usize) -> BTreeMap<i64, f64> {
        (0..x as i64).map(|i| (i, i as f64)).collect()
    }
    #[function(signature = (x, /))]
    fn sum_iterator(x: &Handle<'_>) -> Result<i64> {
        let mut sum = 0;
        for item in x.iter()? {
            sum += item?.extract::<i64>()?;
        }
        Ok(sum)
    }
    #[function(signature = (x, /))]
    fn bytes_out(x: usize) -> Vec<u8> {
        vec![7; x]
    }
}
