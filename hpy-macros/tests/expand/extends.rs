/// A cat.
#[hpy::class(extends = animals::Animal, subclass)]
struct Cat {
    lives: u32,
}
