//! `Py`: references that belong to no call.

#[hpy::module(host = "embedded")]
mod references {
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex, OnceLock};

    use hpy::types::{Dict, Str};
    use hpy::{Context, Handle, Py, Ref, Result};

    static STATIC: OnceLock<Py<Dict>> = OnceLock::new();
    static KEPT: Mutex<Vec<Py>> = Mutex::new(Vec::new());

    /// A dict in a `static`: made by the first call.
    #[function]
    fn in_static<'ctx>(ctx: Context<'ctx>) -> Result<Handle<'ctx, Dict>> {
        if let Some(dict) = STATIC.get() {
            return Ok(dict.get(ctx));
        }
        let dict = Dict::new(ctx)?;
        let _ = STATIC.set(Py::new(&dict));
        Ok(dict)
    }

    #[function]
    fn keep(object: Py) {
        KEPT.lock().unwrap().push(object);
    }

    #[function]
    fn kept(ctx: Context<'_>) -> Vec<Handle<'_>> {
        KEPT.lock().unwrap().iter().map(|object| object.get(ctx)).collect()
    }

    /// Drops what is kept, outside of the lock: what ends may call `keep`.
    /// References to all that is kept, made while its lock is held.
    #[function]
    fn clones_of_kept(ctx: Context<'_>) -> Vec<Py> {
        KEPT.lock().unwrap().iter().map(|object| object.clone_ref(ctx)).collect()
    }

    #[function]
    fn forget() -> usize {
        let kept = std::mem::take(&mut *KEPT.lock().unwrap());
        kept.len()
    }

    /// By each way there is, and back.
    #[function]
    fn round_trip<'ctx>(ctx: Context<'ctx>, object: Handle<'ctx>) -> Result<Vec<Handle<'ctx>>> {
        let py = Py::new(&object);
        let borrowed: Ref<'_, 'ctx> = py.bind(ctx);
        assert!(borrowed.is(&object));
        let second = py.clone_ref(ctx);
        let third = object.clone().unbind();
        let fourth: Py = (&object).into();
        let fifth: Py = object.as_ref().into();
        third.close(ctx);
        drop(fourth);
        Ok(vec![py.get(ctx), second.into_handle(ctx), fifth.into_any().get(ctx), object])
    }

    #[function]
    fn typed(text: Py<Str>) -> Py<Str> {
        text
    }

    #[function]
    fn optional(object: Option<Py>) -> Option<Py> {
        object
    }

    /// References in containers of Rust.
    #[function]
    fn group(pairs: Vec<(String, Py)>) -> HashMap<String, Py> {
        pairs.into_iter().collect()
    }

    /// Drops the reference in a thread that Rust made, while the caller is detached or, if not, holds the GIL.
    #[function]
    fn drop_in_thread(ctx: Context<'_>, object: Py, detached: bool) {
        let thread = std::thread::spawn(move || drop(object));
        if detached {
            ctx.detach(|| thread.join().unwrap());
        } else {
            thread.join().unwrap();
        }
    }

    #[function]
    fn drop_detached(ctx: Context<'_>, object: Py) {
        ctx.detach(move || drop(object));
    }

    /// Creates a reference, which releases those dropped elsewhere before.
    #[function]
    fn drain(ctx: Context<'_>) {
        Py::from(ctx.none().to_owned()).close(ctx);
    }

    /// Sends references through a channel and back, in an `Arc`.
    #[function]
    fn through_threads<'ctx>(ctx: Context<'ctx>, objects: Vec<Py>) -> Vec<Handle<'ctx>> {
        let shared = Arc::new(objects);
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || shared.len())
            })
            .collect();
        ctx.detach(|| threads.into_iter().for_each(|thread| _ = thread.join().unwrap()));
        shared.iter().map(|object| object.get(ctx)).collect()
    }

    type Call = Box<dyn for<'c> Fn(Context<'c>, i64) -> Result<Handle<'c>> + Send + Sync>;

    /// A closure that owns a reference.
    #[function]
    fn in_closure<'ctx>(ctx: Context<'ctx>, function: Py) -> Result<Handle<'ctx>> {
        let call: Call = Box::new(move |ctx, n| function.bind(ctx).call((n,)));
        call(ctx, 1)?;
        call(ctx, 2)
    }

    /// An instance that owns references, with and without a name.
    #[class(subclass)]
    struct Box_ {
        value: Option<Py>,
        more: HashMap<String, Py>,
    }

    #[methods]
    impl Box_ {
        #[new]
        fn new(value: Option<Py>) -> Self {
            Box_ { value, more: HashMap::new() }
        }

        #[getter]
        fn value<'ctx>(&self, ctx: Context<'ctx>) -> Option<Handle<'ctx>> {
            self.value.as_ref().map(|value| value.get(ctx))
        }

        #[setter]
        fn set_value(&mut self, value: Option<Py>) {
            self.value = value;
        }

        fn put(&mut self, name: String, value: Py) -> Option<Py> {
            self.more.insert(name, value)
        }

        fn names(&self) -> Vec<String> {
            let mut names: Vec<_> = self.more.keys().cloned().collect();
            names.sort();
            names
        }
    }

    /// An instance in a reference.
    #[class(frozen)]
    struct Number(i64);

    #[methods]
    impl Number {
        #[new]
        fn new(value: i64) -> Self {
            Number(value)
        }
    }

    #[function]
    fn add(ctx: Context<'_>, numbers: Vec<Py<Number>>) -> Result<i64> {
        numbers.iter().map(|number| Ok(number.bind(ctx).borrow()?.0)).sum()
    }
}
