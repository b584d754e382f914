//! A generic class lists its instances, each with as many types as there are parameters.

#[hpy::module]
mod m {
    #[class(instances(Ints = i64, Pairs = (i64, f64)))] //~ `Grid` has one parameter: write `Name = type`
    struct Grid<T> {
        cells: Vec<T>,
    }

    #[class(instances(Plain = i64))] //~ `Point` has no parameters
    struct Point {
        x: i64,
    }

    #[class(instances = 3)] //~ write `instances(F32 = f32, F64 = f64)`
    struct Wrong {}

    #[class(instances(Named = u8), name = "Other")] //~ each of the `instances` needs a different name
    struct Cell<T>(T);

    #[class(instances(Signs = i64))] //~ `instances` is for structs
    enum Sign {
        Plus,
        Minus,
    }
}

#[hpy::class(instances(Alone = i64))] //~ `instances` creates a class for each alias in a `#[hpy::module]`
struct Pair<T>(T, T);

fn main() {}
