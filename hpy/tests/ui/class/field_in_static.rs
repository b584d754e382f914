//! A field belongs to an instance of a class.

static FIELD: hpy::Field = hpy::Field::empty(); //~ cannot call non-const associated function

fn main() {}
