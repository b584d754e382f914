//! A mapping that evicts the least recently used item.
//!
//! Keys and values are Python's. A key's `__hash__` and `__eq__` are Python code, which may use this very cache; so nothing is
//! borrowed while they run, and what was found is looked at again afterwards.

#[hpy::module]
mod lru_cache {
    use std::collections::{BTreeMap, HashMap};

    use hpy::exceptions::{KeyError, TypeError, ValueError};
    use hpy::types::{Iterator, List, Tuple};
    use hpy::{Field, Fields, Handle, Result};

    /// A key, its value, and when it was used.
    #[derive(Fields)]
    struct Entry {
        key: Field,
        value: Field,
        hash: isize,
        used: u64,
    }

    /// A mapping of at most `maxsize` items. With a `function`, calling it gives that function's results, from the mapping
    /// if they are there.
    #[class(mapping)]
    struct Cache {
        maxsize: usize,
        function: Option<Field>,
        /// By a number that is never given twice.
        entries: HashMap<u64, Entry>,
        /// The numbers of those whose keys have that hash.
        by_hash: HashMap<isize, Vec<u64>>,
        /// The numbers, by when they were used.
        by_use: BTreeMap<u64, u64>,
        clock: u64,
        hits: u64,
        misses: u64,
    }

    /// What was taken out. It lives until nothing is borrowed any more, as its end may run Python code.
    type Removed<'ctx> = [Option<Handle<'ctx>>; 2];

    impl Cache {
        fn tick(&mut self) -> u64 {
            self.clock += 1;
            self.clock
        }

        fn touch(&mut self, number: u64) {
            let now = self.tick();
            if let Some(entry) = self.entries.get_mut(&number) {
                self.by_use.remove(&entry.used);
                entry.used = now;
                self.by_use.insert(now, number);
            }
        }

        fn remove<'ctx>(&mut self, slf: &Handle<'ctx, Self>, number: u64) -> Removed<'ctx> {
            let Some(entry) = self.entries.remove(&number) else { return [None, None] };
            self.by_use.remove(&entry.used);
            if let Some(numbers) = self.by_hash.get_mut(&entry.hash) {
                numbers.retain(|other| *other != number);
                if numbers.is_empty() {
                    self.by_hash.remove(&entry.hash);
                }
            }
            [&entry.key, &entry.value].map(|field| {
                let object = field.load(slf);
                field.clear(slf);
                object
            })
        }

        /// The number of the entry with that key and hash.
        fn find<'ctx>(slf: &Handle<'ctx, Self>, key: &Handle<'ctx>, hash: isize) -> Result<Option<u64>> {
            loop {
                let candidates: Vec<(u64, Option<Handle<'ctx>>)> = {
                    let this = slf.borrow()?;
                    let key = |number| this.entries.get(number).and_then(|entry| entry.key.load(slf));
                    this.numbers(hash).iter().map(|number| (*number, key(number))).collect()
                };
                let numbers: Vec<u64> = candidates.iter().map(|(number, _)| *number).collect();
                let mut found = None;
                for (number, candidate) in candidates {
                    let Some(candidate) = candidate else { continue };
                    if candidate.is(key) || candidate.eq(key)? {
                        found = Some(number);
                        break;
                    }
                }
                // Comparing may have put something in, or taken it out.
                if slf.borrow()?.numbers(hash) == numbers {
                    return Ok(found);
                }
            }
        }

        fn numbers(&self, hash: isize) -> &[u64] {
            self.by_hash.get(&hash).map_or(&[], |numbers| numbers)
        }

        /// The value of a key, which is the last used one then.
        fn look_up<'ctx>(
            slf: &Handle<'ctx, Self>,
            key: &Handle<'ctx>,
            hash: isize,
        ) -> Result<Option<Handle<'ctx>>> {
            let number = Self::find(slf, key, hash)?;
            let mut this = slf.borrow_mut()?;
            let Some(number) = number else {
                this.misses += 1;
                return Ok(None);
            };
            this.hits += 1;
            this.touch(number);
            Ok(this.entries.get(&number).and_then(|entry| entry.value.load(slf)))
        }

        fn put<'ctx>(
            slf: &Handle<'ctx, Self>,
            key: &Handle<'ctx>,
            hash: isize,
            value: &Handle<'ctx>,
        ) -> Result<()> {
            let number = Self::find(slf, key, hash)?;
            let mut removed: Vec<Removed<'ctx>> = Vec::new();
            let mut this = slf.borrow_mut()?;
            if let Some(number) = number {
                this.touch(number);
                if let Some(entry) = this.entries.get(&number) {
                    removed.push([entry.value.load(slf), None]);
                    entry.value.store(slf, value);
                }
            } else if this.maxsize > 0 {
                let used = this.tick();
                let entry = Entry { key: Field::of(slf, key), value: Field::of(slf, value), hash, used };
                this.entries.insert(used, entry);
                this.by_hash.entry(hash).or_default().push(used);
                this.by_use.insert(used, used);
                while this.entries.len() > this.maxsize {
                    let Some((_, oldest)) = this.by_use.first_key_value() else { break };
                    let oldest = *oldest;
                    removed.push(this.remove(slf, oldest));
                }
            }
            drop(this);
            drop(removed);
            Ok(())
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
                entries: HashMap::new(),
                by_hash: HashMap::new(),
                by_use: BTreeMap::new(),
                clock: 0,
                hits: 0,
                misses: 0,
            })
        }

        fn __len__(&self) -> usize {
            self.entries.len()
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
            let entries = this.by_use.values().filter_map(|number| this.entries.get(number));
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
            let function = slf.borrow()?.function.as_ref().and_then(|function| function.load(slf));
            let Some(function) = function else {
                return Err(TypeError::new_err("this cache has no function"));
            };
            let hash = args.hash()?;
            let key = args.as_any();
            if let Some(value) = Self::look_up(slf, key, hash)? {
                return Ok(value);
            }
            let value = function.call_tuple(&args, None)?;
            Self::put(slf, key, hash, &value)?;
            Ok(value)
        }

        /// (hits, misses, maxsize, currsize), as `functools.lru_cache` has them.
        fn cache_info(&self) -> (u64, u64, usize, usize) {
            (self.hits, self.misses, self.maxsize, self.entries.len())
        }

        /// Forgets everything.
        fn cache_clear(slf: &Handle<'_, Self>) -> Result<()> {
            let mut removed = Vec::new();
            let mut this = slf.borrow_mut()?;
            while let Some((_, number)) = this.by_use.first_key_value() {
                let number = *number;
                removed.push(this.remove(slf, number));
            }
            (this.hits, this.misses) = (0, 0);
            drop(this);
            drop(removed);
            Ok(())
        }
    }
}
