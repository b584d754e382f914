//! Two fields are two attributes.

#[hpy::module]
mod shapes {
    #[class]
    struct Shape {
        #[hpy(set, name = "x")]
        a: String,
        #[hpy(get, name = "x")] //~ there is an attribute `x` already
        b: u64,
    }
}

fn main() {}
