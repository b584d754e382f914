//! Buffer exports of instances.

#[hpy::module]
mod buffers {
    use hpy::exceptions::ValueError;
    use hpy::{Result, View};

    crate::alive::counted!();

    #[function]
    fn alive() -> usize {
        Alive::count()
    }

    /// Numbers that Python may read.
    #[class(subclass)]
    struct Numbers {
        numbers: Vec<i32>,
        _alive: Alive,
    }

    #[methods]
    impl Numbers {
        #[new]
        #[hpy(signature = (*numbers))]
        fn new(numbers: Vec<i32>) -> Self {
            Numbers { numbers, _alive: Alive::new() }
        }

        fn append(&mut self, number: i32) {
            self.numbers.push(number);
        }

        fn sum(&self) -> i32 {
            self.numbers.iter().sum()
        }

        fn __buffer__(&self) -> &[i32] {
            &self.numbers
        }
    }

    /// Numbers that Python may write.
    #[class]
    struct Samples {
        samples: Vec<f64>,
        _alive: Alive,
    }

    #[methods]
    impl Samples {
        #[new]
        fn new(count: usize) -> Self {
            Samples { samples: (0..count).map(|n| n as f64).collect(), _alive: Alive::new() }
        }

        fn append(&mut self, sample: f64) {
            self.samples.push(sample);
        }

        fn sum(&self) -> f64 {
            self.samples.iter().sum()
        }

        fn __buffer__(&mut self) -> &mut [f64] {
            &mut self.samples
        }
    }

    /// Grey values, row by row.
    #[class]
    struct Image {
        rows: usize,
        columns: usize,
        pixels: Vec<u8>,
        how: String,
    }

    #[methods]
    impl Image {
        #[new]
        #[hpy(signature = (rows, columns, how = String::new()))]
        fn new(rows: usize, columns: usize, how: String) -> Self {
            let pixels = (0..rows * columns).map(|n| n as u8).collect();
            Image { rows, columns, pixels, how }
        }

        fn pixel(&self, row: usize, column: usize) -> Option<u8> {
            self.pixels.get(row * self.columns + column).copied()
        }

        fn __buffer__(&mut self) -> Result<View<'_, u8>> {
            let (rows, columns) = (self.rows, self.columns);
            let view = View::new_mut(&mut self.pixels);
            match self.how.as_str() {
                "" => view.shaped(&[rows, columns]),
                "fortran" => view.strided(0, &[rows, columns], &[1, rows as isize]),
                "flipped" => view.strided(columns - 1, &[rows, columns], &[columns as isize, -1]),
                "even" => view.strided(0, &[rows, columns / 2], &[columns as isize, 2]),
                "wrong" => view.shaped(&[rows, columns + 1]),
                "outside" => view.strided(1, &[rows, columns], &[columns as isize, 1]),
                "panic" => panic!("in __buffer__"),
                other => Err(ValueError::new_err(format!("no {other}"))),
            }
        }
    }

    /// Bytes that are shown as Python says.
    #[class]
    struct Strided {
        bytes: Vec<u8>,
        first: usize,
        shape: Vec<usize>,
        strides: Vec<isize>,
    }

    #[methods]
    impl Strided {
        #[new]
        fn new(count: u8, first: usize, shape: Vec<usize>, strides: Vec<isize>) -> Self {
            Strided { bytes: (0..count).collect(), first, shape, strides }
        }

        fn bytes(&self) -> &[u8] {
            &self.bytes
        }

        fn __buffer__(&mut self) -> Result<View<'_, u8>> {
            // From another item on first: only the last call counts.
            let last = self.bytes.len() - 1;
            let view = View::new_mut(&mut self.bytes).strided(last, &[1], &[1])?;
            if self.strides.is_empty() {
                view.shaped(&self.shape)
            } else {
                view.strided(self.first, &self.shape, &self.strides)
            }
        }
    }

    /// A class that exports, as does the one that extends it.
    #[class(subclass)]
    struct Shown {
        shown: Vec<u8>,
    }

    #[methods]
    impl Shown {
        #[new]
        fn new(shown: &[u8]) -> Self {
            Shown { shown: shown.to_vec() }
        }

        fn replace_shown(&mut self, shown: &[u8]) {
            self.shown = shown.to_vec();
        }

        fn __buffer__(&self) -> &[u8] {
            &self.shown
        }
    }

    #[class(extends = Shown)]
    struct Written {
        written: Vec<u8>,
    }

    #[methods]
    impl Written {
        #[new]
        fn new(count: usize) -> (Self, Shown) {
            (Written { written: vec![0; count] }, Shown { shown: b"shown".to_vec() })
        }

        fn replace(&mut self, count: usize) {
            self.written = vec![0; count];
        }

        fn __buffer__(&mut self) -> &mut [u8] {
            &mut self.written
        }
    }

    /// Never changes.
    #[class(frozen)]
    struct Constant {
        block: [u16; 4],
    }

    #[methods]
    impl Constant {
        #[new]
        fn new() -> Self {
            Constant { block: [1, 2, 3, 4] }
        }

        fn __buffer__(&self) -> View<'_, u16> {
            View::new(&self.block)
        }
    }

    /// Bound to the thread that made it.
    #[class(unsendable)]
    struct Local {
        bytes: Vec<u8>,
    }

    #[methods]
    impl Local {
        #[new]
        fn new(bytes: &[u8]) -> Self {
            Local { bytes: bytes.to_vec() }
        }

        fn __buffer__(&self) -> &Vec<u8> {
            &self.bytes
        }
    }

    #[class]
    use super::kinds::{Bool, Empty, F32, F64, I8, I16, I32, I64, Isize, U8, U16, U32, U64, Usize};
}

/// A class for each type of numbers.
mod kinds {
    macro_rules! kinds {
        ($($name:ident $ty:ty: $values:expr;)*) => {$(
            /// One type of numbers.
            #[hpy::class(frozen)]
            #[derive(Debug)]
            pub struct $name {
                items: Vec<$ty>,
            }

            #[hpy::methods]
            impl $name {
                #[new]
                fn new() -> Self {
                    $name { items: $values.into() }
                }

                fn __buffer__(&self) -> &[$ty] {
                    &self.items
                }
            }
        )*};
    }
    kinds! {
        I8 i8: [i8::MIN, -1, i8::MAX];
        U8 u8: [0, 1, u8::MAX];
        I16 i16: [i16::MIN, -1, i16::MAX];
        U16 u16: [0, 1, u16::MAX];
        I32 i32: [i32::MIN, -1, i32::MAX];
        U32 u32: [0, 1, u32::MAX];
        I64 i64: [i64::MIN, -1, i64::MAX];
        U64 u64: [0, 1, u64::MAX];
        Isize isize: [isize::MIN, -1, isize::MAX];
        Usize usize: [0, 1, usize::MAX];
        F32 f32: [0.5, -1.0, f32::INFINITY];
        F64 f64: [0.5, -1.0, f64::INFINITY];
        Bool bool: [true, false, true];
        Empty u64: [];
    }
}
