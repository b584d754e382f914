#[hpy::module]
mod m {
    #[class(instances(Ints = i64, Floats = f64))]
    struct Grid<T> {
        cells: Vec<T>,
    }

    #[methods]
    impl<T: Number> Grid<T> {
        fn first(&self, default: T) -> T {
            default
        }
    }

    #[methods]
    impl<T> Size for Grid<T> {
        fn size(&self) -> usize {
            0
        }
    }
}
