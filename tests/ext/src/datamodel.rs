//! Edges of Python's data model: attributes looked up by methods, in-place operators, abstract classes.

#[hpy::module]
mod datamodel {
    use hpy::exceptions::{AttributeError, IndexError};
    use hpy::types::{
        AbstractSet, Collection, Hashable, Iterable, Mapping, MutableMapping, MutableSequence, MutableSet,
        Sequence, Sized,
    };
    use hpy::{Context, Handle, Result};

    #[class(subclass)]
    struct Lookup {
        #[hpy(get)]
        asked: i64,
    }

    #[methods]
    impl Lookup {
        #[new]
        fn new() -> Self {
            Lookup { asked: 0 }
        }

        fn __getattr__(&mut self, name: &str) -> Result<String> {
            self.asked += 1;
            if name == "foo" { Ok("rust".to_owned()) } else { Err(AttributeError::new_err(name.to_owned())) }
        }
    }

    /// Inherits it.
    #[class(extends = Lookup, subclass)]
    struct Heir {}

    #[methods]
    impl Heir {
        #[new]
        fn new() -> (Self, Lookup) {
            (Heir {}, Lookup { asked: 0 })
        }
    }

    #[class]
    struct OnlySet {
        #[hpy(get)]
        n: i64,
    }

    #[methods]
    impl OnlySet {
        #[new]
        fn new() -> Self {
            OnlySet { n: 0 }
        }

        fn __setattr__(&mut self, _name: &str, value: i64) {
            self.n = value;
        }
    }

    /// Adds up; leaves what it does not know to others, or gives another object.
    #[class]
    struct Sum {
        #[hpy(get)]
        total: i64,
    }

    #[methods]
    impl Sum {
        #[new]
        fn new() -> Self {
            Sum { total: 0 }
        }

        fn __iadd__<'ctx>(&mut self, slf: &Handle<'ctx, Self>, other: &Handle<'ctx>) -> Result<Handle<'ctx>> {
            match other.extract::<i64>() {
                Ok(number) => self.total += number,
                Err(_) => return Ok(slf.ctx().not_implemented().to_owned()),
            }
            Ok(slf.as_any().clone())
        }

        fn __isub__<'ctx>(&mut self, other: &Handle<'ctx>) -> Handle<'ctx> {
            other.clone()
        }

        fn __imul__(&mut self, other: i64) -> Result<()> {
            self.total *= other;
            Ok(())
        }

        fn __ipow__<'ctx>(&mut self, ctx: Context<'ctx>, _other: i64) -> Handle<'ctx> {
            ctx.not_implemented().to_owned()
        }
    }

    /// A number that Python inherits from.
    #[class(subclass)]
    struct Num {
        #[hpy(get)]
        value: i64,
    }

    #[methods]
    impl Num {
        #[new]
        fn new(value: i64) -> Self {
            Num { value }
        }
    }

    #[class(sequence)]
    struct Row {
        items: Vec<i64>,
    }

    #[methods]
    impl Row {
        #[new]
        fn new(items: Vec<i64>) -> Self {
            Row { items }
        }

        fn __len__(&self) -> usize {
            self.items.len()
        }

        fn __getitem__(&self, index: usize) -> Result<i64> {
            self.items.get(index).copied().ok_or_else(|| IndexError::new_err("no such item"))
        }

        fn __setitem__(&mut self, index: usize, value: i64) -> Result<()> {
            match self.items.get_mut(index) {
                Some(item) => *item = value,
                None => return Err(IndexError::new_err("no such item")),
            }
            Ok(())
        }

        fn __delitem__(&mut self, index: usize) -> Result<()> {
            if index >= self.items.len() {
                return Err(IndexError::new_err("no such item"));
            }
            self.items.remove(index);
            Ok(())
        }

        fn insert(&mut self, index: usize, value: i64) {
            let index = index.min(self.items.len());
            self.items.insert(index, value);
        }
    }

    #[function]
    fn negate(x: bool) -> bool {
        !x
    }

    /// All six comparisons.
    #[function]
    fn compare<'ctx>(a: &Handle<'ctx>, b: &Handle<'ctx>) -> Result<[bool; 6]> {
        Ok([a.lt(b)?, a.le(b)?, a.eq(b)?, a.ne(b)?, a.gt(b)?, a.ge(b)?])
    }

    #[function]
    fn isinstance<'ctx>(x: &Handle<'ctx>, of: &Handle<'ctx>) -> Result<bool> {
        x.isinstance(of)
    }

    /// The abstract classes that an object is of.
    #[function]
    fn abstracts(x: &Handle<'_>) -> Result<Vec<&'static str>> {
        let mut names = Vec::new();
        macro_rules! note {
            ($($ty:ident)*) => { $(if x.is_a::<$ty>()? { names.push(stringify!($ty)); })* };
        }
        note!(AbstractSet Collection Hashable Iterable Mapping MutableMapping MutableSequence MutableSet Sequence Sized);
        Ok(names)
    }

    #[function]
    fn keys<'ctx>(mapping: &Handle<'ctx, Mapping>) -> Result<Vec<Handle<'ctx>>> {
        mapping.iter()?.into_iter().collect()
    }
}

/// A class that some hosts can't make.
#[hpy::module]
mod setters {
    use hpy::{Context, Handle, Result};

    /// Counts what is set, and sets it as any object does.
    #[class(dict, subclass)]
    struct Setter {
        #[hpy(get)]
        n: i64,
    }

    #[methods]
    impl Setter {
        #[new]
        fn new() -> Self {
            Setter { n: 0 }
        }

        fn __setattr__<'ctx>(
            &mut self,
            ctx: Context<'ctx>,
            slf: &Handle<'ctx, Self>,
            name: &str,
            value: &Handle<'ctx>,
        ) -> Result<()> {
            self.n += 1;
            ctx.type_of::<hpy::types::Any>()?.call_method("__setattr__", (slf, name, value)).map(drop)
        }
    }
}
