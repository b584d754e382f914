//! All mistakes of a module are told at once.

#[hpy::module(name = "a.b")] //~ has no dots
mod m {
    #[function(signature = (b))] //~ names `b`
    fn f(a: i64) {} //~ parameter `a` is missing

    #[export] //~ a function is made for Python by `#[function]`, not by `#[export]`
    fn g() {}
}

fn main() {}
