//! `Py` in values of classes, and the garbage collector.

#[hpy::module(host = "embedded")]
mod owned_objects {
    use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
    use std::sync::{Arc, Mutex};

    use hpy::exceptions::ValueError;
    use hpy::{Context, Field, FromPython, Handle, HashKey, IntoPython, Py, Result, Traverse, Visitor};

    crate::alive::counted!();

    #[function]
    fn alive() -> usize {
        Alive::count()
    }

    /// Releases what was dropped without a context.
    #[function]
    fn drain(ctx: Context<'_>) {
        Py::from(ctx.none().to_owned()).close(ctx);
    }

    /// A tree of one's own.
    #[derive(Traverse, Default)]
    enum Tree<T> {
        #[default]
        Leaf,
        Branch {
            left: Box<Tree<T>>,
            item: T,
            right: Box<Tree<T>>,
        },
    }

    impl<T> Tree<T> {
        fn grow(self, item: T) -> Self {
            match self {
                Tree::Leaf => Tree::Branch { left: Box::default(), item, right: Box::default() },
                Tree::Branch { left, item: old, right } => {
                    // The younger side gets the next one.
                    Tree::Branch { left: Box::new(right.grow(item)), item: old, right: left }
                }
            }
        }

        fn count(&self) -> usize {
            match self {
                Tree::Leaf => 0,
                Tree::Branch { left, right, .. } => left.count() + 1 + right.count(),
            }
        }
    }

    #[derive(Traverse, PartialEq, Eq, Hash, PartialOrd, Ord)]
    enum Name {
        Text(String),
        Number(i32),
    }

    /// Objects behind a pointer of one's own.
    struct ByPointer(*mut Py);

    // SAFETY: like a `Box<Py>`.
    unsafe impl Send for ByPointer {}
    // SAFETY: as above.
    unsafe impl Sync for ByPointer {}

    impl Drop for ByPointer {
        fn drop(&mut self) {
            // SAFETY: made by `Box::into_raw`.
            drop(unsafe { Box::from_raw(self.0) });
        }
    }

    // SAFETY: it owns one `Py`, which it shows once, and which never changes.
    unsafe impl Traverse for ByPointer {
        fn traverse(&self, visitor: &mut Visitor<'_>) {
            // SAFETY: made by `Box::into_raw`, and alive.
            unsafe { (*self.0).traverse(visitor) }
        }
    }

    /// One object in each kind of place.
    #[class(subclass)]
    #[derive(Default)]
    struct Everywhere {
        one: Option<Py>,
        list: Vec<Py>,
        pair: Option<(i32, Py)>,
        array: [Option<Py>; 2],
        queue: VecDeque<Box<Py>>,
        slice: Option<Box<[Py]>>,
        by_key: HashMap<HashKey, u64>,
        by_text: HashMap<String, Py>,
        by_name: BTreeMap<Name, Vec<Py>>,
        set: HashSet<HashKey>,
        tree: Tree<Py>,
        keyed: Tree<(HashKey, Py)>,
        result: Option<std::result::Result<Py, Py>>,
        pointer: Option<ByPointer>,
        ordered: BTreeSet<u8>,
        _alive: Option<Alive>,
    }

    #[methods]
    impl Everywhere {
        #[new]
        fn new() -> Self {
            Everywhere { _alive: Some(Alive::new()), ..Everywhere::default() }
        }

        fn put(&mut self, ctx: Context<'_>, place: &str, object: Py) -> Result<()> {
            let key = || HashKey::new(object.get(ctx));
            match place {
                "one" => self.one = Some(object),
                "list" => self.list.push(object),
                "pair" => self.pair = Some((1, object)),
                "array" => self.array[1] = Some(object),
                "queue" => self.queue.push_front(Box::new(object)),
                "slice" => self.slice = Some(vec![object].into()),
                "by_key" => _ = HashKey::scope(ctx, || Ok::<_, hpy::Error>(self.by_key.insert(key()?, 1)))??,
                "by_text" => _ = self.by_text.insert("text".to_owned(), object),
                "by_name" => self.by_name.entry(Name::Text("x".to_owned())).or_default().push(object),
                "set" => _ = HashKey::scope(ctx, || Ok::<_, hpy::Error>(self.set.insert(key()?)))??,
                "tree" => self.tree = std::mem::take(&mut self.tree).grow(object),
                "keyed" => {
                    let key = key()?;
                    self.keyed = std::mem::take(&mut self.keyed).grow((key, object));
                }
                "result" => self.result = Some(Err(object)),
                "pointer" => self.pointer = Some(ByPointer(Box::into_raw(Box::new(object)))),
                _ => return Err(ValueError::new_err("no such place")),
            }
            self.ordered.insert(1);
            self.by_name.entry(Name::Number(2)).or_default();
            Ok(())
        }

        /// How many objects there are in all.
        fn count(&self) -> usize {
            usize::from(self.one.is_some())
                + self.list.len()
                + usize::from(self.pair.is_some())
                + self.array.iter().flatten().count()
                + self.queue.len()
                + usize::from(self.slice.is_some())
                + self.by_key.len()
                + self.by_text.len()
                + self.by_name.values().map(Vec::len).sum::<usize>()
                + self.set.len()
                + self.tree.count()
                + 2 * self.keyed.count()
                + usize::from(self.result.is_some())
                + usize::from(self.pointer.is_some())
        }

        /// Calls a function while the value is borrowed mutably and what is in `list` stands elsewhere.
        fn change_during(&mut self, ctx: Context<'_>, function: Py) -> Result<()> {
            let moved = std::mem::take(&mut self.list);
            let result = function.bind(ctx).call(()).map(drop);
            self.list = moved;
            function.close(ctx);
            result
        }

        /// The same with a shared borrow.
        fn read_during(&self, ctx: Context<'_>, function: &Handle<'_>) -> Result<usize> {
            let first = self.list.first().map(|object| object.bind(ctx));
            function.call(())?;
            first.map_or(Ok(0), |first| first.len())
        }

        /// The same without Python, until another thread has run the function.
        fn change_detached(&mut self, ctx: Context<'_>, function: Py) -> Result<bool> {
            let list = &mut self.list;
            let (told, done) = std::sync::mpsc::channel();
            let worked = ctx.detach(move || {
                let moved = std::mem::take(list);
                let thread = std::thread::spawn(move || {
                    let worked = hpy::attach(|ctx| function.bind(ctx).call(()).is_ok());
                    let _ = told.send(worked);
                });
                let worked = done.recv();
                let _ = thread.join();
                list.extend(moved);
                worked == Ok(Ok(true))
            });
            Ok(worked)
        }

        #[getter]
        fn list<'ctx>(&self, ctx: Context<'ctx>) -> Vec<Handle<'ctx>> {
            self.list.iter().map(|object| object.get(ctx)).collect()
        }
    }

    /// A value that never changes.
    #[class(frozen)]
    struct Frozen {
        object: Py,
        _alive: Alive,
    }

    #[methods]
    impl Frozen {
        #[new]
        fn new(object: Py) -> Self {
            Frozen { object, _alive: Alive::new() }
        }

        #[getter]
        fn object<'ctx>(&self, ctx: Context<'ctx>) -> Handle<'ctx> {
            self.object.get(ctx)
        }
    }

    /// A base that owns one object.
    #[class(subclass)]
    struct Base {
        base: Option<Py>,
    }

    #[methods]
    impl Base {
        #[new]
        fn new() -> Self {
            Base { base: None }
        }

        #[getter]
        fn base<'ctx>(&self, ctx: Context<'ctx>) -> Option<Handle<'ctx>> {
            self.base.as_ref().map(|object| object.get(ctx))
        }

        #[setter]
        fn set_base(&mut self, object: Option<Py>) {
            self.base = object;
        }
    }

    /// Owns objects by its base and itself, by a field and by references.
    #[class(extends = Base)]
    struct Derived {
        field: Field,
        more: Vec<Field>,
        own: Option<Py>,
        _alive: Alive,
    }

    #[methods]
    impl Derived {
        #[new]
        fn new() -> (Self, Base) {
            let derived =
                Derived { field: Field::empty(), more: Vec::new(), own: None, _alive: Alive::new() };
            (derived, Base { base: None })
        }

        fn keep<'ctx>(&mut self, slf: &Handle<'ctx, Self>, object: &Handle<'ctx>) {
            self.field.store(slf, object);
            self.more.push(Field::of(slf, object));
        }

        #[getter]
        fn own<'ctx>(&self, ctx: Context<'ctx>) -> Option<Handle<'ctx>> {
            self.own.as_ref().map(|object| object.get(ctx))
        }

        #[setter]
        fn set_own(&mut self, object: Option<Py>) {
            self.own = object;
        }
    }

    /// Adds nothing to its base but a value without objects.
    #[class(extends = Base)]
    struct Plain {
        #[hpy(get)]
        number: i32,
        _alive: Alive,
    }

    #[methods]
    impl Plain {
        #[new]
        fn new() -> (Self, Base) {
            (Plain { number: 7, _alive: Alive::new() }, Base { base: None })
        }
    }

    /// An exception that owns an object.
    #[class(extends = hpy::exceptions::ValueError)]
    struct Failure {
        object: Option<Py>,
        _alive: Alive,
    }

    #[methods]
    impl Failure {
        #[new]
        fn new() -> Self {
            Failure { object: None, _alive: Alive::new() }
        }

        #[getter]
        fn object<'ctx>(&self, ctx: Context<'ctx>) -> Option<Handle<'ctx>> {
            self.object.as_ref().map(|object| object.get(ctx))
        }

        #[setter]
        fn set_object(&mut self, object: Option<Py>) {
            self.object = object;
        }
    }

    /// An object, twice.
    #[derive(Traverse)]
    struct Pair {
        object: Py,
        list: Vec<Option<(u8, Py)>>,
        #[traverse(skip)]
        _thread: std::thread::ThreadId,
    }

    impl Clone for Pair {
        fn clone(&self) -> Self {
            hpy::attach(|ctx| Pair {
                object: self.object.clone_ref(ctx),
                list: self
                    .list
                    .iter()
                    .flatten()
                    .map(|(n, object)| Some((*n, object.clone_ref(ctx))))
                    .collect(),
                _thread: self._thread,
            })
            .unwrap()
        }
    }

    impl<'a, 'ctx> FromPython<'a, 'ctx> for Pair {
        type Error = hpy::Error;

        fn from_python(value: &'a Handle<'ctx>) -> Result<Self> {
            let list = vec![None, Some((1, Py::new(value)))];
            Ok(Pair { object: Py::new(value), list, _thread: std::thread::current().id() })
        }
    }

    impl<'ctx> IntoPython<'ctx> for Pair {
        type Target = hpy::types::Any;
        type Error = hpy::Error;

        fn into_python(self, ctx: Context<'ctx>) -> Result<Handle<'ctx>> {
            Ok(self.object.into_handle(ctx))
        }
    }

    /// Each variant's class has the enum's value.
    #[class(frozen)]
    enum Either {
        Left { object: Pair },
        Right(Pair),
        Neither {},
    }

    /// For the thread that made it.
    #[class(unsendable)]
    struct Local {
        object: Option<Py>,
        _alive: Alive,
    }

    #[methods]
    impl Local {
        #[new]
        fn new() -> Self {
            Local { object: None, _alive: Alive::new() }
        }

        #[getter]
        fn object<'ctx>(&self, ctx: Context<'ctx>) -> Option<Handle<'ctx>> {
            self.object.as_ref().map(|object| object.get(ctx))
        }

        #[setter]
        fn set_object(&mut self, object: Option<Py>) {
            self.object = object;
        }
    }

    /// Owns nothing alone.
    #[class(frozen)]
    struct Sharing {
        shared: Arc<Mutex<Option<Py>>>,
        also: Arc<Mutex<Option<Py>>>,
        _alive: Alive,
    }

    #[methods]
    impl Sharing {
        #[new]
        fn new() -> Self {
            let shared = Arc::new(Mutex::new(None));
            Sharing { also: shared.clone(), shared, _alive: Alive::new() }
        }

        fn share(&self, object: Option<Py>) -> bool {
            let old = std::mem::replace(&mut *self.shared.lock().unwrap(), object);
            drop(old);
            self.also.lock().unwrap().is_some()
        }
    }

    /// Looks at its own instance when its value is dropped.
    #[class]
    struct Nosy {
        object: Option<Py<Nosy>>,
        on_drop: Option<Py>,
        _alive: Alive,
    }

    #[methods]
    impl Nosy {
        #[new]
        fn new(on_drop: Py) -> Self {
            Nosy { object: None, on_drop: Some(on_drop), _alive: Alive::new() }
        }

        fn refer(&mut self, object: Py<Nosy>) {
            self.object = Some(object);
        }

        fn answer(&self) -> i32 {
            42
        }
    }

    impl Drop for Nosy {
        fn drop(&mut self) {
            let Some(on_drop) = self.on_drop.take() else { return };
            let _ = hpy::attach(|ctx| {
                let answer = self.object.as_ref().map(|object| object.bind(ctx).to_owned().into_any());
                if let Err(error) = on_drop.bind(ctx).call((answer,)) {
                    error.write_unraisable(&on_drop.bind(ctx));
                }
                on_drop.close(ctx);
            });
        }
    }

    /// A chain of instances.
    #[class]
    struct Link {
        next: Option<Py<Link>>,
        _alive: Alive,
    }

    #[function]
    fn chain(ctx: Context<'_>, length: usize) -> Result<Option<Handle<'_, Link>>> {
        let mut first = None;
        for _ in 0..length {
            let link = Link { next: first.map(Handle::unbind), _alive: Alive::new() };
            first = Some(Handle::new(ctx, link)?);
        }
        Ok(first)
    }

    /// A chain behind locks, which the collector does not see.
    #[class(frozen)]
    struct Locked {
        next: Mutex<Option<Py<Locked>>>,
        _alive: Alive,
    }

    #[function]
    fn locked_chain(ctx: Context<'_>, length: usize) -> Result<Option<Handle<'_, Locked>>> {
        let mut first = None;
        for _ in 0..length {
            let link = Locked { next: Mutex::new(first.map(Handle::unbind)), _alive: Alive::new() };
            first = Some(Handle::new(ctx, link)?);
        }
        Ok(first.filter(|first| first.borrow().is_ok_and(|link| link.next.lock().is_ok())))
    }
}
