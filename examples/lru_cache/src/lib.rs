//! A mapping that evicts the least recently used item.
//!
//! Keys and values are Python's. A key's `__hash__` and `__eq__` are Python code, which may use this very cache; so nothing is
//! borrowed while they run, and what was found is looked at again afterwards.

#[hpy::module]
mod lru_cache {
    use std::collections::HashMap;
    use std::hash::{BuildHasherDefault, Hasher};

    use hpy::exceptions::{KeyError, TypeError, ValueError};
    use hpy::types::{Int, Iterator, List, Str, Tuple};
    use hpy::{Context, Field, Fields, Handle, Result};

    /// No entry.
    const NONE: usize = usize::MAX;

    /// A key, its value, and the entries beside it.
    #[derive(Fields)]
    struct Entry {
        key: Field,
        value: Field,
        hash: isize,
        /// The entry that was used before this one, and the one that was used after it.
        older: usize,
        newer: usize,
        /// The next entry whose key has the same hash; the next unused one, if this one is unused.
        next: usize,
    }

    /// The hash of a key is spread well enough already.
    #[derive(Default)]
    struct Unchanged(u64);

    impl Hasher for Unchanged {
        fn finish(&self) -> u64 {
            self.0
        }

        fn write(&mut self, bytes: &[u8]) {
            bytes.iter().for_each(|byte| self.0 = self.0 << 8 | u64::from(*byte));
        }

        fn write_isize(&mut self, hash: isize) {
            // Upper bits count, too: small numbers are their own hashes.
            self.0 = (hash as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    /// A mapping of at most `maxsize` items. With a `function`, calling it gives that function's results, from the mapping
    /// if they are there.
    #[class(mapping)]
    struct Cache {
        maxsize: usize,
        function: Option<Field>,
        entries: Vec<Entry>,
        /// The first entry of each hash.
        by_hash: HashMap<isize, usize, BuildHasherDefault<Unchanged>>,
        len: usize,
        oldest: usize,
        newest: usize,
        unused: usize,
        /// Counts the entries that were added or removed.
        changes: u64,
        hits: u64,
        misses: u64,
    }

    /// What was taken out. It lives until nothing is borrowed any more, as its end may run Python code.
    type Removed<'ctx> = [Option<Handle<'ctx>>; 2];

    impl Cache {
        /// Takes an entry out of the order of use.
        fn unlink(&mut self, at: usize) {
            let (older, newer) = (self.entries[at].older, self.entries[at].newer);
            if older == NONE {
                self.oldest = newer
            } else {
                self.entries[older].newer = newer
            }
            if newer == NONE { self.newest = older } else { self.entries[newer].older = older }
        }

        /// Makes an entry the one that was used last.
        fn link(&mut self, at: usize) {
            let older = self.newest;
            self.entries[at].older = older;
            self.entries[at].newer = NONE;
            if older == NONE {
                self.oldest = at
            } else {
                self.entries[older].newer = at
            }
            self.newest = at;
        }

        fn touch(&mut self, at: usize) {
            if self.newest != at {
                self.unlink(at);
                self.link(at);
            }
        }

        fn remove<'ctx>(&mut self, slf: &Handle<'ctx, Self>, at: usize) -> Removed<'ctx> {
            self.unlink(at);
            let (hash, next) = (self.entries[at].hash, self.entries[at].next);
            let first = self.first(hash);
            if first != at {
                let mut before = first;
                while self.entries[before].next != at {
                    before = self.entries[before].next;
                }
                self.entries[before].next = next;
            } else if next == NONE {
                self.by_hash.remove(&hash);
            } else {
                self.by_hash.insert(hash, next);
            }
            self.entries[at].next = self.unused;
            self.unused = at;
            self.len -= 1;
            self.changes += 1;
            let entry = &self.entries[at];
            [&entry.key, &entry.value].map(|field| {
                let object = field.load(slf);
                field.clear(slf);
                object
            })
        }

        fn add<'ctx>(
            &mut self,
            slf: &Handle<'ctx, Self>,
            key: &Handle<'ctx>,
            hash: isize,
            value: &Handle<'ctx>,
        ) {
            let next = self.first(hash);
            let at = self.unused;
            let at = if at == NONE {
                let (key, value) = (Field::of(slf, key), Field::of(slf, value));
                self.entries.push(Entry { key, value, hash, older: NONE, newer: NONE, next });
                self.entries.len() - 1
            } else {
                let entry = &mut self.entries[at];
                self.unused = entry.next;
                (entry.hash, entry.next) = (hash, next);
                entry.key.store(slf, key);
                entry.value.store(slf, value);
                at
            };
            self.by_hash.insert(hash, at);
            self.link(at);
            self.len += 1;
            self.changes += 1;
        }

        /// The first entry of a hash.
        fn first(&self, hash: isize) -> usize {
            self.by_hash.get(&hash).copied().unwrap_or(NONE)
        }

        /// The entry with that key and hash.
        fn find<'ctx>(slf: &Handle<'ctx, Self>, key: &Handle<'ctx>, hash: isize) -> Result<Option<usize>> {
            'again: loop {
                let (changes, mut at, mut candidate) = {
                    let this = slf.borrow()?;
                    let first = this.first(hash);
                    (this.changes, first, this.key(slf, first))
                };
                while let Some((object, next)) = candidate {
                    if object.is(key) {
                        return Ok(Some(at)); // no Python code has run since it was looked up
                    }
                    let equal = object.eq(key)?;
                    let this = slf.borrow()?;
                    if this.changes != changes {
                        continue 'again; // comparing has put something in, or taken it out
                    }
                    if equal {
                        return Ok(Some(at));
                    }
                    (at, candidate) = (next, this.key(slf, next));
                }
                return Ok(None);
            }
        }

        /// The key of an entry, and the next entry with the same hash.
        fn key<'ctx>(&self, slf: &Handle<'ctx, Self>, at: usize) -> Option<(Handle<'ctx>, usize)> {
            let entry = self.entries.get(at)?;
            Some((entry.key.load(slf)?, entry.next))
        }

        /// The value of a key, which is the last used one then.
        fn look_up<'ctx>(
            slf: &Handle<'ctx, Self>,
            key: &Handle<'ctx>,
            hash: isize,
        ) -> Result<Option<Handle<'ctx>>> {
            let found = Self::find(slf, key, hash)?;
            let mut this = slf.borrow_mut()?;
            let Some(at) = found else {
                this.misses += 1;
                return Ok(None);
            };
            this.hits += 1;
            this.touch(at);
            Ok(this.entries[at].value.load(slf))
        }

        fn put<'ctx>(
            slf: &Handle<'ctx, Self>,
            key: &Handle<'ctx>,
            hash: isize,
            value: &Handle<'ctx>,
        ) -> Result<()> {
            let found = Self::find(slf, key, hash)?;
            let mut removed: Option<Removed<'ctx>> = None;
            let mut this = slf.borrow_mut()?;
            if let Some(at) = found {
                this.touch(at);
                let value_field = &this.entries[at].value;
                removed = Some([value_field.load(slf), None]);
                value_field.store(slf, value);
            } else if this.maxsize > 0 {
                if this.len == this.maxsize {
                    let oldest = this.oldest;
                    removed = Some(this.remove(slf, oldest));
                }
                this.add(slf, key, hash, value);
            }
            drop(this);
            drop(removed);
            Ok(())
        }

        /// What a call's result is kept by: its arguments, or the only one of them if that is a plain `int` or `str`.
        fn key_of<'ctx>(ctx: Context<'ctx>, args: &Handle<'ctx, Tuple>) -> Result<Handle<'ctx>> {
            if args.len()? == 1 {
                let only = args.item(0)?;
                let class = only.type_()?;
                if class.is(&ctx.type_of::<Int>()?) || class.is(&ctx.type_of::<Str>()?) {
                    return Ok(only);
                }
            }
            Ok(args.as_any().clone())
        }
    }

    #[methods]
    impl Cache {
        #[new]
        #[hpy(signature = (maxsize = 128, function = None))]
        fn new(maxsize: isize, function: Option<Handle<'_>>) -> Result<Self> {
            let maxsize =
                usize::try_from(maxsize).map_err(|_| ValueError::new_err("maxsize must not be negative"))?;
            Ok(Cache {
                maxsize,
                function: function.map(Field::new),
                entries: Vec::new(),
                by_hash: HashMap::default(),
                len: 0,
                oldest: NONE,
                newest: NONE,
                unused: NONE,
                changes: 0,
                hits: 0,
                misses: 0,
            })
        }

        fn __len__(&self) -> usize {
            self.len
        }

        fn __contains__<'ctx>(slf: &Handle<'ctx, Self>, key: &Handle<'ctx>) -> Result<bool> {
            Ok(Self::find(slf, key, key.hash()?)?.is_some())
        }

        fn __getitem__<'ctx>(slf: &Handle<'ctx, Self>, key: &Handle<'ctx>) -> Result<Handle<'ctx>> {
            Self::look_up(slf, key, key.hash()?)?.ok_or_else(|| KeyError::new_err(key))
        }

        fn __setitem__<'ctx>(
            slf: &Handle<'ctx, Self>,
            key: &Handle<'ctx>,
            value: &Handle<'ctx>,
        ) -> Result<()> {
            Self::put(slf, key, key.hash()?, value)
        }

        fn __delitem__<'ctx>(slf: &Handle<'ctx, Self>, key: &Handle<'ctx>) -> Result<()> {
            let number = Self::find(slf, key, key.hash()?)?.ok_or_else(|| KeyError::new_err(key))?;
            let removed = slf.borrow_mut()?.remove(slf, number);
            drop(removed);
            Ok(())
        }

        /// Over the keys as they are now, the least recently used one first. Python has `keys`, `items`, `pop` and the
        /// like from this.
        fn __iter__<'ctx>(slf: &Handle<'ctx, Self>) -> Result<Handle<'ctx, Iterator>> {
            let this = slf.borrow()?;
            let first = Some(&this.oldest).filter(|at| **at != NONE).and_then(|at| this.entries.get(*at));
            let entries = std::iter::successors(first, |entry| this.entries.get(entry.newer));
            let keys = List::from_iter(slf.ctx(), entries.filter_map(|entry| entry.key.load(slf)))?;
            keys.iter()
        }

        /// The value of a key, or `default`.
        #[hpy(signature = (key, default = None, /))]
        fn get<'ctx>(
            slf: &Handle<'ctx, Self>,
            key: &Handle<'ctx>,
            default: Option<Handle<'ctx>>,
        ) -> Result<Option<Handle<'ctx>>> {
            Ok(Self::look_up(slf, key, key.hash()?)?.or(default))
        }

        /// What the function gives, called once for each tuple of arguments that is remembered.
        #[hpy(signature = (*args))]
        fn __call__<'ctx>(slf: &Handle<'ctx, Self>, args: Handle<'ctx, Tuple>) -> Result<Handle<'ctx>> {
            if slf.borrow()?.function.is_none() {
                return Err(TypeError::new_err("this cache has no function"));
            }
            let key = Self::key_of(slf.ctx(), &args)?;
            let hash = key.hash()?;
            if let Some(value) = Self::look_up(slf, &key, hash)? {
                return Ok(value);
            }
            let function = slf.borrow()?.function.as_ref().and_then(|function| function.load(slf));
            let Some(function) = function else {
                return Err(TypeError::new_err("this cache has no function"));
            };
            let value = function.call_tuple(&args, None)?;
            Self::put(slf, &key, hash, &value)?;
            Ok(value)
        }

        /// (hits, misses, maxsize, currsize), as `functools.lru_cache` has them.
        fn cache_info(&self) -> (u64, u64, usize, usize) {
            (self.hits, self.misses, self.maxsize, self.len)
        }

        /// Forgets everything.
        fn cache_clear(slf: &Handle<'_, Self>) -> Result<()> {
            let mut removed = Vec::new();
            let mut this = slf.borrow_mut()?;
            while this.oldest != NONE {
                let oldest = this.oldest;
                removed.push(this.remove(slf, oldest));
            }
            (this.hits, this.misses) = (0, 0);
            drop(this);
            drop(removed);
            Ok(())
        }
    }
}
