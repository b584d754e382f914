//! Variants with data: what their fields and options can't be.

#[hpy::module]
mod m {
    struct Inner;

    #[class(
        eq_int, //~ `eq_int` is for enums whose variants have no data
        subclass, //~ `subclass` is for structs
    )]
    enum Shape {
        Circle {
            #[hpy(get)] //~ unknown option `get`: the only option here is `name`
            radius: f64,
            #[hpy(name = "radius")] //~ there is a `radius` already
            other: f64,
        },
        #[hpy(constructor = (width))] //~ the constructor names `width`, but the variant has no such field
        Rect(f64), //~ the field `_0` is missing in the constructor
        Oval {},
        Unit, //~ a unit variant can't stand beside variants with data: write `Unit {}`
        Kept(hpy::Handle<'static>), //~ `Handle`
    }
}

fn main() {}
