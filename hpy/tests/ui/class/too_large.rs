//! Python counts the bytes of an instance in an `int`.

#[hpy::module]
mod m {
    #[class]
    struct Huge { //~ instances of this class are larger than the 2 GiB that Python allows
        pages: Option<[u8; (1 << 31) + 64]>,
    }
}

fn main() {}
