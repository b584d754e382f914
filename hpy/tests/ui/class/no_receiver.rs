//! A method needs an instance, or an attribute that says that it has none.

#[hpy::module]
mod m {
    #[class]
    struct Point {
        x: f64,
    }

    #[methods]
    impl Point {
        fn origin() -> Point { //~ `origin` has no `self`: write `&self`, or `#[staticmethod]`
            Point { x: 0.0 }
        }

        #[staticmethod]
        fn unit(&self) -> Point { //~ a static method has no instance: remove `self`
            Point { x: 1.0 }
        }

        #[getter]
        fn x() -> f64 { //~ `x` needs `&self`, `&mut self`, or `slf: &Handle<'ctx, Self>`
            0.0
        }
    }
}

fn main() {}
