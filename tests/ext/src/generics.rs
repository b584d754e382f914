//! Generic structs as classes, methods from traits, and more than one `impl` block.

/// Classes of generic structs.
#[hpy::module]
mod generics {
    use hpy::{Field, Handle, Result};
    use std::fmt::Debug;
    use std::ops::{Add, Mul};

    /// What the elements of a matrix are.
    trait Number: Copy + Debug + Add<Output = Self> + Mul<Output = Self> + Send + Sync + 'static {
        const ZERO: Self;
        const NAME: &'static str;
    }

    impl Number for f64 {
        const ZERO: f64 = 0.0;
        const NAME: &'static str = "float";
    }

    impl Number for i64 {
        const ZERO: i64 = 0;
        const NAME: &'static str = "int";
    }

    /// Methods that come from a trait.
    trait Shape {
        fn rows(&self) -> usize;
        fn columns(&self) -> usize;

        fn count(&self) -> usize {
            self.rows() * self.columns()
        }
    }

    /// Rows of numbers.
    #[class(instances(IntMatrix = i64, FloatMatrix = f64))]
    #[derive(Clone)]
    struct Matrix<T> {
        #[hpy(get)]
        cells: Vec<T>,
        columns: usize,
        owner: Owner,
    }

    #[derive(Clone, Default)]
    struct Owner;

    #[methods]
    impl<T> Matrix<T>
    where
        T: Number + for<'a, 'ctx> hpy::FromPython<'a, 'ctx> + for<'ctx> hpy::IntoPython<'ctx>,
    {
        #[new]
        #[hpy(signature = (rows, fill = T::ZERO))]
        fn new(rows: Vec<Vec<T>>, fill: T) -> Self {
            let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
            let mut cells = Vec::new();
            for mut row in rows {
                row.resize(columns, fill);
                cells.extend(row);
            }
            Matrix { cells, columns, owner: Owner }
        }

        #[classattr]
        const KIND: &'static str = T::NAME;

        fn sum(&self) -> T {
            self.cells.iter().fold(T::ZERO, |sum, cell| sum + *cell)
        }

        fn __add__(&self, other: &Self) -> Self {
            let cells = self.cells.iter().zip(&other.cells).map(|(one, two)| *one + *two).collect();
            Matrix { cells, ..self.clone() }
        }

        fn __mul__(&self, factor: T) -> Matrix<T> {
            Matrix { cells: self.cells.iter().map(|cell| *cell * factor).collect(), ..self.clone() }
        }

        #[staticmethod]
        fn zero() -> T {
            T::ZERO
        }

        fn with_cell(&mut self, index: usize, value: T) -> Result<T> {
            match self.cells.get_mut(index) {
                Some(cell) => Ok(std::mem::replace(cell, value)),
                None => Err(hpy::exceptions::IndexError::new_err("no such cell")),
            }
        }
    }

    #[methods]
    impl<T: Number> Shape for Matrix<T> {
        fn rows(&self) -> usize {
            self.cells.len().checked_div(self.columns).unwrap_or(0)
        }

        #[getter]
        fn columns(&self) -> usize {
            let Owner = self.owner;
            self.columns
        }

        fn count(&self) -> usize {
            self.cells.len()
        }
    }

    /// Of one instance only.
    #[methods]
    impl IntMatrix {
        fn parity(&self) -> Vec<i64> {
            self.cells.iter().map(|cell| cell & 1).collect()
        }
    }

    /// Two parameters, one of them a number; with fields.
    #[class(instances(Texts2 = (String, 2), Bytes3 = (Vec<u8>, 3)), frozen)]
    struct Ring<T, const N: usize> {
        items: [T; N],
        last: Field,
    }

    #[methods]
    impl<T: Clone + Default + Send + Sync + 'static, const N: usize> Ring<T, N>
    where
        T: for<'ctx> hpy::IntoPython<'ctx>,
        Ring<T, N>: hpy::Class,
    {
        #[new]
        fn new(last: &Handle<'_>) -> Self {
            Ring { items: std::array::from_fn(|_| T::default()), last: Field::new(last.clone()) }
        }

        fn __len__(&self) -> usize {
            N
        }

        fn __getitem__(&self, index: usize) -> T {
            self.items[index % N].clone()
        }

        #[getter]
        fn last<'ctx>(&self, slf: &Handle<'ctx, Self>) -> Option<Handle<'ctx>> {
            self.last.load(slf)
        }
    }

    #[function]
    fn int_sum(matrix: &IntMatrix) -> i64 {
        matrix.sum()
    }

    #[function]
    fn identity() -> FloatMatrix {
        Matrix { cells: vec![1.0, 0.0, 0.0, 1.0], columns: 2, owner: Owner }
    }

    /// A plain class with blocks of its own and of traits.
    #[class]
    struct Square {
        side: f64,
    }

    trait Area {
        fn area(&self) -> f64;
        fn unit() -> Self
        where
            Self: Sized;
    }

    #[methods]
    impl Square {
        #[new]
        fn new(side: f64) -> Self {
            Square { side }
        }
    }

    #[methods]
    impl Area for Square {
        /// From a trait.
        fn area(&self) -> f64 {
            self.side * self.side
        }

        #[staticmethod]
        fn unit() -> Self {
            Square { side: 1.0 }
        }
    }

    #[methods]
    impl PartialEq for Square {
        #[hpy(name = "same")]
        fn eq(&self, other: &Square) -> bool {
            self.side == other.side
        }
    }

    #[methods]
    impl Square {
        fn __abs__(&self) -> f64 {
            self.side
        }

        fn grow(&mut self, by: f64) {
            self.side += by;
        }
    }

    /// `Shelf[int]` in annotations: the struct has no parameters.
    #[class(generic, subclass)]
    struct Shelf {
        #[hpy(get)]
        width: i64,
    }

    #[methods]
    impl Shelf {
        #[new]
        #[hpy(signature = (width = 1))]
        fn new(width: i64) -> Self {
            Shelf { width }
        }
        #[classmethod]
        fn wide<'ctx>(cls: &Handle<'ctx, hpy::types::Type>) -> Result<Handle<'ctx>> {
            cls.call((9,))
        }
    }

    /// An enum may be one, too, and a class with nothing else that hosts must be told.
    #[class(generic)]
    enum Side {
        Left,
        Right,
    }
}
