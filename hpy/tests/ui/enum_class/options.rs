//! Some options are for structs, one is for enums.

#[hpy::module]
mod m {
    #[class(
        subclass, //~ `subclass` is for structs
        dict, //~ `dict` is for structs
        weakref, //~ `weakref` is for structs
        sequence, //~ `sequence` is for structs
        mapping, //~ `mapping` is for structs
        get_all, //~ `get_all` is for structs
        set_all, //~ `set_all` is for structs
        new = "from_fields", //~ `new` is for structs
    )]
    enum Color {
        Red,
        #[hpy(value = 2)] //~ unknown option `value`: the only option here is `name`
        Green,
        #[hpy(name = "Red")] //~ there is a `Red` already
        Blue,
        #[hpy(name = "None")] //~ `None` is a keyword of Python
        Nothing,
    }

    #[class(eq_int)] //~ `eq_int` is for enums whose variants have no data
    struct Point {
        x: f64,
    }
}

fn main() {}
