//! The methods of a class stand beside its struct.

#[hpy::module]
mod m {
    struct Point {
        x: f64,
    }

    #[methods]
    impl Point { //~ no `#[class]` of this module is called `Point`
        fn x(&self) -> f64 {
            self.x
        }
    }
}

fn main() {}
