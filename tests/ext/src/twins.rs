//! Small classes, each for one part of Python's data model. `tests/py/python_twins.py` has the same classes in Python.

#[hpy::module]
mod twins {
    use std::collections::BTreeMap;

    use hpy::exceptions::{AttributeError, IndexError, KeyError, ValueError, ZeroDivisionError};
    use hpy::types::Type;
    use hpy::{Context, Field, Handle, Iter, Result};

    /// Attributes and methods.
    #[class(subclass)]
    struct Plain {
        #[hpy(get, set)]
        count: i64,
        #[hpy(get)]
        label: String,
        note: String,
    }

    #[methods]
    impl Plain {
        #[classattr]
        const LIMIT: i64 = 100;

        #[new]
        #[hpy(signature = (count = 0, *, label = ""))]
        fn new(count: i64, label: &str) -> Result<Self> {
            if count > Self::LIMIT {
                return Err(ValueError::new_err("too much"));
            }
            Ok(Plain { count, label: label.to_owned(), note: String::new() })
        }

        #[getter]
        fn note(&self) -> Result<&str> {
            if self.note.is_empty() { Err(AttributeError::new_err("no note")) } else { Ok(&self.note) }
        }

        #[setter]
        fn set_note(&mut self, note: String) -> Result<()> {
            if note == "a" {
                return Err(ValueError::new_err("too short"));
            }
            self.note = note;
            Ok(())
        }

        #[deleter]
        fn delete_note(&mut self) {
            self.note.clear();
        }

        #[hpy(signature = (by = 1, *more, scale = 1))]
        fn add(&mut self, by: i64, more: Vec<i64>, scale: i64) -> Result<i64> {
            let sum = more.iter().try_fold(by, |sum, n| sum.checked_add(*n));
            let sum = sum.and_then(|sum| sum.checked_mul(scale)).and_then(|sum| sum.checked_add(self.count));
            self.count = sum.ok_or_else(|| ValueError::new_err("too much"))?;
            Ok(self.count)
        }

        fn joined(&self, other: &Plain) -> String {
            format!("{}{}", self.label, other.label)
        }

        #[staticmethod]
        fn twice(n: i32) -> i64 {
            2 * i64::from(n)
        }

        #[classmethod]
        fn named<'ctx>(cls: &Handle<'ctx, Type>, label: &str) -> Result<(String, Handle<'ctx>)> {
            Ok((cls.name()?, cls.call((label.len(),))?))
        }
    }

    /// All that Rust's traits and the fields give.
    #[class(
        frozen,
        get_all,
        eq,
        ord,
        hash,
        repr,
        new = "from_fields",
        subclass,
        copy,
        pickle,
        replace,
        match_args
    )]
    #[derive(Clone, PartialEq, PartialOrd, Hash)]
    struct Money {
        cents: i64,
        unit: Option<String>,
    }

    #[methods]
    impl Money {
        fn __bool__(&self) -> bool {
            self.cents != 0
        }
    }

    /// Operators, reflected and in place, and conversions. Equal, so not hashable.
    #[class(subclass)]
    struct Number {
        #[hpy(get)]
        value: i64,
    }

    #[methods]
    impl Number {
        #[new]
        #[hpy(signature = (value, /))]
        fn new(value: i64) -> Self {
            Number { value }
        }
        fn __repr__(&self) -> String {
            format!("Number({})", self.value)
        }
        fn __add__(&self, other: &Number) -> Number {
            Number { value: self.value.wrapping_add(other.value) }
        }
        fn __radd__(&self, other: i32) -> String {
            format!("{other} + {}", self.value)
        }
        fn __iadd__(&mut self, other: i32) {
            self.value = self.value.wrapping_add(i64::from(other));
        }
        fn __sub__(&self, other: i32) -> i64 {
            self.value.wrapping_sub(i64::from(other))
        }
        fn __rsub__(&self, other: &str) -> String {
            format!("{other} - {}", self.value)
        }
        fn __isub__(&mut self, other: &Number) -> Result<()> {
            if other.value == 13 {
                return Err(ValueError::new_err("unlucky"));
            }
            self.value = self.value.wrapping_sub(other.value);
            Ok(())
        }
        fn __mul__<'ctx>(&self, other: &Handle<'ctx>) -> Handle<'ctx> {
            other.clone()
        }
        fn __imul__<'ctx>(&mut self, ctx: Context<'ctx>, _other: &Handle<'ctx>) -> Handle<'ctx> {
            ctx.not_implemented().to_owned()
        }
        fn __truediv__(&self, other: f64) -> Result<f64> {
            if other == 0.0 {
                return Err(ZeroDivisionError::new_err("by nothing"));
            }
            Ok(self.value as f64 / other)
        }
        fn __rdivmod__(&self, other: i32) -> (i64, i64) {
            (i64::from(other), self.value)
        }
        fn __pow__(&self, other: i32, modulo: Option<i32>) -> (i32, Option<i32>) {
            (other, modulo)
        }
        fn __neg__(&self) -> Number {
            Number { value: self.value.wrapping_neg() }
        }
        fn __abs__(&self) -> i64 {
            self.value.wrapping_abs()
        }
        fn __int__(&self) -> i64 {
            self.value
        }
        fn __index__(&self) -> Result<i64> {
            if self.value == 13 { Err(ValueError::new_err("unlucky")) } else { Ok(self.value) }
        }
        fn __bool__(&self) -> Result<bool> {
            if self.value == 13 { Err(ValueError::new_err("unlucky")) } else { Ok(self.value != 0) }
        }
        #[hpy(signature = (digits = None, /))]
        fn __round__(&self, digits: Option<i64>) -> (i64, Option<i64>) {
            (self.value, digits)
        }
        fn __format__(&self, format: &str) -> String {
            format!("{}|{format}", self.value)
        }
        fn __eq__(&self, other: &Number) -> bool {
            self.value == other.value
        }
        fn __lt__(&self, other: &Number) -> Result<bool> {
            if other.value == 13 {
                return Err(ValueError::new_err("unlucky"));
            }
            Ok(self.value < other.value)
        }
        fn __ge__(&self, other: i32) -> bool {
            self.value >= i64::from(other)
        }
    }

    /// A `MutableSequence`.
    #[class(sequence, subclass)]
    struct Row {
        items: Vec<i64>,
    }

    fn no_item() -> hpy::Error {
        IndexError::new_err("no such item")
    }

    #[methods]
    impl Row {
        #[new]
        #[hpy(signature = (*items))]
        fn new(items: Vec<i64>) -> Self {
            Row { items }
        }
        fn __len__(&self) -> usize {
            self.items.len()
        }
        fn __getitem__(&self, index: usize) -> Result<i64> {
            self.items.get(index).copied().ok_or_else(no_item)
        }
        fn __setitem__(&mut self, index: usize, value: i64) -> Result<()> {
            *self.items.get_mut(index).ok_or_else(no_item)? = value;
            Ok(())
        }
        fn __delitem__(&mut self, index: usize) -> Result<()> {
            if index >= self.items.len() {
                return Err(no_item());
            }
            self.items.remove(index);
            Ok(())
        }
        fn insert(&mut self, index: isize, value: i64) {
            let end = self.items.len();
            let place = if index < 0 { (index + end as isize).max(0) } else { index } as usize;
            self.items.insert(place.min(end), value);
        }
    }

    /// A `MutableMapping`.
    #[class(mapping, subclass)]
    struct Table {
        entries: BTreeMap<String, i64>,
    }

    #[methods]
    impl Table {
        #[new]
        #[hpy(signature = (**entries))]
        fn new(entries: BTreeMap<String, i64>) -> Self {
            Table { entries }
        }
        fn __len__(&self) -> usize {
            self.entries.len()
        }
        fn __getitem__(&self, key: &str) -> Result<i64> {
            self.entries.get(key).copied().ok_or_else(|| KeyError::new_err(key.to_owned()))
        }
        fn __setitem__(&mut self, key: String, value: i64) {
            self.entries.insert(key, value);
        }
        fn __delitem__(&mut self, key: &str) -> Result<()> {
            self.entries.remove(key).map(drop).ok_or_else(|| KeyError::new_err(key.to_owned()))
        }
        fn __iter__(&self) -> Iter<String> {
            Iter::new(self.entries.keys().cloned().collect::<Vec<_>>())
        }
        fn __eq__(&self, other: &Table) -> bool {
            self.entries == other.entries
        }
    }

    /// An iterator that fails at 13, and goes on.
    #[class]
    struct Countdown {
        #[hpy(get)]
        left: u32,
    }

    #[methods]
    impl Countdown {
        #[new]
        fn new(left: u32) -> Self {
            Countdown { left }
        }
        fn __iter__<'ctx>(slf: &Handle<'ctx, Self>) -> Handle<'ctx, Self> {
            slf.clone()
        }
        fn __next__(&mut self) -> Result<Option<u32>> {
            let Some(next) = self.left.checked_sub(1) else { return Ok(None) };
            self.left = next;
            if next == 12 { Err(ValueError::new_err("unlucky")) } else { Ok(Some(next)) }
        }
        fn __length_hint__(&self) -> u32 {
            self.left
        }
    }

    /// Can be called.
    #[class(frozen)]
    struct Adder {
        #[hpy(get)]
        n: i64,
    }

    #[methods]
    impl Adder {
        #[new]
        fn new(n: i64) -> Self {
            Adder { n }
        }
        #[hpy(signature = (x, /, y = 2, *, scale = 1))]
        fn __call__(&self, x: i32, y: i32, scale: i32) -> i64 {
            (self.n + i64::from(x) + i64::from(y)) * i64::from(scale)
        }
    }

    /// A context manager.
    #[class]
    struct Manager {
        #[hpy(get)]
        log: Vec<String>,
        swallow: bool,
    }

    #[methods]
    impl Manager {
        #[new]
        #[hpy(signature = (swallow = false))]
        fn new(swallow: bool) -> Self {
            Manager { log: Vec::new(), swallow }
        }
        fn __enter__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx, Self>> {
            slf.borrow_mut()?.log.push("enter".to_owned());
            Ok(slf.clone())
        }
        fn __exit__<'ctx>(
            &mut self,
            exc_type: Option<Handle<'ctx, Type>>,
            _exc: &Handle<'ctx>,
            _traceback: &Handle<'ctx>,
        ) -> Result<bool> {
            let name = exc_type.map(|ty| ty.name()).transpose()?;
            self.log.push(format!("exit {}", name.unwrap_or_default()));
            Ok(self.swallow)
        }
    }

    /// Makes attributes up.
    #[class(subclass)]
    struct Open {
        #[hpy(get, set)]
        real: i64,
        names: BTreeMap<String, Field>,
    }

    #[methods]
    impl Open {
        #[new]
        fn new() -> Self {
            Open { real: 1, names: BTreeMap::new() }
        }
        fn __getattr__<'ctx>(&self, slf: &Handle<'ctx, Self>, name: &str) -> Result<Option<Handle<'ctx>>> {
            match self.names.get(name) {
                Some(field) => Ok(field.load(slf)),
                None if name == "broken" => Err(ValueError::new_err("broken")),
                None => Err(AttributeError::new_err(format!("no {name}"))),
            }
        }
        fn __setattr__<'ctx>(&mut self, slf: &Handle<'ctx, Self>, name: String, value: &Handle<'ctx>) {
            self.names.insert(name, Field::of(slf, value));
        }
        fn __delattr__(&mut self, name: &str) -> Result<()> {
            self.names.remove(name).map(drop).ok_or_else(|| AttributeError::new_err(format!("no {name}")))
        }
        fn __dir__(&self) -> Vec<String> {
            self.names.keys().cloned().collect()
        }
    }

    /// An attribute of other classes.
    #[class]
    struct Descriptor {
        #[hpy(get)]
        log: Vec<String>,
    }

    #[methods]
    impl Descriptor {
        #[new]
        fn new() -> Self {
            Descriptor { log: Vec::new() }
        }
        fn __get__<'ctx>(&self, instance: &Handle<'ctx>, owner: &Handle<'ctx>) -> Result<(bool, bool)> {
            if self.log.len() > 3 {
                return Err(AttributeError::new_err("too often"));
            }
            Ok((instance.is_none(), owner.is_none()))
        }
        fn __set__(&mut self, _instance: &Handle<'_>, value: i64) {
            self.log.push(format!("set {value}"));
        }
        fn __delete__(&mut self, instance: &Handle<'_>) -> Result<()> {
            self.log.push(format!("delete of {}", instance.type_()?.name()?));
            Ok(())
        }
        fn __set_name__(&mut self, _owner: &Handle<'_>, name: &str) {
            self.log.push(format!("named {name}"));
        }
    }

    /// Variants without data, equal by their numbers.
    #[class(eq, eq_int, hash, frozen)]
    #[derive(PartialEq, Hash)]
    enum Color {
        Red = 1,
        Green = 5,
    }

    #[methods]
    impl Color {
        #[getter]
        fn warm(&self) -> bool {
            *self == Color::Red
        }
    }

    /// An enum of Python's own kind.
    #[enumeration(base = "IntEnum")]
    enum Level {
        Low = 1,
        High = 5,
    }

    #[function]
    fn level(level: Level) -> Level {
        level
    }
}
