//! Nothing borrows a variant mutably.

#[hpy::module]
mod m {
    #[class]
    enum Color {
        Red,
        Green,
    }

    #[methods]
    impl Color {
        fn next(&mut self) { //~ Python shares the variants of an enum, so nothing can borrow one mutably
            *self = Color::Green;
        }
    }
}

fn main() {}
