//! Classes that extend builtin classes and exceptions.

/// Classes that extend builtin classes.
#[hpy::module]
mod bases {
    use hpy::types::{Any, Dict, Float, Int, List, Str, Tuple, Type};
    use hpy::{Context, Field, Handle, Init, Result};
    use std::sync::atomic::{AtomicI64, Ordering};

    static ALIVE: AtomicI64 = AtomicI64::new(0);

    struct Counted;

    impl Counted {
        fn new() -> Self {
            ALIVE.fetch_add(1, Ordering::Relaxed);
            Counted
        }
    }

    impl Drop for Counted {
        fn drop(&mut self) {
            ALIVE.fetch_sub(1, Ordering::Relaxed);
        }
    }

    #[function]
    fn alive() -> i64 {
        ALIVE.load(Ordering::Relaxed)
    }

    /// A dict that counts, up to a limit.
    #[class(extends = Dict, subclass)]
    struct Counts {
        #[hpy(get, set)]
        limit: i64,
        bumps: u64,
        owner: Field,
        _counted: Counted,
    }

    #[methods]
    impl Counts {
        #[new]
        #[hpy(signature = (limit = 10, *, owner = None))]
        fn new(limit: i64, owner: Option<Handle<'_>>) -> Self {
            Counts { limit, bumps: 0, owner: Field::from(owner), _counted: Counted::new() }
        }

        fn bump<'ctx>(&mut self, slf: &Handle<'ctx, Self>, key: &Handle<'ctx>) -> Result<i64> {
            self.bumps += 1;
            let dict = slf.as_base();
            let count = match dict.get(key)? {
                Some(count) => count.extract::<i64>()? + 1,
                None => 1,
            };
            if count > self.limit {
                return Err(hpy::exceptions::ValueError::new_err("over the limit"));
            }
            dict.setitem(key, count)?;
            Ok(count)
        }

        #[getter]
        fn bumps(&self) -> u64 {
            self.bumps
        }

        #[getter]
        fn owner<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx>> {
            self.owner.load(slf)
        }

        fn __missing__(&self, _key: &Handle<'_>) -> i64 {
            0
        }
    }

    /// Extends a class that extends a builtin one.
    #[class(extends = Counts, subclass)]
    struct Named {
        #[hpy(get)]
        name: String,
        _counted: Counted,
    }

    #[methods]
    impl Named {
        #[new]
        fn new(name: String) -> (Self, Counts) {
            (Named { name, _counted: Counted::new() }, Counts::new(2, None))
        }
    }

    /// A list that is filled by its base.
    #[class(extends = List)]
    struct Stack {
        pushes: Vec<Field<Any>>,
    }

    #[methods]
    impl Stack {
        #[new]
        #[hpy(signature = (items = None))]
        fn new<'ctx>(ctx: Context<'ctx>, items: Option<Handle<'ctx>>) -> Result<(Self, (Handle<'ctx>,))> {
            let items = match items {
                Some(items) => items,
                None => List::new(ctx)?.into_any(),
            };
            Ok((Stack { pushes: Vec::new() }, (items,)))
        }

        fn push<'ctx>(&mut self, slf: &Handle<'ctx, Self>, item: &Handle<'ctx>) -> Result<usize> {
            slf.as_base().append(item)?;
            self.pushes.push(Field::of(slf, item));
            Ok(self.pushes.len())
        }
    }

    /// A number with a unit.
    #[class(extends = Float, frozen, get_all, subclass)]
    struct Measure {
        unit: String,
    }

    #[methods]
    impl Measure {
        #[new]
        fn new(value: f64, unit: String) -> (Self, (f64,)) {
            (Measure { unit }, (value,))
        }

        fn __str__(&self, slf: &Handle<'_, Self>) -> Result<String> {
            Ok(format!("{} {}", slf.as_base().extract::<f64>()?, self.unit))
        }
    }

    #[class(extends = Int, frozen, get_all)]
    struct Tagged {
        tag: u8,
    }

    #[methods]
    impl Tagged {
        #[new]
        fn new<'ctx>(value: Handle<'ctx, Int>, tag: u8) -> (Self, (Handle<'ctx, Int>,)) {
            (Tagged { tag }, (value,))
        }
    }

    #[class(extends = Str, frozen, get_all)]
    struct Word {
        language: String,
    }

    #[methods]
    impl Word {
        #[new]
        fn new(text: String, language: String) -> (Self, (String,)) {
            (Word { language }, (text,))
        }
    }

    #[class(extends = Tuple, subclass)]
    struct Row {
        #[hpy(get, set)]
        number: i64,
        _counted: Counted,
    }

    #[methods]
    impl Row {
        #[new]
        #[hpy(signature = (number, *items))]
        fn new<'ctx>(number: i64, items: Handle<'ctx, Tuple>) -> (Self, (Handle<'ctx, Tuple>,)) {
            (Row { number, _counted: Counted::new() }, (items,))
        }
    }

    /// A metaclass.
    #[class(extends = Type, subclass)]
    struct Meta {
        #[hpy(get, set)]
        uses: u32,
    }

    #[methods]
    impl Meta {
        #[new]
        #[hpy(signature = (name, bases, namespace, **_options))]
        #[allow(clippy::type_complexity)]
        fn new<'ctx>(
            name: Handle<'ctx, Str>,
            bases: Handle<'ctx, Tuple>,
            namespace: Handle<'ctx, Dict>,
            _options: Handle<'ctx, Dict>,
        ) -> (Self, (Handle<'ctx, Str>, Handle<'ctx, Tuple>, Handle<'ctx, Dict>)) {
            (Meta { uses: 0 }, (name, bases, namespace))
        }

        fn count(&mut self) -> u32 {
            self.uses += 1;
            self.uses
        }
    }

    /// Python can't make one.
    #[class(extends = List, get_all)]
    struct Hidden {
        number: u8,
    }

    #[function]
    fn hidden() -> Hidden {
        Hidden { number: 5 }
    }

    #[function]
    fn measure() -> Init<Measure> {
        Init::from((Measure { unit: "kg".to_owned() }, (2.5,)))
    }

    #[function]
    fn unit_of(measure: &Measure) -> String {
        measure.unit.clone()
    }
}

/// Exceptions with data.
#[hpy::module(name = "exceptions")]
mod failures {
    use hpy::exceptions::{OSError, ValueError};
    use hpy::{Context, Error, Field, Handle, Init, Result};
    use std::sync::atomic::{AtomicI64, Ordering};

    static ALIVE: AtomicI64 = AtomicI64::new(0);

    struct Counted;

    impl Drop for Counted {
        fn drop(&mut self) {
            ALIVE.fetch_sub(1, Ordering::Relaxed);
        }
    }

    fn counted() -> Counted {
        ALIVE.fetch_add(1, Ordering::Relaxed);
        Counted
    }

    #[function]
    fn alive() -> i64 {
        ALIVE.load(Ordering::Relaxed)
    }

    /// Where a text is wrong.
    #[class(extends = ValueError, subclass)]
    struct ParseError {
        #[hpy(get, set)]
        line: u32,
        related: Field,
        _counted: Counted,
    }

    impl ParseError {
        fn at(line: u32) -> Self {
            ParseError { line, related: Field::empty(), _counted: counted() }
        }
    }

    #[methods]
    impl ParseError {
        #[new]
        #[hpy(signature = (message, line = 0))]
        fn new(message: &Handle<'_>, line: u32) -> Self {
            let _ = message;
            ParseError::at(line)
        }

        #[getter]
        fn related<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx>> {
            self.related.load(slf)
        }

        #[setter]
        fn set_related<'ctx>(&self, slf: &Handle<'ctx, Self>, other: &Handle<'ctx>) {
            self.related.store(slf, other);
        }
    }

    /// Says itself what it is about; has its `args` by itself, too.
    #[class(extends = OSError, frozen, get_all)]
    struct DiskFull {
        free: u64,
    }

    #[methods]
    impl DiskFull {
        #[new]
        fn new(free: u64) -> (Self, (i64, String)) {
            (DiskFull { free }, (28, "no space".to_owned()))
        }

        fn __str__(&self) -> String {
            format!("{} bytes are left", self.free)
        }
    }

    /// Three levels.
    #[class(extends = ParseError)]
    struct TokenError {
        #[hpy(get)]
        token: String,
    }

    #[methods]
    impl TokenError {
        #[new]
        fn new(token: String, line: u32) -> (Self, (ParseError, (String,))) {
            let message = format!("unexpected {token}");
            (TokenError { token }, (ParseError::at(line), (message,)))
        }
    }

    #[function]
    fn parse(text: &str) -> Result<i64> {
        match text {
            "alone" => Err(ParseError::at(3).into()),
            "args" => Err(Init::from((ParseError::at(4), ("text".to_owned(), 4))).into()),
            "deep" => {
                let parse = Init::from((ParseError::at(5), ("deep".to_owned(),)));
                Err(Init::from((TokenError { token: "?".to_owned() }, parse)).into())
            }
            "disk" => Err(DiskFull { free: 7 }.into()),
            "question mark" => {
                let line: u32 = inner()?;
                Ok(line.into())
            }
            _ => Ok(text.parse()?),
        }
    }

    fn inner() -> Result<u32, ParseError> {
        Err(ParseError::at(6))
    }

    /// An error that is never raised.
    #[function]
    fn dropped() -> usize {
        let error: Error = ParseError::at(1).into();
        format!("{error:?}").len()
    }

    #[function]
    fn catch<'ctx>(ctx: Context<'ctx>, text: &str) -> Result<Option<Handle<'ctx>>> {
        match parse(text) {
            Err(error) if error.is_instance_of::<ValueError>(ctx) => error.value(ctx).map(Some),
            Err(error) => Err(error),
            Ok(_) => Ok(None),
        }
    }

    #[function]
    fn line_of(error: &ParseError) -> u32 {
        error.line
    }
}
