//! Rust closures as Python callables: instances of a `#[class]` of the crate itself.

#[hpy::module]
mod closures {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicI64, Ordering};

    use hpy::exceptions::ValueError;
    use hpy::types::{Callable, Dict, Tuple};
    use hpy::{Args, Context, Handle, Py, Result};

    crate::alive::counted!();

    #[function]
    fn alive() -> usize {
        Alive::count()
    }

    /// Counts its calls.
    #[function]
    fn counter<'ctx>(ctx: Context<'ctx>, start: i64) -> Result<Handle<'ctx, Callable>> {
        let (alive, count) = (Alive::new(), AtomicI64::new(start));
        Callable::new(ctx, "count", move |_, _| {
            let _ = &alive;
            count.fetch_add(1, Ordering::Relaxed)
        })
    }

    /// No signature: arguments by position.
    #[function]
    fn scale_by<'ctx>(ctx: Context<'ctx>, factor: f64) -> Result<Handle<'ctx, Callable>> {
        Callable::new(ctx, "scale", move |_, args| -> Result<f64> {
            let (value,): (f64,) = args.extract()?;
            Ok(value * factor)
        })
    }

    #[function]
    fn join<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Callable>> {
        Callable::build("join", |_, args| -> Result<String> {
            let (one, two, times, separator): (&str, Option<String>, Option<usize>, Option<&str>) =
                args.extract()?;
            let two = two.unwrap_or_else(|| "-".to_owned());
            Ok(vec![format!("{one}{two}"); times.unwrap_or(2)].join(separator.unwrap_or(", ")))
        })
        .signature("one, /, two='-', times=2, *, separator=', '")
        .doc("Join texts.")
        .create(ctx)
    }

    /// Gives back all arguments, as a function with that signature gets them.
    #[function]
    fn with_signature<'ctx>(
        ctx: Context<'ctx>,
        signature: Option<&str>,
        count: usize,
    ) -> Result<Handle<'ctx, Callable>> {
        let mut function = Callable::build("f", move |ctx, args: &Args<'_, '_>| -> Result<Py<Tuple>> {
            let given: Vec<_> = (0..count).map(|i| args.get(i).map(|one| one.to_owned())).collect();
            let all = (given, args.rest_positional()?, args.rest_keywords()?);
            hpy::IntoPython::into_python(all, ctx).map(Handle::unbind)
        });
        if let Some(signature) = signature {
            function = function.signature(signature);
        }
        function.create(ctx)
    }

    /// Keeps an object and a mutable state; calls itself again through it.
    #[function]
    fn record<'ctx>(ctx: Context<'ctx>, callback: Py) -> Result<Handle<'ctx, Callable>> {
        let seen = Mutex::new(Vec::new());
        let alive = Alive::new();
        Callable::new(ctx, "record", move |ctx, args| -> Result<Vec<i64>> {
            let (value,): (i64,) = args.extract()?;
            let _ = &alive;
            seen.lock().unwrap().push(value);
            callback.bind(ctx).call((value,))?;
            Ok(seen.lock().unwrap().clone())
        })
    }

    #[function]
    fn failing<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Callable>> {
        Callable::new(ctx, "fail", |_, args| -> Result<()> {
            let (how,): (&str,) = args.extract()?;
            match how {
                "panic" => panic!("a closure panicked"),
                "too many" => args.extract::<(i64, i64)>().map(drop),
                _ => Err(ValueError::new_err(how.to_owned())),
            }
        })
    }

    /// Extracts another number of values than the signature has.
    #[function]
    fn mistaken<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Callable>> {
        Callable::build("mistaken", |_, args| args.extract::<(i64,)>().map(|(one,)| one))
            .signature("a, b")
            .create(ctx)
    }

    /// A parameter with a default panics when it is dropped.
    #[function]
    fn panics_at_the_end<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Callable>> {
        struct Loud;
        impl Drop for Loud {
            fn drop(&mut self) {
                panic!("a closure's drop panicked");
            }
        }
        let loud = Loud;
        Callable::new(ctx, "loud", move |_, _| {
            let _ = &loud;
        })
    }

    /// Is it what `Callable` means, and does Python's own work with it?
    #[function]
    fn sorted_by_length<'ctx>(ctx: Context<'ctx>, names: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        let key =
            Callable::new(ctx, "length", |_, args| args.extract::<(&str,)>().map(|(text,)| text.len()))?;
        ctx.builtins().getitem("sorted")?.call_kw((names,), (("key", key),))
    }

    #[function]
    fn many<'ctx>(ctx: Context<'ctx>, count: usize) -> Result<Handle<'ctx, Dict>> {
        let all = Dict::new(ctx)?;
        for number in 0..count {
            let alive = Alive::new();
            let one = Callable::new(ctx, format!("f{number}"), move |_, _| {
                let _ = &alive;
                number
            })?;
            all.setitem(number, one)?;
        }
        Ok(all)
    }
}
