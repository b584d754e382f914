//! The signature and the function have the same parameters; all mistakes are reported.

#[hpy::module]
mod m {
    #[function(signature = (a, c))] //~ no parameter `c`
    fn f(a: i64, b: i64) -> i64 { //~ `b` is missing
        a + b
    }
}

fn main() {}
