//! An attribute has the type of its field, whatever a macro makes of the name of the type.

#[hpy::module]
mod shapes {
    type T = u64;

    macro_rules! id {
        ($ty:ident) => {
            $ty
        };
    }

    #[class(instances(Strings = String))]
    struct Wrapped<T> {
        #[hpy(get, set)]
        x: id!(T), //~ mismatched types
    }
}

fn main() {}
