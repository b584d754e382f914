//! Dunder methods of containers, iterators, callables, descriptors, context managers, and for attributes and `await`.

#[hpy::module]
mod protocols {
    use std::collections::BTreeMap;

    use hpy::exceptions::{AttributeError, IndexError, KeyError, ValueError};
    use hpy::types::{Dict, Iterator, Tuple, Type};
    use hpy::{Context, Field, Handle, Result};

    /// A mapping of texts to numbers.
    #[class]
    struct Map {
        items: BTreeMap<String, i64>,
    }

    #[methods]
    impl Map {
        #[new]
        fn new() -> Self {
            Map { items: BTreeMap::new() }
        }
        fn __len__(&self) -> usize {
            self.items.len()
        }
        fn __getitem__(&self, key: &str) -> Result<i64> {
            self.items.get(key).copied().ok_or_else(|| KeyError::new_err(key.to_owned()))
        }
        fn __setitem__(&mut self, key: String, value: i64) {
            self.items.insert(key, value);
        }
        fn __delitem__(&mut self, key: &str) -> Result<()> {
            self.items.remove(key).map(drop).ok_or_else(|| KeyError::new_err(key.to_owned()))
        }
        fn __contains__(&self, key: &Handle<'_>) -> bool {
            key.extract::<&str>().is_ok_and(|key| self.items.contains_key(key))
        }
        fn __iter__<'ctx>(&self, ctx: Context<'ctx>) -> Result<Handle<'ctx, Iterator>> {
            let keys: Vec<&str> = self.items.keys().map(String::as_str).collect();
            hpy::types::List::from_iter(ctx, keys)?.iter()
        }
        fn __reversed__(&self) -> Vec<String> {
            self.items.keys().rev().cloned().collect()
        }
    }

    /// A read-only sequence.
    #[class(frozen)]
    struct Squares {
        count: usize,
    }

    #[methods]
    impl Squares {
        #[new]
        fn new(count: usize) -> Self {
            Squares { count }
        }
        fn __len__(&self) -> usize {
            self.count
        }
        fn __getitem__(&self, index: isize) -> Result<isize> {
            let index = if index < 0 { index + self.count as isize } else { index };
            if index < 0 || index as usize >= self.count {
                return Err(IndexError::new_err("out of range"));
            }
            Ok(index * index)
        }
        fn __concat__(&self, other: &Squares) -> Squares {
            Squares { count: self.count + other.count }
        }
        fn __repeat__(&self, n: isize) -> Squares {
            Squares { count: self.count * n.max(0) as usize }
        }
        fn __length_hint__(&self) -> usize {
            self.count
        }
    }

    /// An iterator that counts down, and fails at 13.
    #[class]
    struct Countdown {
        from: u32,
    }

    #[methods]
    impl Countdown {
        #[new]
        fn new(start: u32) -> Self {
            Countdown { from: start }
        }
        fn __iter__<'ctx>(slf: &Handle<'ctx, Self>) -> Handle<'ctx, Self> {
            slf.clone()
        }
        fn __next__(&mut self) -> Result<Option<u32>> {
            if self.from == 13 {
                return Err(ValueError::new_err("unlucky"));
            }
            Ok(self.from.checked_sub(1).inspect(|next| self.from = *next))
        }
    }

    /// Can be called.
    #[class]
    struct Adder {
        n: i64,
        calls: usize,
    }

    #[methods]
    impl Adder {
        #[new]
        fn new(n: i64) -> Self {
            Adder { n, calls: 0 }
        }
        #[hpy(signature = (x, *args, scale = 1, **kwargs))]
        fn __call__(
            &mut self,
            x: i64,
            args: Vec<i64>,
            scale: i64,
            kwargs: &Handle<'_, Dict>,
        ) -> Result<(i64, usize, usize)> {
            self.calls += 1;
            Ok(((self.n + x + args.iter().sum::<i64>()) * scale, kwargs.len()?, self.calls))
        }
    }

    /// Attributes that are made up.
    #[class]
    struct Dynamic {
        #[hpy(get)]
        real: i64,
        set: Vec<String>,
    }

    #[methods]
    impl Dynamic {
        #[new]
        fn new() -> Self {
            Dynamic { real: 1, set: Vec::new() }
        }
        fn __getattr__(&self, name: &str) -> Result<String> {
            match name.strip_prefix("x_") {
                Some(rest) => Ok(rest.to_uppercase()),
                None => Err(AttributeError::new_err(format!("no {name} here"))),
            }
        }
        fn __setattr__(&mut self, name: String, value: i64) -> Result<()> {
            if value < 0 {
                return Err(ValueError::new_err("negative"));
            }
            self.set.push(format!("{name} = {value}"));
            Ok(())
        }
        fn __delattr__(&mut self, name: String) {
            self.set.push(format!("del {name}"));
        }
        fn log(&self) -> Vec<String> {
            self.set.clone()
        }
    }

    /// Sees every attribute.
    #[class(frozen)]
    struct Spy;

    #[methods]
    impl Spy {
        #[new]
        fn new() -> Self {
            Spy
        }
        fn __getattribute__(&self, name: &str) -> Result<String> {
            if name == "secret" { Err(AttributeError::new_err("secret")) } else { Ok(format!("saw {name}")) }
        }
        fn __getattr__(&self, name: &str) -> String {
            format!("missing {name}")
        }
    }

    /// An attribute of other classes.
    #[class]
    struct Descriptor {
        log: Vec<String>,
    }

    #[methods]
    impl Descriptor {
        #[new]
        fn new() -> Self {
            Descriptor { log: Vec::new() }
        }
        fn __get__<'ctx>(&self, instance: &Handle<'ctx>, owner: &Handle<'ctx>) -> Result<(bool, String)> {
            Ok((instance.is_none(), owner.getattr("__name__")?.extract()?))
        }
        fn __set__(&mut self, instance: &Handle<'_>, value: i64) -> Result<()> {
            let name: String = instance.type_()?.name()?;
            self.log.push(format!("{name} = {value}"));
            Ok(())
        }
        fn __delete__(&mut self, instance: &Handle<'_>) -> Result<()> {
            let name: String = instance.type_()?.name()?;
            self.log.push(format!("del {name}"));
            Ok(())
        }
        fn __set_name__(&mut self, _owner: &Handle<'_>, name: &str) {
            self.log.push(format!("named {name}"));
        }
        fn log(&self) -> Vec<String> {
            self.log.clone()
        }
    }

    /// Reads only.
    #[class(frozen)]
    struct NonData;

    #[methods]
    impl NonData {
        #[new]
        fn new() -> Self {
            NonData
        }
        fn __get__<'ctx>(&self, _instance: &Handle<'ctx>, _owner: &Handle<'ctx>) -> i64 {
            5
        }
    }

    /// A context manager.
    #[class]
    struct Manager {
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
        fn log(&self) -> Vec<String> {
            self.log.clone()
        }
    }

    /// Awaitable, and an asynchronous iterator.
    #[class]
    struct Later {
        items: Vec<i64>,
        awaited: Field,
    }

    #[methods]
    impl Later {
        #[new]
        #[hpy(signature = (awaited, *items))]
        fn new(awaited: Handle<'_>, items: Vec<i64>) -> Self {
            Later { items, awaited: Field::new(awaited) }
        }
        fn __await__<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx>> {
            match self.awaited.load(slf) {
                Some(awaited) => awaited.call_method("__await__", ()),
                None => Err(ValueError::new_err("nothing to wait for")),
            }
        }
        fn __aiter__<'ctx>(slf: &Handle<'ctx, Self>) -> Handle<'ctx, Self> {
            slf.clone()
        }
        fn __anext__<'ctx>(&mut self, ctx: Context<'ctx>) -> Result<Option<Handle<'ctx>>> {
            match self.items.pop() {
                Some(item) => {
                    let module = ctx.import("protocols_helper")?;
                    Ok(Some(module.call_method("wait_for", (item,))?))
                }
                None => Ok(None),
            }
        }
    }

    /// `__class_getitem__` and `__init_subclass__`.
    #[class(subclass)]
    struct Generic;

    #[methods]
    impl Generic {
        #[new]
        fn new() -> Self {
            Generic
        }
        #[classmethod]
        fn __class_getitem__<'ctx>(
            cls: &Handle<'ctx, Type>,
            item: &Handle<'ctx>,
        ) -> Result<(String, Handle<'ctx>)> {
            Ok((cls.name()?, item.clone()))
        }
        #[classmethod]
        #[hpy(signature = (**kwargs))]
        fn __init_subclass__<'ctx>(cls: &Handle<'ctx, Type>, kwargs: &Handle<'ctx, Dict>) -> Result<()> {
            cls.setattr("made_with", kwargs)
        }
        fn __instancecheck__(&self, instance: &Handle<'_>) -> bool {
            instance.is_none()
        }
    }

    /// Every method raises.
    #[class]
    struct Faulty;

    fn fault() -> hpy::Error {
        ValueError::new_err("fault")
    }

    #[methods]
    impl Faulty {
        #[new]
        fn new() -> Self {
            Faulty
        }
        fn __repr__(&self) -> Result<String> {
            Err(fault())
        }
        fn __hash__(&self) -> Result<u64> {
            Err(fault())
        }
        fn __bool__(&self) -> Result<bool> {
            Err(fault())
        }
        fn __len__(&self) -> Result<usize> {
            Err(fault())
        }
        fn __eq__(&self, _other: &Handle<'_>) -> Result<bool> {
            Err(fault())
        }
        fn __add__(&self, _other: &Handle<'_>) -> Result<i64> {
            Err(fault())
        }
        fn __iadd__(&mut self, _other: &Handle<'_>) -> Result<()> {
            Err(fault())
        }
        fn __neg__(&self) -> Result<i64> {
            Err(fault())
        }
        fn __getitem__(&self, _key: &Handle<'_>) -> Result<i64> {
            Err(fault())
        }
        fn __setitem__(&mut self, _key: &Handle<'_>, _value: &Handle<'_>) -> Result<()> {
            Err(fault())
        }
        fn __contains__(&self, _value: &Handle<'_>) -> Result<bool> {
            Err(fault())
        }
        fn __iter__(&self) -> Result<i64> {
            Err(fault())
        }
        fn __next__(&mut self) -> Result<Option<i64>> {
            Err(fault())
        }
        fn __call__(&self) -> Result<i64> {
            Err(fault())
        }
        fn __getattr__(&self, _name: &str) -> Result<i64> {
            Err(fault())
        }
        #[getter]
        fn attribute(&self) -> Result<i64> {
            Err(fault())
        }
    }

    #[function(signature = (*args))]
    fn nothing(args: &Handle<'_, Tuple>) -> Result<usize> {
        args.len()
    }
}
