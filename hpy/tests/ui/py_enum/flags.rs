//! Flags have bits, and only flags can be combined.

#[hpy::module]
mod m {
    use hpy::Flags;

    #[enumeration(base = "IntFlag")]
    enum Mode {
        Read = 1,
        Odd = -1, //~ the number of a flag is made of bits, so it can't be negative
    }

    #[enumeration]
    enum Color {
        Red,
    }

    #[function]
    fn colors(_colors: Flags<Color>) {} //~ the members of `Color` can't be combined
}

fn main() {}
