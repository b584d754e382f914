//! `HashKey`: Python objects as keys of Rust's maps.

#[hpy::module(host = "embedded")]
mod hash_keys {
    use std::cell::RefCell;
    use std::collections::{HashMap, HashSet};
    use std::sync::mpsc::{Sender, channel};

    use hpy::exceptions::KeyError;
    use hpy::{Context, Handle, HashKey, Py, Result};

    /// A dict without order.
    #[class]
    #[derive(Default)]
    struct Map {
        items: HashMap<HashKey, Py>,
    }

    #[methods]
    impl Map {
        #[new]
        fn new() -> Self {
            Map::default()
        }

        fn __setitem__(&mut self, ctx: Context<'_>, key: HashKey, value: Py) -> Result<()> {
            // What was there ends here, with the map whole.
            let old = HashKey::scope(ctx, || self.items.insert(key, value))?;
            drop(old);
            Ok(())
        }

        fn __getitem__<'ctx>(&self, ctx: Context<'ctx>, key: HashKey) -> Result<Handle<'ctx>> {
            match HashKey::scope(ctx, || self.items.get(&key))? {
                Some(value) => Ok(value.get(ctx)),
                None => Err(KeyError::new_err("no such key")),
            }
        }

        fn __delitem__(&mut self, ctx: Context<'_>, key: HashKey) -> Result<()> {
            match HashKey::scope(ctx, || self.items.remove_entry(&key))? {
                Some(_) => Ok(()),
                None => Err(KeyError::new_err("no such key")),
            }
        }

        fn __contains__(&self, ctx: Context<'_>, key: HashKey) -> Result<bool> {
            HashKey::scope(ctx, || self.items.contains_key(&key))
        }

        fn __len__(&self) -> usize {
            self.items.len()
        }

        fn keys<'ctx>(&self, ctx: Context<'ctx>) -> Vec<Handle<'ctx>> {
            self.items.keys().map(|key| key.object().get(ctx)).collect()
        }

        /// Without a scope: an exception is unraisable.
        fn put_unscoped(&mut self, key: HashKey, value: Py) -> usize {
            self.items.insert(key, value);
            self.items.len()
        }

        /// A scope in a scope, and a call of Python between them.
        fn put_after(
            &mut self,
            ctx: Context<'_>,
            key: HashKey,
            value: Py,
            function: &Handle<'_>,
        ) -> Result<()> {
            HashKey::scope(ctx, || {
                function.call(())?;
                HashKey::scope(ctx, || self.items.insert(key, value)).map(drop)
            })?
        }
    }

    #[function]
    fn distinct(ctx: Context<'_>, objects: Vec<HashKey>) -> Result<usize> {
        Ok(HashKey::scope(ctx, || objects.into_iter().collect::<HashSet<_>>())?.len())
    }

    /// A comparison that raises, in a function without a scope that is called from one.
    #[function]
    fn compare(one: HashKey, other: HashKey) -> bool {
        one == other
    }

    #[function]
    fn panic_in_scope(ctx: Context<'_>) -> Result<()> {
        HashKey::scope(ctx, || panic!("not a comparison"))
    }

    thread_local!(static LAST: RefCell<Option<Last>> = const { RefCell::new(None) });

    /// Compares two keys in a scope when it is dropped, and sends the result.
    struct Last {
        keys: [HashKey; 2],
        result: Sender<Option<bool>>,
    }

    impl Drop for Last {
        fn drop(&mut self) {
            let [one, other] = &self.keys;
            let equal = hpy::attach(|ctx| {
                drop(one.clone_ref(ctx)); // a reference that is released at once
                HashKey::scope(ctx, || one == other).ok()
            });
            self.result.send(equal.ok().flatten()).unwrap();
        }
    }

    /// Compares two keys in a scope of a thread, and again when its thread-local values are dropped.
    #[function]
    fn compare_at_the_end_of_a_thread(
        ctx: Context<'_>,
        one: HashKey,
        other: HashKey,
    ) -> (Option<bool>, Option<bool>) {
        let (result, results) = channel();
        let work = move || {
            let sender = result.clone();
            LAST.set(Some(Last { keys: [one, other], result }));
            let equal = hpy::attach(|ctx| {
                LAST.with_borrow(|last| {
                    let [one, other] = &last.as_ref().unwrap().keys;
                    drop(one.clone_ref(ctx));
                    HashKey::scope(ctx, || one == other).ok()
                })
            });
            sender.send(equal.ok().flatten()).unwrap();
        };
        ctx.detach(|| std::thread::spawn(work).join().unwrap());
        (results.recv().unwrap(), results.recv().unwrap())
    }

    #[function]
    fn round_trip(key: HashKey) -> HashKey {
        key
    }
}
