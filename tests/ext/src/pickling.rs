//! Copies and pickles of instances with data in Rust.

#[hpy::module]
mod pickling {
    use hpy::exceptions::{KeyError, OSError, UnicodeDecodeError, ValueError};
    use hpy::types::{Dict, Float, Int, List, Str, Tuple};
    use hpy::{Field, Handle, Init, Result};

    #[class(extends = Dict, subclass)]
    struct Counts {
        #[hpy(get, set)]
        unit: String,
    }

    #[methods]
    impl Counts {
        #[new]
        #[hpy(signature = (unit = "m".to_owned()))]
        fn new(unit: String) -> Self {
            Counts { unit }
        }
    }

    #[class(extends = List, subclass)]
    struct Stack {
        #[hpy(get, set)]
        unit: String,
    }

    #[methods]
    impl Stack {
        #[new]
        #[hpy(signature = (unit = "m".to_owned()))]
        fn new(unit: String) -> Self {
            Stack { unit }
        }
    }

    #[class(extends = Int, subclass)]
    struct Length {
        #[hpy(get, set)]
        unit: String,
    }

    #[methods]
    impl Length {
        #[new]
        #[hpy(signature = (value, unit = "m".to_owned()))]
        fn new(value: i64, unit: String) -> (Self, (i64,)) {
            (Length { unit }, (value,))
        }
    }

    #[class(extends = Float, subclass)]
    struct Weight {
        #[hpy(get, set)]
        unit: String,
    }

    #[methods]
    impl Weight {
        #[new]
        #[hpy(signature = (value, unit = "m".to_owned()))]
        fn new(value: f64, unit: String) -> (Self, (f64,)) {
            (Weight { unit }, (value,))
        }
    }

    #[class(extends = Str, subclass)]
    struct Text {
        #[hpy(get, set)]
        unit: String,
    }

    #[methods]
    impl Text {
        #[new]
        #[hpy(signature = (value, unit = "m".to_owned()))]
        fn new(value: String, unit: String) -> (Self, (String,)) {
            (Text { unit }, (value,))
        }
    }

    #[class(extends = Tuple, subclass)]
    struct Pair {
        #[hpy(get, set)]
        unit: String,
    }

    #[methods]
    impl Pair {
        #[new]
        #[hpy(signature = (items, unit = "m".to_owned()))]
        fn new(items: Handle<'_>, unit: String) -> (Self, (Handle<'_>,)) {
            (Pair { unit }, (items,))
        }
    }

    /// No base.
    #[class]
    struct Plain {
        #[hpy(get)]
        unit: String,
    }

    #[methods]
    impl Plain {
        #[new]
        #[hpy(signature = (unit = "m".to_owned()))]
        fn new(unit: String) -> Self {
            Plain { unit }
        }
    }

    /// A base that is pickled by its fields, and a class that adds one.
    #[class(subclass, new = "from_fields", pickle, get_all)]
    struct Animal {
        legs: u8,
    }

    #[class(extends = Animal, get_all)]
    struct Bird {
        wings: u8,
    }

    #[methods]
    impl Bird {
        #[new]
        #[hpy(signature = (wings = 2))]
        fn new(wings: u8) -> (Self, Animal) {
            (Bird { wings }, Animal { legs: 2 })
        }
    }

    /// Says itself how it is pickled.
    #[class(extends = Dict)]
    struct Own {
        #[hpy(get)]
        unit: String,
    }

    #[methods]
    impl Own {
        #[new]
        fn new(unit: String) -> Self {
            Own { unit }
        }

        fn __reduce__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<(Handle<'ctx, hpy::types::Type>, (String,))> {
            Ok((slf.type_()?, (slf.borrow()?.unit.clone(),)))
        }
    }

    /// An exception whose fields Python sees.
    #[class(extends = ValueError, get_all, subclass)]
    struct Located {
        line: u32,
        file: Option<String>,
    }

    #[methods]
    impl Located {
        #[new]
        #[hpy(signature = (message, line = 0))]
        fn new(message: &Handle<'_>, line: u32) -> Self {
            let _ = message;
            Located { line, file: None }
        }
    }

    #[function]
    fn locate() -> Result<()> {
        Err(Located { line: 7, file: Some("a.txt".to_owned()) }.into())
    }

    #[function]
    fn locate_with(message: String) -> Result<()> {
        Err(Init::from((Located { line: 8, file: None }, (message,))).into())
    }

    /// An exception with an object of Python.
    #[class(extends = KeyError, get_all)]
    struct Missing {
        key: Field,
    }

    #[methods]
    impl Missing {
        #[new]
        fn new(key: Handle<'_>) -> Self {
            Missing { key: Field::from(key) }
        }
    }

    /// Exceptions with an `__init__` and a `__reduce__` of their own.
    #[class(extends = OSError, get_all)]
    struct Disk {
        name: String,
    }

    #[methods]
    impl Disk {
        #[new]
        fn new(errno: i32, text: String, file: String) -> (Self, (i32, String, String)) {
            (Disk { name: "C:".to_owned() }, (errno, text, file))
        }
    }

    #[class(extends = UnicodeDecodeError, get_all)]
    struct Decoding {
        guess: String,
    }

    #[methods]
    impl Decoding {
        #[new]
        fn new(guess: String) -> (Self, (String, &'static [u8], u32, u32, String)) {
            (Decoding { guess }, ("utf-8".to_owned(), b"\xff", 0, 1, "bad".to_owned()))
        }
    }

    /// Python does not see the field.
    #[class(extends = ValueError)]
    struct Hidden {
        line: u32,
    }

    #[methods]
    impl Hidden {
        #[new]
        #[hpy(signature = (message, line = 0))]
        fn new(message: &Handle<'_>, line: u32) -> Self {
            let _ = message;
            Hidden { line }
        }

        fn get(&self) -> u32 {
            self.line
        }
    }

    /// A field that can't be converted back.
    #[derive(Clone)]
    struct OneWay;

    impl<'ctx> hpy::IntoPython<'ctx> for OneWay {
        type Target = Str;
        type Error = hpy::Error;

        fn into_python(self, ctx: hpy::Context<'ctx>) -> Result<Handle<'ctx, Str>> {
            Str::new(ctx, "one way")
        }
    }

    #[class(extends = ValueError, get_all)]
    struct Sealed {
        way: OneWay,
    }

    #[methods]
    impl Sealed {
        #[new]
        fn new() -> Self {
            Sealed { way: OneWay }
        }
    }
}
