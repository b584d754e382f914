//! Instances with a `__dict__` and weak references.

#[hpy::module]
mod dict_and_weakrefs {
    use hpy::{Field, Handle};

    crate::alive::counted!();

    #[function]
    fn alive() -> usize {
        Alive::count()
    }

    /// Has attributes that Python makes up.
    #[class(dict)]
    struct Open {
        #[hpy(get, set)]
        number: i64,
        _alive: Alive,
    }

    #[methods]
    impl Open {
        #[new]
        #[hpy(signature = (number = 0))]
        fn new(number: i64) -> Self {
            Open { number, _alive: Alive::new() }
        }
    }

    /// Can be referred to weakly.
    #[class(weakref, frozen)]
    struct Watched {
        #[hpy(get)]
        number: i64,
        _alive: Alive,
    }

    #[methods]
    impl Watched {
        #[new]
        #[hpy(signature = (number = 0))]
        fn new(number: i64) -> Self {
            Watched { number, _alive: Alive::new() }
        }
    }

    /// Both, with a field, and open for subclasses.
    #[class(dict, weakref, subclass)]
    struct Both {
        content: Field,
        _alive: Alive,
    }

    #[methods]
    impl Both {
        #[new]
        #[hpy(signature = (content = None))]
        fn new(content: Option<Handle<'_>>) -> Self {
            Both { content: Field::from(content), _alive: Alive::new() }
        }

        #[getter]
        fn content<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx>> {
            self.content.load(slf)
        }

        #[setter]
        fn set_content<'ctx>(&self, slf: &Handle<'ctx, Self>, content: &Handle<'ctx>) {
            self.content.store(slf, content);
        }
    }

    /// Neither.
    #[class]
    struct Closed {
        #[hpy(get, set)]
        number: i64,
    }

    #[methods]
    impl Closed {
        #[new]
        fn new() -> Self {
            Closed { number: 0 }
        }
    }
}
