//! `attach`: Python called from any thread.

#[hpy::module(host = "embedded", gil = false)]
mod attaching {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use hpy::exceptions::ValueError;
    use hpy::types::Int;
    use hpy::{AttachError, Context, Handle, Py, Result};

    /// Calls a function in a thread that Rust made: its result or its exception.
    #[function]
    fn call_in_thread<'ctx>(ctx: Context<'ctx>, function: Py, n: i64) -> Result<Handle<'ctx>> {
        // An exception is carried to another thread as its object.
        let work = move || {
            hpy::attach(|ctx| match function.bind(ctx).call((n,)) {
                Ok(result) => (true, Some(Py::from(result))),
                Err(error) => (false, error.value(ctx).ok().map(Py::from)),
            })
        };
        let (good, object) = ctx.detach(|| std::thread::spawn(work).join().unwrap())?;
        let object = object.ok_or_else(|| ValueError::new_err("no exception"))?.into_handle(ctx);
        if good { Ok(object) } else { Err(hpy::Error::from_value(&object)) }
    }

    /// Calls a function many times from many threads.
    #[function]
    fn call_from_threads(ctx: Context<'_>, function: Py, threads: usize, calls: i64) -> Result<usize> {
        let good = AtomicUsize::new(0);
        ctx.detach(|| {
            std::thread::scope(|scope| {
                for _ in 0..threads {
                    scope.spawn(|| {
                        for n in 0..calls {
                            let called = hpy::attach(|ctx| {
                                let mine = function.clone_ref(ctx);
                                mine.bind(ctx).call((n,))?.extract::<i64>()
                            });
                            if matches!(called, Ok(Ok(m)) if m == n) {
                                good.fetch_add(1, Ordering::Relaxed);
                            }
                        }
                    });
                }
            });
        });
        Ok(good.into_inner())
    }

    /// To Python and back; -1 if that fails.
    fn number(ctx: Context<'_>, n: i64) -> i64 {
        Int::new(ctx, n).and_then(|n| n.extract()).unwrap_or(-1)
    }

    /// In a call, in another `attach`, in `detach`.
    #[function]
    fn nested(ctx: Context<'_>) -> Result<Vec<i64>> {
        let mut seen = Vec::new();
        seen.push(hpy::attach(|ctx| Int::new(ctx, 1)?.extract::<i64>())??);
        let inner = ctx.detach(|| {
            hpy::attach(|ctx| {
                let two = Int::new(ctx, 2)?;
                let three = ctx.detach(|| hpy::attach(|ctx| number(ctx, 3)))?;
                Ok::<_, hpy::Error>((two.extract::<i64>()?, three))
            })
            .map(|result| result.map_err(|error| format!("{error:?}")))
        });
        let (two, three) = inner?.map_err(ValueError::new_err)?;
        seen.extend([two, three]);
        seen.push(hpy::attach(|_| hpy::attach(|ctx| Int::new(ctx, 4)?.extract::<i64>()))???);
        Ok(seen)
    }

    /// A handle of the call, used in a nested `attach` beside one of its own.
    #[function]
    fn mix<'ctx>(list: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        hpy::attach(|ctx| Int::new(ctx, 5)?.extract::<i64>())??;
        hpy::attach(|_| list.call_method("append", (5,)).map(drop))??;
        Ok(list.clone())
    }

    /// Where it panics: "here", "thread" or "detached".
    #[function]
    fn panics(ctx: Context<'_>, place: &str) -> Result<bool> {
        match place {
            "here" => Ok(hpy::attach(|_| panic!("in attach"))?),
            "detached" => Ok(ctx.detach(|| hpy::attach(|_| panic!("in attach")))?),
            _ => {
                Ok(ctx.detach(|| std::thread::spawn(|| hpy::attach(|_| panic!("in attach"))).join().is_err()))
            }
        }
    }

    /// Raises inside, and lets go of it there.
    #[function]
    fn raises(function: Py) -> Result<bool> {
        Ok(hpy::attach(|ctx| function.bind(ctx).call(()).is_err())?)
    }

    /// An instance whose end calls Python.
    #[class]
    struct Last {
        function: Py,
    }

    #[methods]
    impl Last {
        #[new]
        fn new(function: Py) -> Self {
            Last { function }
        }
    }

    impl Drop for Last {
        fn drop(&mut self) {
            let _ = hpy::attach(|ctx| self.function.bind(ctx).call(()).map(drop).is_ok());
        }
    }

    /// Threads that attach for ever, until that is refused.
    #[function]
    fn spin(function: Py, threads: usize) {
        let function = std::sync::Arc::new(function);
        for _ in 0..threads {
            let function = std::sync::Arc::clone(&function);
            std::thread::spawn(move || {
                loop {
                    match hpy::attach(|ctx| function.bind(ctx).call(()).is_ok()) {
                        Ok(_) => {}
                        Err(error) => {
                            assert!(error.is_finalizing());
                            break;
                        }
                    }
                }
            });
        }
    }

    extern "C" fn at_end() {
        let error: Option<AttachError> = hpy::attach(|_| ()).err();
        println!("after the end: {}", error.map_or("attached".to_owned(), |error| error.to_string()));
    }

    unsafe extern "C" {
        safe fn atexit(function: extern "C" fn()) -> i32;
    }

    /// Attaches when the process ends, which is after the interpreter ended.
    #[function]
    fn attach_at_exit() {
        atexit(at_end);
    }

    /// Waits, detached.
    #[function]
    fn pause(ctx: Context<'_>, milliseconds: u64) {
        ctx.detach(|| std::thread::sleep(Duration::from_millis(milliseconds)));
    }
}
