//! Classes that extend classes of this module, and of another module in this library.

/// Classes that others extend.
#[hpy::module]
pub(crate) mod extends {
    use hpy::types::{Any, Type};
    use hpy::{Field, Handle, Init, Result};
    use std::sync::atomic::{AtomicI64, Ordering};

    static ALIVE: [AtomicI64; 4] = [const { AtomicI64::new(0) }; 4];

    /// Counts the values of one level.
    pub(crate) struct Counted(usize);

    impl Counted {
        fn new(level: usize) -> Self {
            ALIVE[level].fetch_add(1, Ordering::Relaxed);
            Counted(level)
        }
    }

    impl Drop for Counted {
        fn drop(&mut self) {
            ALIVE[self.0].fetch_sub(1, Ordering::Relaxed);
        }
    }

    /// How many values of each level are alive.
    #[function]
    fn alive() -> Vec<i64> {
        ALIVE.iter().map(|alive| alive.load(Ordering::Relaxed)).collect()
    }

    /// Declared before what it extends.
    #[class(extends = Cat, frozen, get_all)]
    struct Kitten {
        weeks: u8,
        #[allow(dead_code)]
        #[hpy(name = "_counted")]
        counted: Hidden,
    }

    #[derive(Clone)]
    struct Hidden(#[allow(dead_code)] std::sync::Arc<Counted>);

    impl<'ctx> hpy::IntoPython<'ctx> for Hidden {
        type Target = Any;
        type Error = hpy::Error;

        fn into_python(self, ctx: hpy::Context<'ctx>) -> Result<Handle<'ctx>> {
            Ok(ctx.none().to_owned().into_any())
        }
    }

    #[methods]
    impl Kitten {
        #[new]
        fn new(name: String, weeks: u8) -> (Self, (Cat, Animal)) {
            let counted = Hidden(std::sync::Arc::new(Counted::new(2)));
            (Kitten { weeks, counted }, (Cat::of(9), Animal::of(name)))
        }

        fn lives_and_weeks(&self, slf: &Handle<'_, Self>) -> Result<(u32, u8)> {
            Ok((slf.as_base().borrow()?.lives, self.weeks))
        }

        fn name_and_sound(slf: &Handle<'_, Self>) -> Result<(String, String)> {
            let animal = slf.as_base().as_base().borrow()?;
            Ok((animal.name.clone(), slf.call_method("sound", ())?.extract()?))
        }
    }

    /// Something with a name, a friend, and what is called.
    #[class(subclass)]
    pub(crate) struct Animal {
        #[hpy(get, set)]
        name: String,
        friend: Field,
        calls: u32,
        _counted: Counted,
    }

    impl Animal {
        pub(crate) fn of(name: String) -> Self {
            Animal { name, friend: Field::empty(), calls: 0, _counted: Counted::new(0) }
        }
    }

    #[methods]
    impl Animal {
        #[new]
        fn new(name: String) -> Result<Self> {
            match name.as_str() {
                "" => Err(hpy::exceptions::ValueError::new_err("a name is needed")),
                _ => Ok(Animal::of(name)),
            }
        }

        fn sound(&self) -> &'static str {
            "…"
        }

        #[getter]
        fn friend<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx>> {
            self.friend.load(slf)
        }

        #[setter]
        fn set_friend<'ctx>(&self, slf: &Handle<'ctx, Self>, friend: &Handle<'ctx>) {
            self.friend.store(slf, friend);
        }

        fn __call__(&mut self, times: u32) -> u32 {
            self.calls += times;
            self.calls
        }

        fn __len__(&self) -> usize {
            self.name.chars().count()
        }

        fn __add__(&self, other: &Animal) -> String {
            format!("{} and {}", self.name, other.name)
        }

        #[classmethod]
        fn made_by<'ctx>(cls: &Handle<'ctx, Type>, name: &str) -> Result<Handle<'ctx>> {
            cls.call((name,))
        }
    }

    /// Extends, and is extended.
    #[class(extends = Animal, subclass)]
    pub(crate) struct Cat {
        #[hpy(get)]
        lives: u32,
        toy: Field,
        more: Vec<Field>,
        _counted: Counted,
    }

    impl Cat {
        fn of(lives: u32) -> Self {
            Cat { lives, toy: Field::empty(), more: Vec::new(), _counted: Counted::new(1) }
        }
    }

    #[methods]
    impl Cat {
        #[new]
        #[hpy(signature = (name, lives = 9))]
        fn new(name: String, lives: u32) -> Result<(Self, Animal)> {
            Ok((Cat::of(lives), Animal::new(name)?))
        }

        fn sound(&self) -> &'static str {
            "meow"
        }

        #[getter]
        fn toy<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx>> {
            self.toy.load(slf)
        }

        #[setter]
        fn set_toy<'ctx>(&self, slf: &Handle<'ctx, Self>, toy: &Handle<'ctx>) {
            self.toy.store(slf, toy);
        }

        fn keep<'ctx>(&mut self, slf: &Handle<'ctx, Self>, value: &Handle<'ctx>) -> usize {
            self.more.push(Field::of(slf, value));
            self.more.len()
        }

        /// Both parts are borrowed at once.
        fn lose_a_life(&mut self, slf: &Handle<'_, Self>) -> Result<String> {
            let mut animal = slf.as_base().borrow_mut()?;
            self.lives -= 1;
            animal.name.push('!');
            Ok(animal.name.clone())
        }
    }

    /// No methods, no constructor.
    #[class(extends = Animal)]
    struct Ghost {}

    #[function]
    fn ghost() -> Init<Ghost> {
        Init::from((Ghost {}, Animal::of("Boo".to_owned())))
    }

    /// Three levels with an alignment that hosts do not give.
    #[class(extends = Cat, subclass)]
    struct Wide(Aligned);

    #[repr(align(64))]
    struct Aligned([u8; 64]);

    #[methods]
    impl Wide {
        #[new]
        fn new(fill: u8) -> Init<Self> {
            Init::from((Wide(Aligned([fill; 64])), (Cat::of(1), Animal::of("wide".to_owned()))))
        }

        fn sum(&self) -> u64 {
            assert!((&raw const self.0).addr() % 64 == 0);
            self.0.0.iter().map(|byte| u64::from(*byte)).sum()
        }
    }

    #[function]
    fn name_of(animal: &Animal) -> String {
        animal.name.clone()
    }

    #[function]
    fn rename(animal: &mut Animal, name: String) {
        animal.name = name;
    }

    #[function]
    fn borrow_of_handle(animal: &Handle<'_, Animal>) -> Result<String> {
        Ok(animal.borrow()?.name.clone())
    }

    /// Is it one of the classes, and which?
    #[function]
    fn kinds(value: &Handle<'_>) -> Result<(bool, bool, bool)> {
        Ok((value.is_a::<Animal>()?, value.is_a::<Cat>()?, value.is_a::<Kitten>()?))
    }

    #[function]
    fn make<'ctx>(ctx: hpy::Context<'ctx>, name: String) -> Result<Handle<'ctx, Animal>> {
        Ok(Handle::<Cat>::new(ctx, (Cat::of(3), Animal::of(name)))?.into_base())
    }

    /// An instance of a class that need not be the one that the value is for.
    #[function]
    fn make_of<'ctx>(cls: &Handle<'ctx, Type>) -> Result<Handle<'ctx, Animal>> {
        Handle::new_of(cls, Animal::of("part".to_owned()))
    }
}

/// A class that extends one of another module.
#[hpy::module(name = "extends_more")]
mod more {
    use super::extends::Animal;
    use hpy::{Field, Handle};

    #[class(extends = Animal, frozen, get_all)]
    struct Dog {
        tricks: u32,
    }

    #[methods]
    impl Dog {
        #[new]
        fn new(name: String, tricks: u32) -> (Self, Animal) {
            (Dog { tricks }, Animal::of(name))
        }

        fn sound(&self) -> &'static str {
            "woof"
        }
    }

    /// With all that a host puts behind the data: the address of the call, a `__dict__`, weak references.
    #[class(subclass, dict, weakref)]
    struct Tagged {
        first: Field,
    }

    #[methods]
    impl Tagged {
        #[new]
        fn new() -> Self {
            Tagged { first: Field::empty() }
        }

        fn __call__<'ctx>(&self, slf: &Handle<'ctx, Self>, value: &Handle<'ctx>) {
            self.first.store(slf, value);
        }

        #[getter]
        fn first<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx>> {
            self.first.load(slf)
        }
    }

    #[class(extends = Tagged, subclass)]
    struct Twice {
        #[hpy(get, set)]
        second: i64,
    }

    #[methods]
    impl Twice {
        #[new]
        fn new(second: i64) -> (Self, Tagged) {
            (Twice { second }, Tagged::new())
        }
    }

    /// A `__dict__` that the base has not.
    #[class(extends = Animal, dict)]
    struct Loose {
        #[hpy(get)]
        number: i64,
    }

    #[methods]
    impl Loose {
        #[new]
        fn new(number: i64) -> (Self, Animal) {
            (Loose { number }, Animal::of("loose".to_owned()))
        }
    }
}
