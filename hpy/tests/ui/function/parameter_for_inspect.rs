//! `inspect` must be able to read the names of the parameters.

#[hpy::function]
fn f(größe: i64) {} //~ so it can't show `größe`

#[hpy::function(text_signature = None)]
fn g(größe: i64) {}

#[hpy::function(text_signature = "(size)", signature = (größe, /))]
fn h(größe: i64) {}

#[hpy::class]
struct Shoe {}

#[hpy::methods]
impl Shoe {
    #[new]
    fn new(größe: i64) -> Self { //~ so it can't show `größe`
        Shoe {}
    }

    fn __getitem__(&self, größe: i64) -> i64 {
        größe
    }

    #[setter]
    fn set_size(&self, größe: i64) {}
}

fn main() {}
