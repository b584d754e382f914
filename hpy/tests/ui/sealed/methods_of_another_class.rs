//! The methods of a class are those of its own instances.

#[hpy::module] //~ mismatched types
mod shapes {
    #[class]
    struct Big {
        text: String,
    }

    #[methods]
    impl Big {
        fn len(&self) -> usize {
            self.text.len()
        }
    }

    #[class]
    struct Small {
        n: u8,
    }

    impl Small {
        const __HPY_METHODS: &'static hpy::impl_::Methods<Big> = Big::__HPY_METHODS;
    }
}

fn main() {}
