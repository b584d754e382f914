//! Rust iterators in Python.

#[hpy::module]
mod iterators {
    use hpy::exceptions::{KeyError, ValueError};
    use hpy::{Iter, Result};

    crate::alive::counted!();

    #[function]
    fn alive() -> usize {
        Alive::count()
    }

    /// The numbers below `end`.
    #[function]
    fn count(end: u64) -> Iter<u64> {
        let alive = Alive::new();
        Iter::new((0..end).inspect(move |_| {
            let _ = &alive;
        }))
    }

    /// One text for ever.
    #[function]
    fn repeat(text: String) -> Iter<String> {
        Iter::new(std::iter::repeat(text))
    }

    /// Even numbers; nobody knows how many.
    #[function]
    fn even(end: u32) -> Iter<u32> {
        Iter::new((0..end).filter(|n| n % 2 == 0))
    }

    /// Numbers in a text.
    #[function]
    fn parse(text: String) -> Iter<Result<i64>> {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        Iter::new(words.into_iter().map(|word| match word.as_str() {
            "key" => Err(KeyError::new_err("key")),
            word => Ok(word.parse()?),
        }))
    }

    #[function]
    fn panics(at: u32) -> Iter<u32> {
        let alive = Alive::new();
        Iter::new((0..).inspect(move |n| {
            let _ = &alive;
            assert_ne!(*n, at, "at {at}");
        }))
    }

    /// Comes back to life after its end, which Python does not expect.
    #[function]
    fn blinks() -> Iter<u32> {
        let mut calls = 0;
        Iter::new(std::iter::from_fn(move || {
            calls += 1;
            (calls % 2 == 1).then_some(calls)
        }))
    }

    #[function]
    fn maybe(end: u64) -> Result<Option<Iter<u64>>> {
        match end {
            0 => Ok(None),
            13 => Err(ValueError::new_err("unlucky")),
            end => Ok(Some(Iter::new(0..end))),
        }
    }

    /// Gives instances.
    #[function]
    fn bags(count: usize) -> Iter<Bag> {
        Iter::new((0..count).map(|n| Bag { things: vec![n.to_string()], _alive: Alive::new() }))
    }

    #[class]
    struct Bag {
        #[hpy(get)]
        things: Vec<String>,
        _alive: Alive,
    }

    #[methods]
    impl Bag {
        #[new]
        #[hpy(signature = (*things))]
        fn new(things: Vec<String>) -> Self {
            Bag { things, _alive: Alive::new() }
        }

        fn add(&mut self, thing: String) {
            self.things.push(thing);
        }

        fn __iter__(&self) -> Iter<String> {
            Iter::new(self.things.clone())
        }

        fn __reversed__(&self) -> Iter<String> {
            Iter::new(self.things.clone().into_iter().rev())
        }

        /// Pairs of numbers and texts.
        fn items(&self) -> Iter<(usize, String)> {
            Iter::new(self.things.clone().into_iter().enumerate())
        }
    }
}
