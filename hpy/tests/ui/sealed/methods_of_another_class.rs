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
        const ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE: &'static hpy::impl_::Methods<Big> = Big::ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE;
    }
}

fn main() {}
