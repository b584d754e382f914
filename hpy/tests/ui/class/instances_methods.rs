//! Generic methods are those of a class with instances.

#[hpy::module]
mod m {
    #[class(instances(Ints = i64))]
    struct Grid<T> {
        cells: Vec<T>,
    }

    #[methods]
    impl<T, U> Grid<Vec<(T, U)>> { //~ the parameters of the `impl` block must be those of the class
        fn len(&self) -> usize {
            self.cells.len()
        }
    }

    struct Other<T>(T);

    #[methods]
    impl<T> Other<T> { //~ a class can't have type parameters
        fn get(&self) -> usize {
            0
        }
    }
}

fn main() {}
