//! The arguments of an exception are texts, numbers, handles, or a tuple of these.

use hpy::exceptions::ValueError;

fn main() {
    let _ = ValueError::new_err(("too long", 5));
    let _ = ValueError::new_err(vec![1]); //~ an exception can't be made of
}
