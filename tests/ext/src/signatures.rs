//! Signatures of classes and instances, docstrings, and names, as shown by `inspect` and error messages.

#[hpy::module]
mod signatures {
    use hpy::types::{Dict, List, Type};
    use hpy::{Handle, Result};

    /// With a constructor.
    #[class(subclass)]
    struct Made {
        n: i64,
    }

    #[methods]
    impl Made {
        #[new]
        #[hpy(signature = (n, /, *, m = 2))]
        fn new(n: i64, m: i64) -> Self {
            Made { n: n + m }
        }
        /// Add some.
        #[hpy(signature = (a, b = 1))]
        fn __call__(&self, a: i64, b: i64) -> i64 {
            self.n + a + b
        }
        #[getter]
        fn plain(&self) -> i64 {
            self.n
        }
        /// With text.
        #[getter]
        fn documented(&self) -> i64 {
            self.n
        }
    }

    #[class]
    struct Text;

    #[methods]
    impl Text {
        // The options may stand in the attribute itself, as everywhere.
        #[new(signature = (a, b = 2), text_signature = "(a, b=TWO)")]
        fn new(a: i64, b: i64) -> Self {
            let _ = (a, b);
            Text
        }
        #[staticmethod(signature = (x = 1))]
        fn one(x: i64) -> i64 {
            x
        }
    }

    /// Makes itself from its fields.
    #[class(new = "from_fields", get_all)]
    struct Fields {
        x: f64,
        /// Up.
        y: f64,
    }

    /// Filled by `__init__`.
    #[class(extends = List, subclass)]
    struct Items {
        count: usize,
    }

    #[methods]
    impl Items {
        #[new]
        #[hpy(signature = (count, *items))]
        fn new(count: usize, items: &Handle<'_>) -> (Self, ()) {
            let _ = items;
            (Items { count }, ())
        }
        #[hpy(signature = (*args))]
        fn __init__(&self, args: &Handle<'_>) {
            let _ = args;
        }
        fn counted(&self) -> usize {
            self.count
        }
    }

    #[class]
    enum Shape {
        Circle {
            radius: f64,
        },
        #[hpy(name = "Rect", constructor = (width, height = 1.0))]
        Rectangle {
            width: f64,
            height: f64,
        },
    }

    #[function(signature = (text = "naïve", sign = '€', snake = "🐍"))]
    fn non_ascii(text: &str, sign: char, snake: &str) -> String {
        format!("{text}{sign}{snake}")
    }

    #[function(text_signature = None)]
    fn non_ascii_name(größe: i64) -> i64 {
        größe
    }

    /// The options of a function may stand in `#[hpy]`.
    #[function]
    #[hpy(signature = (a, *, b = 3), name = "spelt")]
    fn spelling(a: i64, b: i64) -> i64 {
        a + b
    }

    /// Python calls it otherwise.
    #[class(name = "Nice")]
    struct NicePy {
        #[hpy(get, set, name = "size")]
        rust_size: i64,
    }

    #[methods]
    impl NicePy {
        #[new]
        fn new(size: i64) -> Self {
            NicePy { rust_size: size }
        }
        fn method(&self, x: i64) -> i64 {
            x
        }
        #[hpy(name = "other")]
        fn rust_name(&self, x: i64) -> i64 {
            x
        }
        #[staticmethod]
        fn free(x: i64) -> i64 {
            x
        }
        #[classmethod]
        fn of_class(cls: &Handle<'_, Type>, x: i64) -> i64 {
            let _ = cls;
            x
        }
        #[setter]
        fn value(&mut self, value: i64) {
            self.rust_size = value;
        }
        fn __setitem__(&mut self, key: i64, value: i64) {
            self.rust_size = key + value;
        }
        fn __call__(&self, x: i64) -> i64 {
            x
        }
    }

    #[class(name = "Figure")]
    enum RustFigure {
        #[hpy(name = "Dot")]
        Point { x: i64 },
    }

    /// Class methods that Python does not want to be told of.
    #[class(subclass)]
    struct Hooks;

    #[methods]
    impl Hooks {
        #[new]
        fn new() -> Self {
            Hooks
        }
        #[hpy(signature = (**kwargs))]
        fn __init_subclass__<'ctx>(cls: &Handle<'ctx, Type>, kwargs: &Handle<'ctx, Dict>) -> Result<()> {
            cls.setattr("made_with", kwargs)
        }
        fn __class_getitem__<'ctx>(
            cls: &Handle<'ctx, Type>,
            item: &Handle<'ctx>,
        ) -> Result<(String, Handle<'ctx>)> {
            Ok((cls.name()?, item.clone()))
        }
    }
}
