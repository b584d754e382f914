//! Classes like those of `twins`, of kinds that need the embedded host: with a `__dict__`, or extending builtin classes.

#[hpy::module]
mod twins_extending {
    use hpy::Handle;
    use hpy::types::{Dict, Int, List, Str};

    /// With a `__dict__`, and weak references.
    #[class(dict, weakref, subclass)]
    struct Loose {
        #[hpy(get, set)]
        number: i64,
    }

    #[methods]
    impl Loose {
        #[new]
        fn new(number: i64) -> Self {
            Loose { number }
        }
    }

    #[class(extends = Dict, subclass)]
    struct Tally {
        #[hpy(get, set)]
        total: i64,
    }

    #[methods]
    impl Tally {
        #[new]
        #[hpy(signature = (total = 0))]
        fn new(total: i64) -> Self {
            Tally { total }
        }
        fn count<'ctx>(&mut self, slf: &Handle<'ctx, Self>, key: &Handle<'ctx>) -> hpy::Result<i64> {
            let dict: &Handle<'ctx, Dict> = slf.as_base();
            let count = match dict.get(key)? {
                Some(count) => count.extract::<i64>()?,
                None => 0,
            };
            dict.setitem(key, count + 1)?;
            self.total += 1;
            Ok(self.total)
        }
    }

    #[class(extends = List, subclass)]
    struct Stack {
        #[hpy(get, set)]
        height: i64,
    }

    #[methods]
    impl Stack {
        #[new]
        #[hpy(signature = (items = None, height = 0))]
        fn new<'ctx>(
            ctx: hpy::Context<'ctx>,
            items: Option<Handle<'ctx>>,
            height: i64,
        ) -> hpy::Result<(Self, (Handle<'ctx>,))> {
            let items = match items {
                Some(items) => items,
                None => List::new(ctx)?.into_any(),
            };
            Ok((Stack { height }, (items,)))
        }
    }

    #[class(extends = Int, subclass, frozen, get_all)]
    struct Metres {
        unit: String,
    }

    #[methods]
    impl Metres {
        #[new]
        #[hpy(signature = (value, unit = "m"))]
        fn new(value: i64, unit: &str) -> (Self, (i64,)) {
            (Metres { unit: unit.to_owned() }, (value,))
        }
        fn __add__(&self, slf: &Handle<'_, Self>, other: i64) -> hpy::Result<(i64, String)> {
            Ok((slf.extract::<i64>()?.wrapping_add(other), self.unit.clone()))
        }
    }

    #[class(extends = Str, subclass, frozen, get_all)]
    struct Name {
        rank: i64,
    }

    #[methods]
    impl Name {
        #[new]
        #[hpy(signature = (text, rank = 0))]
        fn new(text: String, rank: i64) -> (Self, (String,)) {
            (Name { rank }, (text,))
        }
    }

    #[class(extends = hpy::exceptions::ValueError, subclass, get_all, set_all)]
    struct Problem {
        line: u32,
    }

    #[methods]
    impl Problem {
        #[new]
        #[hpy(signature = (message, line = 0))]
        fn new(message: &str, line: u32) -> Self {
            let _ = message; // in `args`
            Problem { line }
        }
    }
}
