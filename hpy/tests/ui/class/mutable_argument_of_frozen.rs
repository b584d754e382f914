//! Nor does an argument.

#[hpy::module]
mod m {
    #[class(frozen)]
    struct Point {
        x: f64,
    }

    #[function]
    fn reset(point: &mut Point) { //~ type mismatch resolving `<Point as Class>::Mutability == Mutable`
        point.x = 0.0;
    }
}

fn main() {}
