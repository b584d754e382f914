//! All mistakes of a module are told at once.

#[hpy::module(name = "a.b")] //~ can't contain dots
mod m {
    #[function(signature = (b))] //~ names `b`
    fn f(a: i64) {} //~ parameter `a` is missing

    #[export] //~ `#[export]` does not expose a function: write `#[function]`
    fn g() {}
}

fn main() {}
