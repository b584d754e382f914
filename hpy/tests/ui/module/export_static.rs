//! A constant is a `const`.

#[hpy::module]
mod m {
    #[export] //~ a `static` can't be exported
    static LIMIT: i64 = 1;
}

fn main() {}
