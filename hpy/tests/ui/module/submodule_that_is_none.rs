//! Only a module that was made for Python can be a submodule.

mod plain {}

mod other {
    #[hpy::module]
    pub(crate) mod top {}
}

#[hpy::module]
mod outer {
    #[module]
    use crate::plain; //~ `__HpySubmodule`

    #[module]
    use crate::other::top; //~ `__HpySubmodule`
}

fn main() {}
