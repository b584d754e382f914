//! The fields of a frozen class can't be set.

#[hpy::module]
mod m {
    #[class(frozen)]
    struct Point {
        #[hpy(get, set)]
        x: f64, //~ the class is `frozen`, so its fields can't be set
    }
}

fn main() {}
