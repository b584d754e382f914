//! Nothing borrows a frozen class mutably.

#[hpy::module]
mod m {
    #[class(frozen)]
    struct Point {
        x: f64,
    }

    #[methods]
    impl Point {
        fn move_to(&mut self, x: f64) { //~ the class is `frozen`, so nothing can borrow it mutably
            self.x = x;
        }
    }
}

fn main() {}
