//! What the fields and options of derived conversions can't be.

use hpy::{FromPython, IntoPython};

#[derive(FromPython)]
#[hpy(transparent)] //~ `transparent` needs exactly one field
struct Two {
    a: i64,
    b: i64,
}

#[derive(FromPython)]
struct Nothing; //~ there is nothing to convert: a struct or a variant needs fields

#[derive(FromPython)]
struct Borrowed<'a> { //~ only types can be parameters
    text: &'a str,
}

#[derive(FromPython)]
struct Pair(#[hpy(item)] i64, i64); //~ only named fields can be attributes or items

#[derive(FromPython)]
struct Both {
    #[hpy(item, attribute = "b")] //~ a field is an item or an attribute
    a: i64,
    #[hpy(key = "c")] //~ unknown option `key`: the options here are `attribute`, `item`, `default` and `from_py_with`
    c: i64,
}

#[derive(IntoPython)]
union Either { //~ a union can't be converted, as its active field is unknown
    a: i64,
    b: f64,
}

fn main() {}
