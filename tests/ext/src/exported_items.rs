//! Items outside of the module `modules`, which it exports.

/// Made outside of any module.
#[hpy::function(signature = (x, by = 2))]
pub(crate) fn scale(x: i64, by: i64) -> i64 {
    x * by
}

/// Also made outside.
#[hpy::function]
pub(crate) fn halve(x: f64) -> f64 {
    x / 2.0
}

pub(crate) mod deeper {
    /// Made in a module of a module.
    #[hpy::function]
    pub(crate) fn negate(x: i64) -> i64 {
        -x
    }
}

/// A class that another file's module takes.
#[hpy::class(frozen)]
pub(crate) struct Elsewhere {
    #[hpy(get)]
    number: i32,
}

#[hpy::methods]
impl Elsewhere {
    #[new]
    fn new(number: i32) -> Self {
        Elsewhere { number }
    }

    fn next(&self) -> Elsewhere {
        Elsewhere { number: self.number + 1 }
    }
}
