//! Two classes with all protocols, for random programs. `tests/py/torture_twin.py` has the same classes in Python.

#[hpy::module]
mod torture {
    use std::collections::BTreeMap;

    use hpy::exceptions::{
        AttributeError, KeyError, OverflowError, StopIteration, TypeError, ValueError, ZeroDivisionError,
    };
    use hpy::types::{Tuple, Type};
    use hpy::{Field, Handle, Result};

    crate::alive::counted!();

    #[function]
    fn alive() -> usize {
        Alive::count()
    }

    const LIMIT: i64 = 50_000;
    const ROOM: usize = 6;

    fn fit(value: i128) -> Result<i64> {
        match i64::try_from(value) {
            Ok(fitting) if value.abs() <= LIMIT.into() => Ok(fitting),
            _ => Err(OverflowError::new_err("too large")),
        }
    }

    /// Rounds down, as Python does.
    fn divide(a: i64, b: i64) -> Result<(i128, i128)> {
        if b == 0 {
            return Err(ZeroDivisionError::new_err("by nothing"));
        }
        let (a, b) = (i128::from(a), i128::from(b));
        let rest = ((a % b) + b) % b;
        Ok(((a - rest) / b, rest))
    }

    /// A number, a text, a mapping, a function, and what not.
    #[class]
    struct Thing {
        value: i64,
        #[hpy(get, set)]
        tag: String,
        items: BTreeMap<i64, Field>,
        link: Field,
        log: Vec<String>,
        _alive: Alive,
    }

    fn thing(value: i128) -> Result<Thing> {
        Ok(Thing {
            value: fit(value)?,
            tag: String::new(),
            items: BTreeMap::new(),
            link: Field::empty(),
            log: Vec::new(),
            _alive: Alive::new(),
        })
    }

    #[methods]
    impl Thing {
        #[new]
        #[hpy(signature = (value = 0, *, tag = "", link = None))]
        fn new(value: i64, tag: &str, link: Option<Handle<'_>>) -> Result<Self> {
            let link = Field::from(link);
            Ok(Thing { tag: tag.to_owned(), link, ..thing(value.into())? })
        }

        #[getter]
        fn value(&self) -> i64 {
            self.value
        }

        #[setter]
        fn set_value(&mut self, value: i64) -> Result<()> {
            self.value = fit(value.into())?;
            Ok(())
        }

        #[deleter]
        fn delete_value(&mut self) {
            self.value = 0;
        }

        #[getter]
        fn link<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx>> {
            self.link.load(slf)
        }

        #[setter]
        fn set_link<'ctx>(&mut self, slf: &Handle<'ctx, Self>, link: &Handle<'ctx>) {
            self.link.store(slf, link);
        }

        #[deleter]
        fn delete_link(&mut self, slf: &Handle<'_, Self>) {
            self.link.clear(slf);
        }

        #[getter]
        fn log(&self) -> Vec<String> {
            self.log.clone()
        }

        fn __repr__(&self) -> String {
            format!("<{} {:?} {}>", self.value, self.tag, self.items.len())
        }

        fn __str__(&self) -> &str {
            &self.tag
        }

        fn __format__(&self, format: &str) -> String {
            format!("{}|{format}", self.value)
        }

        fn __hash__(&self) -> Result<i64> {
            if self.value == 13 { Err(TypeError::new_err("unlucky")) } else { Ok(self.value) }
        }

        fn __bool__(&self) -> Result<bool> {
            if self.value == 13 { Err(ValueError::new_err("unlucky")) } else { Ok(self.value != 0) }
        }

        fn __int__(&self) -> i64 {
            self.value
        }

        fn __float__(&self) -> f64 {
            self.value as f64
        }

        fn __index__(&self) -> i64 {
            self.value
        }

        fn __neg__(&self) -> Result<Thing> {
            thing(-i128::from(self.value))
        }

        fn __pos__<'ctx>(slf: &Handle<'ctx, Self>) -> Handle<'ctx, Self> {
            slf.clone()
        }

        fn __abs__(&self) -> Result<Thing> {
            thing(self.value.abs().into())
        }

        fn __invert__(&self) -> i64 {
            !self.value
        }

        fn __add__(&self, other: &Thing) -> Result<Thing> {
            thing(i128::from(self.value) + i128::from(other.value))
        }

        fn __radd__(&self, other: i32) -> Result<Thing> {
            thing(i128::from(other) + i128::from(self.value))
        }

        fn __sub__(&self, other: i32) -> Result<Thing> {
            thing(i128::from(self.value) - i128::from(other))
        }

        fn __rsub__(&self, other: i32) -> Result<i64> {
            fit(i128::from(other) - i128::from(self.value))
        }

        fn __mul__(&self, other: &Thing) -> Result<Thing> {
            thing(i128::from(self.value) * i128::from(other.value))
        }

        fn __rmul__(&self, other: &str) -> String {
            format!("{other}*{}", self.value)
        }

        fn __truediv__(&self, other: &Thing) -> Result<f64> {
            if other.value == 0 {
                return Err(ZeroDivisionError::new_err("by nothing"));
            }
            Ok(self.value as f64 / other.value as f64)
        }

        fn __floordiv__(&self, other: i32) -> Result<Thing> {
            thing(divide(self.value, other.into())?.0)
        }

        fn __rfloordiv__(&self, other: i32) -> Result<Thing> {
            thing(divide(other.into(), self.value)?.0)
        }

        fn __mod__(&self, other: &Thing) -> Result<Thing> {
            thing(divide(self.value, other.value)?.1)
        }

        fn __divmod__(&self, other: i32) -> Result<(i64, i64)> {
            let (quotient, rest) = divide(self.value, other.into())?;
            Ok((fit(quotient)?, fit(rest)?))
        }

        fn __pow__(&self, other: i32, modulo: Option<i32>) -> Result<Thing> {
            if !(0..=3).contains(&other) {
                return Err(ValueError::new_err("no such power"));
            }
            let power = (0..other).fold(1, |product, _| product * i128::from(self.value));
            match modulo {
                None => thing(power),
                Some(0) => Err(ZeroDivisionError::new_err("by nothing")),
                Some(modulo) => {
                    thing(((power % i128::from(modulo)) + i128::from(modulo)) % i128::from(modulo))
                }
            }
        }

        fn __rpow__(&self, other: &str, _modulo: Option<i32>) -> String {
            format!("{other}**{}", self.value)
        }

        fn __and__(&self, other: i32) -> i64 {
            self.value & i64::from(other)
        }

        fn __ror__(&self, other: i32) -> i64 {
            i64::from(other) | self.value
        }

        fn __xor__(&self, other: &Thing) -> i64 {
            self.value ^ other.value
        }

        fn __lshift__(&self, other: i32) -> Result<Thing> {
            if !(0..=40).contains(&other) {
                return Err(ValueError::new_err("no such shift"));
            }
            thing(i128::from(self.value) << other)
        }

        fn __rrshift__(&self, other: i32) -> Result<i64> {
            if !(0..=40).contains(&self.value) {
                return Err(ValueError::new_err("no such shift"));
            }
            Ok(i64::from(other) >> self.value)
        }

        fn __matmul__<'ctx>(&self, other: &Handle<'ctx>) -> Result<Handle<'ctx>> {
            other.call((self.value,))
        }

        fn __iadd__(&mut self, other: i32) -> Result<()> {
            self.value = fit(i128::from(self.value) + i128::from(other))?;
            Ok(())
        }

        fn __isub__(&mut self, other: &Thing) -> Result<()> {
            self.value = fit(i128::from(self.value) - i128::from(other.value))?;
            Ok(())
        }

        fn __ior__(&mut self, other: i32) {
            self.value |= i64::from(other);
        }

        fn __eq__(&self, other: &Thing) -> Result<bool> {
            if self.value == -13 {
                Err(ValueError::new_err("unlucky"))
            } else {
                Ok(self.value == other.value)
            }
        }

        fn __lt__(&self, other: &Thing) -> bool {
            self.value < other.value
        }

        fn __ge__(&self, other: i32) -> bool {
            self.value >= i64::from(other)
        }

        fn __len__(&self) -> usize {
            self.items.len()
        }

        fn __getitem__<'ctx>(&self, slf: &Handle<'ctx, Self>, key: i64) -> Result<Option<Handle<'ctx>>> {
            match self.items.get(&key) {
                Some(field) => Ok(field.load(slf)),
                None => Err(KeyError::new_err(format!("no {key}"))),
            }
        }

        fn __setitem__<'ctx>(
            &mut self,
            slf: &Handle<'ctx, Self>,
            key: i64,
            value: &Handle<'ctx>,
        ) -> Result<()> {
            if self.items.len() >= ROOM && !self.items.contains_key(&key) {
                return Err(ValueError::new_err("full"));
            }
            self.items.insert(key, Field::of(slf, value));
            Ok(())
        }

        fn __delitem__(&mut self, key: i64) -> Result<()> {
            self.items.remove(&key).map(drop).ok_or_else(|| KeyError::new_err(format!("no {key}")))
        }

        fn __contains__(&self, key: &Handle<'_>) -> bool {
            key.extract::<i64>().is_ok_and(|key| self.items.contains_key(&key))
        }

        fn __iter__<'ctx>(slf: &Handle<'ctx, Self>) -> Walk {
            Walk { of: Field::from(slf), last: None, _alive: Alive::new() }
        }

        fn __reversed__(&self) -> Vec<i64> {
            self.items.keys().rev().copied().collect()
        }

        /// Calls what it is linked to. It is not borrowed meanwhile.
        #[hpy(signature = (*args))]
        fn __call__<'ctx>(slf: &Handle<'ctx, Self>, args: Handle<'ctx, Tuple>) -> Result<Handle<'ctx>> {
            let link = slf.borrow()?.link.load(slf);
            match link {
                Some(link) if !link.is_a::<Thing>()? => {
                    let result = link.call((args,))?;
                    slf.borrow_mut()?.log.push("called".to_owned());
                    Ok(result)
                }
                _ => Err(TypeError::new_err("calls nothing")),
            }
        }

        /// Calls while it is borrowed.
        fn shared<'ctx>(&self, function: &Handle<'ctx>) -> Result<(i64, Handle<'ctx>, i64)> {
            let before = self.value;
            let result = function.call(())?;
            Ok((before, result, self.value))
        }

        /// Calls while it is borrowed mutably.
        fn exclusive<'ctx>(&mut self, function: &Handle<'ctx>) -> Result<Handle<'ctx>> {
            self.log.push("in".to_owned());
            let result = function.call(())?;
            self.log.push("out".to_owned());
            Ok(result)
        }

        fn take(&mut self, other: &mut Thing) {
            self.value = std::mem::take(&mut other.value);
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
            if self.tag == "worse" {
                return Err(StopIteration::new_err("worse"));
            }
            Ok(self.tag == "quiet")
        }
    }

    /// Walks over the keys of a thing, which may change meanwhile.
    #[class]
    struct Walk {
        of: Field<Thing>,
        last: Option<i64>,
        _alive: Alive,
    }

    #[methods]
    impl Walk {
        fn __iter__<'ctx>(slf: &Handle<'ctx, Self>) -> Handle<'ctx, Self> {
            slf.clone()
        }

        fn __next__(&mut self, slf: &Handle<'_, Self>) -> Result<Option<i64>> {
            let Some(thing) = self.of.load(slf) else { return Ok(None) };
            let thing = thing.borrow()?;
            let next = match self.last {
                None => thing.items.keys().next(),
                Some(last) => thing.items.range(last + 1..).next().map(|(key, _)| key),
            };
            if next == Some(&13) {
                return Err(ValueError::new_err("unlucky"));
            }
            self.last = next.copied().or(self.last);
            Ok(next.copied())
        }
    }

    /// All attributes are made up.
    #[class]
    struct Open {
        names: BTreeMap<String, Field>,
        _alive: Alive,
    }

    #[methods]
    impl Open {
        #[new]
        fn new() -> Self {
            Open { names: BTreeMap::new(), _alive: Alive::new() }
        }

        fn __getattr__<'ctx>(&self, slf: &Handle<'ctx, Self>, name: &str) -> Result<Option<Handle<'ctx>>> {
            match self.names.get(name) {
                Some(field) => Ok(field.load(slf)),
                None => Err(AttributeError::new_err(format!("no {name}"))),
            }
        }

        fn __setattr__<'ctx>(
            &mut self,
            slf: &Handle<'ctx, Self>,
            name: String,
            value: &Handle<'ctx>,
        ) -> Result<()> {
            if name == "never" {
                return Err(AttributeError::new_err("never"));
            }
            self.names.insert(name, Field::of(slf, value));
            Ok(())
        }

        fn __delattr__(&mut self, name: &str) -> Result<()> {
            self.names.remove(name).map(drop).ok_or_else(|| AttributeError::new_err(format!("no {name}")))
        }

        fn __dir__(&self) -> Vec<String> {
            self.names.keys().cloned().collect()
        }
    }
}
