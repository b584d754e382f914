//! The types of all fields convert.

use hpy::{FromPython, IntoPython};

struct Inner;

#[derive(FromPython)]
struct From {
    inner: Inner, //~ can't be made from a Python object
}

#[derive(IntoPython)]
struct Into {
    inner: Inner, //~ `Inner` can't be turned into a Python object
}

fn main() {}
