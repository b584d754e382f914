//! `__del__`.

#[hpy::module]
mod finalizers {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use hpy::exceptions::ValueError;
    use hpy::{Field, Global, Handle, Result};

    static DROPS: AtomicUsize = AtomicUsize::new(0);
    static KEPT: Global = Global::new();

    /// How many values were dropped.
    #[function]
    fn drops() -> usize {
        DROPS.load(Ordering::Relaxed)
    }

    /// What a `Phoenix` has kept alive, which is then let go.
    #[function]
    fn kept(ctx: hpy::Context<'_>) -> Option<Handle<'_>> {
        let kept = KEPT.load(ctx);
        KEPT.store(ctx, ctx.none().as_any());
        kept
    }

    struct Counted;

    impl Drop for Counted {
        fn drop(&mut self) {
            DROPS.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Calls a function at its end.
    #[class(subclass)]
    struct Caller {
        function: Field,
        other: Field,
        #[hpy(get)]
        calls: u32,
        _counted: Counted,
    }

    #[methods]
    impl Caller {
        #[new]
        #[hpy(signature = (function = None, other = None))]
        fn new(function: Option<Handle<'_>>, other: Option<Handle<'_>>) -> Self {
            Caller { function: function.into(), other: other.into(), calls: 0, _counted: Counted }
        }

        #[setter]
        fn set_other<'ctx>(&self, slf: &Handle<'ctx, Self>, other: &Handle<'ctx>) {
            self.other.store(slf, other);
        }

        #[getter]
        fn other<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx>> {
            self.other.load(slf)
        }

        fn __del__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<()> {
            slf.borrow_mut()?.calls += 1;
            let function = slf.borrow()?.function.load(slf);
            match function {
                Some(function) => function.call((slf,)).map(drop),
                None => Ok(()),
            }
        }
    }

    /// Has nothing that the garbage collector must know.
    #[class(frozen)]
    struct Plain {
        how: String,
        _counted: Counted,
    }

    #[methods]
    impl Plain {
        #[new]
        fn new(how: String) -> Self {
            Plain { how, _counted: Counted }
        }

        fn __del__(&self) -> Result<()> {
            match self.how.as_str() {
                "error" => Err(ValueError::new_err("at the end")),
                "panic" => panic!("at the end"),
                _ => Ok(()),
            }
        }
    }

    /// Lives on, once.
    #[class]
    struct Phoenix {
        #[hpy(get)]
        deaths: u32,
        _counted: Counted,
    }

    #[methods]
    impl Phoenix {
        #[new]
        fn new() -> Self {
            Phoenix { deaths: 0, _counted: Counted }
        }

        fn __del__(&mut self, slf: &Handle<'_, Self>) {
            self.deaths += 1;
            KEPT.store(slf.ctx(), slf.as_any());
        }
    }

    /// Bound to the thread that made it.
    #[class(unsendable)]
    struct Local {
        _counted: Counted,
    }

    #[methods]
    impl Local {
        #[new]
        fn new() -> Self {
            Local { _counted: Counted }
        }

        fn __del__(&self) {}
    }

    /// Has no value, as its `__new__` fails.
    #[class]
    struct Stillborn {
        _counted: Counted,
    }

    #[methods]
    impl Stillborn {
        #[new]
        fn new() -> Result<Self> {
            Err(ValueError::new_err("no"))
        }

        fn __del__(&self) {
            panic!("of no value");
        }
    }
}
