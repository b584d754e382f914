//! A table of a class takes the methods of its own instances only.

use hpy::impl_::{FunctionDef, Methods};

#[hpy::class]
struct Big {
    text: String,
}

#[hpy::class]
struct Small {
    n: u8,
}

struct Peek;

impl hpy::impl_::Function for Peek {
    type This = Big;
    const NAME: &'static std::ffi::CStr = c"peek";
    const DOC: &'static std::ffi::CStr = c"";
    const CONVENTION: hpy::impl_::Convention = hpy::impl_::Convention::NoArgs;
    const PARAMS: &'static hpy::impl_::Params = &hpy::impl_::Params {
        class: "",
        names: b"peek\0",
        own: 5,
        count: 0,
        positional_only: 0,
        positional: 0,
        required_positional: 0,
        required_keyword: false,
        varargs: false,
        kwargs: false,
    };

    fn call<'a, 'ctx>(
        _: hpy::Context<'ctx>,
        this: hpy::Ref<'a, 'ctx, Big>,
        _: &hpy::impl_::Arguments<'a, 'ctx>,
        _: &'static hpy::impl_::Params,
    ) -> hpy::Result<hpy::Handle<'ctx>> {
        Ok(this.to_owned().into_any())
    }
}

const METHODS: Methods<Small> = Methods { defs: &[FunctionDef::<Peek>::METHOD], ..Methods::NONE }; //~ mismatched types

fn main() {}
