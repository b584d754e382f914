//! Instances, fields, errors and globals for which two threads, two hosts or two calls compete.

#[hpy::module(gil = false)]
mod instances {
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;
    use std::sync::{Arc, Mutex};

    use hpy::exceptions::ValueError;
    use hpy::types::{Any, Dict, Str, Tuple, Type};
    use hpy::{Context, Error, Field, Global, Handle, Result};

    type TypeArgs<'ctx> = (Handle<'ctx, Str>, Handle<'ctx, Tuple>, Handle<'ctx, Dict>);

    /// A metaclass whose data stays on its thread.
    #[class(extends = Type, subclass, unsendable)]
    struct Bound {
        rc: Rc<u64>,
    }

    #[methods]
    impl Bound {
        #[new]
        fn new<'ctx>(
            name: Handle<'ctx, Str>,
            bases: Handle<'ctx, Tuple>,
            namespace: Handle<'ctx, Dict>,
        ) -> (Self, TypeArgs<'ctx>) {
            (Bound { rc: Rc::new(7) }, (name, bases, namespace))
        }

        /// How many have the value while this does.
        fn shared(&self) -> usize {
            let more: Vec<Rc<u64>> = (0..100).map(|_| self.rc.clone()).collect();
            more.iter().map(|rc| **rc).sum::<u64>() as usize / 700 * Rc::strong_count(&self.rc)
        }
    }

    /// A metaclass with much data.
    #[class(extends = Type, subclass)]
    struct Large {
        values: [u64; 64],
    }

    #[methods]
    impl Large {
        #[new]
        fn new<'ctx>(
            name: Handle<'ctx, Str>,
            bases: Handle<'ctx, Tuple>,
            namespace: Handle<'ctx, Dict>,
        ) -> (Self, TypeArgs<'ctx>) {
            (Large { values: [1; 64] }, (name, bases, namespace))
        }

        fn sum(&self) -> u64 {
            self.values.iter().sum()
        }

        fn fill(&mut self, value: u64) {
            self.values.fill(value);
        }
    }

    /// A metaclass with little data.
    #[class(extends = Type, subclass)]
    struct Small {
        value: u64,
    }

    #[methods]
    impl Small {
        #[new]
        fn new<'ctx>(
            name: Handle<'ctx, Str>,
            bases: Handle<'ctx, Tuple>,
            namespace: Handle<'ctx, Dict>,
        ) -> (Self, TypeArgs<'ctx>) {
            (Small { value: 5 }, (name, bases, namespace))
        }

        fn value(&self) -> u64 {
            self.value
        }
    }

    /// A field that no instance has yet.
    static PENDING: Mutex<Option<Arc<Field>>> = Mutex::new(None);

    /// Makes an object a field of whichever [`Adopter`] asks first.
    #[function]
    fn offer(value: Option<Handle<'_>>) {
        let field = value.map(|value| Arc::new(Field::new(value)));
        let old = core::mem::replace(&mut *PENDING.lock().unwrap(), field);
        drop(old);
    }

    /// Has fields.
    #[class]
    struct Adopter {
        fields: Vec<Field>,
    }

    #[methods]
    impl Adopter {
        #[new]
        fn new() -> Self {
            Adopter { fields: Vec::new() }
        }

        /// What the offered field holds, if this instance gets it.
        fn adopt<'ctx>(slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx>> {
            let field = PENDING.lock().unwrap().clone()?;
            field.load(slf)
        }

        fn len(&self) -> usize {
            self.fields.len()
        }
    }

    thread_local! {
        static KEPT: RefCell<Option<Error>> = const { RefCell::new(None) };
        /// Called by those further down the stack.
        static HERE: Cell<Option<*const dyn Fn() -> usize>> = const { Cell::new(None) };
    }

    /// Keeps the exception that a call raises.
    #[function]
    fn keep_error<'ctx>(f: &Handle<'ctx>) {
        KEPT.set(f.call(()).err());
    }

    /// Is the kept exception a ValueError?
    #[function]
    fn is_value_error(ctx: Context<'_>) -> Option<bool> {
        KEPT.with_borrow(|kept| kept.as_ref().map(|error| error.is_instance_of::<ValueError>(ctx)))
    }

    /// Raises the kept exception.
    #[function]
    fn raise_kept() -> Result<()> {
        KEPT.take().map_or(Ok(()), Err)
    }

    /// The kept exception.
    #[function]
    fn kept_value<'ctx>(ctx: Context<'ctx>) -> Result<Option<Handle<'ctx>>> {
        KEPT.take().map(|error| error.value(ctx)).transpose()
    }

    static OBJECT: Global<Any> = Global::new();

    #[function]
    fn store<'ctx>(ctx: Context<'ctx>, value: &Handle<'ctx>) {
        OBJECT.store(ctx, value);
    }

    #[function]
    fn load<'ctx>(ctx: Context<'ctx>) -> Option<Handle<'ctx>> {
        OBJECT.load(ctx)
    }

    /// Calls `f` with the function `g` to be found by [`call_here`].
    fn here<R>(g: &dyn Fn() -> usize, f: impl FnOnce() -> R) -> R {
        struct Back(Option<*const dyn Fn() -> usize>);
        impl Drop for Back {
            fn drop(&mut self) {
                HERE.set(self.0);
            }
        }
        // SAFETY: only the lifetime changes; `Back` takes the pointer away before `g` ends.
        let g: &'static dyn Fn() -> usize = unsafe { core::mem::transmute(g) };
        let _back = Back(HERE.replace(Some(g)));
        f()
    }

    fn call_here() -> usize {
        // SAFETY: `here` is on the stack while there is one.
        HERE.get().map_or(0, |g| unsafe { (*g)() })
    }

    /// Do calls look whether they are made in `detach`?
    #[function]
    fn looks_for_detached_calls() -> bool {
        cfg!(debug_assertions)
    }

    /// Uses a handle in `detach`, by a thread-local that a function further up the stack has filled: what crates for "scoped"
    /// thread-locals can do.
    #[function]
    fn use_while_detached<'ctx>(ctx: Context<'ctx>, value: &Handle<'ctx>) -> usize {
        let hash = || value.repr().map_or(0, |text| text.clone().len().unwrap_or(0));
        here(&hash, || ctx.detach(call_here))
    }

    /// The same, on the way back into Python.
    #[function]
    fn use_while_attached<'ctx>(ctx: Context<'ctx>, value: &Handle<'ctx>) -> usize {
        let hash = || value.repr().map_or(0, |text| text.clone().len().unwrap_or(0));
        here(&hash, || {
            ctx.detach(|| ());
            call_here()
        })
    }
}
