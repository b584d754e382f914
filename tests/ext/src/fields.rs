//! Python objects stored in instances, and the garbage collector.

#[hpy::module]
mod fields {
    use std::collections::{BTreeMap, HashMap};

    use hpy::types::{Any, List, Str};
    use hpy::{Context, Field, Fields, Handle, Result};

    crate::alive::counted!();

    #[function]
    fn alive() -> usize {
        Alive::count()
    }

    /// One object, and a text.
    #[class]
    struct Holder {
        #[hpy(get)]
        object: Field,
        text: Field<Str>,
        _alive: Alive,
    }

    #[methods]
    impl Holder {
        #[new]
        #[hpy(signature = (object = None, text = None))]
        fn new<'ctx>(object: Option<Handle<'ctx>>, text: Option<Handle<'ctx, Str>>) -> Self {
            Holder { object: object.into(), text: text.into(), _alive: Alive::new() }
        }

        #[setter]
        fn set_object<'ctx>(&self, slf: &Handle<'ctx, Self>, object: &Handle<'ctx>) {
            self.object.store(slf, object);
        }

        #[deleter]
        fn delete_object(&self, slf: &Handle<'_, Self>) {
            self.object.clear(slf);
        }

        #[getter]
        fn text<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx, Str>> {
            self.text.load(slf)
        }

        /// What moving fields about in Rust does: nothing to Python.
        fn swap(&mut self, other: &mut Holder) {
            std::mem::swap(&mut self.object, &mut other.object);
        }

        /// A new field in the place of the old one.
        fn renew<'ctx>(&mut self, slf: &Handle<'ctx, Self>, object: &Handle<'ctx>) {
            self.object = Field::of(slf, object);
        }

        /// Borrows it mutably.
        fn touch(&mut self) {}

        /// Takes the field of another instance.
        fn steal<'ctx>(&mut self, slf: &Handle<'ctx, Self>, other: &mut Tree) -> bool {
            if let Some(field) = other.children.pop() {
                self.object = field;
            }
            self.object.load(slf).is_some()
        }

        /// Fails after a field was made.
        #[staticmethod]
        fn failing(object: Handle<'_>, number: &str) -> Result<Self> {
            let object = Field::new(object);
            number.parse::<i64>()?;
            Ok(Holder { object, text: Field::empty(), _alive: Alive::new() })
        }
    }

    /// Fields in containers.
    #[class(subclass)]
    struct Tree {
        parent: Option<Field>,
        children: Vec<Field>,
        named: HashMap<String, Field<Any>>,
        inner: Inner,
        pair: [Field; 2],
        _alive: Alive,
    }

    #[derive(Fields)]
    struct Inner {
        number: i64,
        deep: Deep,
    }

    #[derive(Fields)]
    enum Deep {
        Nothing,
        One(Field),
        Two { left: Field, right: Box<Field> },
    }

    #[methods]
    impl Tree {
        #[new]
        #[hpy(signature = (parent = None, *children))]
        fn new<'ctx>(parent: Option<Handle<'ctx>>, children: Vec<Handle<'ctx>>) -> Self {
            Tree {
                parent: parent.map(Field::new),
                children: children.into_iter().map(Field::new).collect(),
                named: HashMap::new(),
                inner: Inner { number: 1, deep: Deep::Nothing },
                pair: [Field::empty(), Field::empty()],
                _alive: Alive::new(),
            }
        }

        #[getter]
        fn parent<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx>> {
            self.parent.as_ref()?.load(slf)
        }

        #[getter]
        fn children<'ctx>(&self, slf: &Handle<'ctx, Self>, ctx: Context<'ctx>) -> Result<Handle<'ctx, List>> {
            List::from_iter(ctx, self.children.iter().filter_map(|child| child.load(slf)))
        }

        fn append<'ctx>(&mut self, slf: &Handle<'ctx, Self>, child: &Handle<'ctx>) {
            self.children.push(Field::of(slf, child));
        }

        fn pop<'ctx>(&mut self, slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx>> {
            self.children.pop()?.load(slf)
        }

        fn name<'ctx>(&mut self, slf: &Handle<'ctx, Self>, name: String, object: &Handle<'ctx>) {
            self.named.entry(name).or_default().store(slf, object);
        }

        fn named<'ctx>(&self, slf: &Handle<'ctx, Self>, name: &str) -> Option<Handle<'ctx>> {
            self.named.get(name)?.load(slf)
        }

        fn deepen<'ctx>(&mut self, slf: &Handle<'ctx, Self>, one: &Handle<'ctx>, two: Option<Handle<'ctx>>) {
            self.inner.number += 1;
            self.inner.deep = match two {
                None => Deep::One(Field::of(slf, one)),
                Some(two) => Deep::Two { left: Field::of(slf, one), right: Box::new(Field::of(slf, &two)) },
            };
        }

        #[getter]
        fn deep<'ctx>(&self, slf: &Handle<'ctx, Self>) -> (i64, Option<Handle<'ctx>>, Option<Handle<'ctx>>) {
            let number = self.inner.number;
            match &self.inner.deep {
                Deep::Nothing => (number, None, None),
                Deep::One(one) => (number, one.load(slf), None),
                Deep::Two { left, right } => (number, left.load(slf), right.load(slf)),
            }
        }

        #[getter]
        fn pair<'ctx>(&self, slf: &Handle<'ctx, Self>) -> [Option<Handle<'ctx>>; 2] {
            self.pair.each_ref().map(|field| field.load(slf))
        }

        #[setter]
        fn set_pair<'ctx>(&self, slf: &Handle<'ctx, Self>, pair: [Handle<'ctx>; 2]) {
            for (field, object) in self.pair.iter().zip(&pair) {
                field.store(slf, object);
            }
        }

        /// Loads a field of this one through another one.
        fn misload<'ctx>(&self, other: &Handle<'ctx, Self>) -> Option<Handle<'ctx>> {
            self.children.first()?.load(other)
        }

        fn clear(&mut self) {
            self.children.clear();
        }

        /// Takes all fields out of another one.
        fn plunder(&mut self, other: &mut Tree) {
            self.children.append(&mut other.children);
        }
    }

    /// No field stands in the struct itself.
    #[class]
    struct Behind {
        named: BTreeMap<String, Field>,
        kept: Box<Field>,
        _alive: Alive,
    }

    #[methods]
    impl Behind {
        #[new]
        fn new() -> Self {
            Behind { named: BTreeMap::new(), kept: Box::new(Field::empty()), _alive: Alive::new() }
        }

        fn name<'ctx>(&mut self, slf: &Handle<'ctx, Self>, name: String, object: &Handle<'ctx>) {
            self.named.insert(name, Field::of(slf, object));
        }

        fn named<'ctx>(&self, slf: &Handle<'ctx, Self>, name: &str) -> Option<Handle<'ctx>> {
            self.named.get(name)?.load(slf)
        }

        fn keep<'ctx>(&self, slf: &Handle<'ctx, Self>, object: &Handle<'ctx>) {
            self.kept.store(slf, object);
        }

        #[getter]
        fn kept<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx>> {
            self.kept.load(slf)
        }
    }

    /// A list that instances share.
    #[class]
    struct Shared {
        list: Field<List>,
        more: Vec<Field<List>>,
    }

    #[methods]
    impl Shared {
        #[new]
        fn new(list: Handle<'_, List>) -> Self {
            Shared { list: Field::from(list), more: Vec::new() }
        }

        #[getter]
        fn list<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx, List>> {
            self.list.load(slf)
        }

        /// Changes the other's list, and makes a new instance that holds it, too.
        fn union<'ctx>(&self, slf: &Handle<'ctx, Self>, other: &Handle<'ctx, Self>) -> Result<Shared> {
            let mine = self.list.load(slf).map_or(0, |list| list.len().unwrap_or(0));
            let theirs = other.borrow()?;
            let Some(list) = theirs.list.load(other) else {
                return Err(hpy::exceptions::ValueError::new_err("no list"));
            };
            list.append(mine)?;
            let more = theirs.more.iter().filter_map(|field| field.load(other));
            let more = more.chain([list.clone()]).take(5).map(Field::new).collect();
            Ok(Shared { list: Field::from(list), more })
        }

        /// The lists that it holds beside the first.
        #[getter]
        fn more<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Vec<Handle<'ctx, List>> {
            self.more.iter().filter_map(|field| field.load(slf)).collect()
        }
    }

    /// An instance for the thread that made it.
    #[class(unsendable)]
    struct Local {
        #[hpy(get)]
        object: Field,
    }

    #[methods]
    impl Local {
        #[new]
        fn new(object: Handle<'_>) -> Self {
            Local { object: Field::new(object) }
        }

        fn touch(&mut self) {}
    }

    /// Replaces the field of an instance, and never gives the borrow back.
    #[function]
    fn replace_and_forget<'ctx>(local: &Handle<'ctx, Local>) -> Result<()> {
        let mut value = local.borrow_mut()?;
        value.object = Field::empty();
        core::mem::forget(value);
        Ok(())
    }

    /// A link of a chain.
    #[class]
    struct Link {
        #[hpy(get)]
        next: Field<Link>,
        _alive: Alive,
    }

    #[methods]
    impl Link {
        #[new]
        #[hpy(signature = (next = None))]
        fn new(next: Option<Handle<'_, Link>>) -> Self {
            Link { next: Field::from(next), _alive: Alive::new() }
        }
    }

    /// A chain of that many links, whose first one it returns.
    #[function]
    fn chain(ctx: Context<'_>, length: usize) -> Result<Handle<'_, Link>> {
        let mut first = Handle::new(ctx, Link { next: Field::empty(), _alive: Alive::new() })?;
        for _ in 1..length {
            first = Handle::new(ctx, Link { next: Field::new(first), _alive: Alive::new() })?;
        }
        Ok(first)
    }
}
