//! Only a module that was made for Python can be a submodule.

mod plain {}

mod other {
    #[hpy::module]
    pub(crate) mod top {}
}

#[hpy::module]
mod outer {
    #[module]
    use crate::plain; //~ this is not a submodule for Python

    #[module]
    use crate::other::top; //~ this is not a submodule for Python
}

fn main() {}
