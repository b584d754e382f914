//! Derived conversions.

#[hpy::module]
mod converts {
    use std::collections::HashMap;

    use hpy::exceptions::ValueError;
    use hpy::{FromPython, Handle, IntoPython, Result};

    fn percent(value: &Handle<'_>) -> Result<f64> {
        let number: f64 = value.extract()?;
        if number > 100.0 { Err(ValueError::new_err("more than all")) } else { Ok(number) }
    }

    /// From attributes, into a dict.
    #[derive(FromPython, IntoPython, Debug, PartialEq, Default)]
    #[hpy(rename_all = "camelCase")]
    struct Config {
        user_name: String,
        #[hpy(attribute = "class")]
        kind: Option<i64>,
        #[hpy(item = "size")]
        size_of: u8,
        #[hpy(default)]
        tags: Vec<String>,
        #[hpy(default = 50.0, from_py_with = percent)]
        share: f64,
    }

    /// From items.
    #[derive(FromPython, IntoPython, Debug)]
    #[hpy(from_item_all)]
    struct Row {
        id: u64,
        #[hpy(default = "none".to_owned())]
        name: String,
        #[hpy(attribute = "real")]
        real: Option<f64>,
    }

    #[derive(FromPython, IntoPython, Debug, Clone, Copy)]
    struct Meters(f64);

    #[derive(FromPython, IntoPython, Debug)]
    #[hpy(transparent)]
    struct Wrapped<T> {
        inner: Vec<T>,
    }

    #[derive(FromPython, IntoPython, Debug)]
    struct Pair(i8, Meters);

    #[derive(FromPython, IntoPython, Debug)]
    enum Value {
        Int(i8),
        Text(String),
        Many(Vec<i64>),
        Pair(i64, String),
        #[hpy(from_item_all)]
        Point {
            x: f64,
            #[hpy(default)]
            y: f64,
        },
        #[hpy(transparent)]
        Floats {
            all: HashMap<String, f64>,
        },
    }

    #[function]
    fn config(config: Config) -> (String, Config) {
        (format!("{config:?}"), config)
    }

    #[function]
    fn row(row: Row) -> Row {
        row
    }

    #[function]
    fn double(meters: Meters) -> Meters {
        Meters(meters.0 * 2.0)
    }

    #[function]
    fn wrapped(one: Wrapped<i64>, two: Wrapped<String>) -> (Wrapped<i64>, usize) {
        let count = two.inner.len();
        (one, count)
    }

    #[function]
    fn pair(pair: Pair) -> (String, Pair) {
        (format!("{pair:?}"), pair)
    }

    #[function]
    fn value(value: Value) -> (String, Value) {
        (format!("{value:?}").split(['(', ' ']).next().unwrap_or_default().to_owned(), value)
    }

    #[function]
    fn values(values: Vec<Value>) -> usize {
        values.len()
    }

    /// Told apart by their attributes.
    #[derive(FromPython)]
    enum Shape {
        Round { radius: f64 },
        Flat { width: f64, height: f64 },
    }

    #[function]
    fn size(shape: Shape) -> f64 {
        match shape {
            Shape::Round { radius } => radius,
            Shape::Flat { width, height } => width * height,
        }
    }

    /// Asks its object for another one, and converts that.
    struct Metres(f64);

    impl<'a, 'ctx> FromPython<'a, 'ctx> for Metres {
        type Error = hpy::Error;
        const HINT: hpy::Hint = hpy::Hint::Name("Metres");

        fn from_python(value: &'a Handle<'ctx>) -> Result<Self> {
            Ok(Metres(value.call_method("metres", ())?.extract()?))
        }
    }

    #[function]
    fn metres(length: Metres) -> f64 {
        length.0
    }

    #[function]
    fn all_metres(lengths: Vec<Metres>) -> f64 {
        lengths.iter().map(|length| length.0).sum()
    }

    #[function(signature = (number = None, text = None, list = None))]
    fn options(number: Option<i64>, text: Option<&str>, list: Option<Vec<i64>>) -> bool {
        number.is_some() || text.is_some() || list.is_some()
    }
}
