//! A field that may be left out is no attribute.

#[hpy::module]
mod shapes {
    #[class]
    struct Named {
        #[cfg(any())] //~ a field with `#[cfg]` can't be an attribute
        #[hpy(get, set)]
        x: String,
        #[cfg(all())]
        x: [u64; 3],
    }

    #[class]
    struct Numbered(
        #[cfg(any())] String, //~ a field with `#[cfg]` can't be an attribute
        #[hpy(get, set)] u64,
        bool,
    );
}

fn main() {}
