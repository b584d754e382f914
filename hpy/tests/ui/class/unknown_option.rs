//! A class has the options that are listed, and a field has others.

#[hpy::module]
mod m {
    #[class(frozn)] //~ unknown option `frozn`: the options here are `name`, `module`, `frozen`
    struct Point {
        #[hpy(read)] //~ unknown option `read`: the options here are `get`, `set` and `name`
        x: f64,
    }
}

fn main() {}
