//! A syntax error is reported where it is, and nothing else is.

#[hpy::module]
mod m {
    #[function]
    fn good() {}

    #[class]
    struct Point {}

    #[methods]
    impl Point {
        #[new]
        fn new() -> Self {
            Point {}
        }
    }

    #[function]
    fn bad() -> i64 {
        let x = 1 //~ expected `;`, found `x`
        x //~ expected `;`
    }
}

fn main() {}
