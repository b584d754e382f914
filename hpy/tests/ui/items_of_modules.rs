//! What a module can't have.

#[hpy::module]
mod two_of_a_name {
    #[function]
    fn f() {}

    #[export]
    #[allow(non_upper_case_globals)]
    const f: i64 = 1; //~ `f` again
}

#[hpy::module]
mod two_inits {
    #[init]
    fn one() {}

    #[init]
    fn two() {} //~ a second one
}

#[hpy::module]
mod misplaced {
    #[function] //~ on a struct
    struct S;

    #[export] //~ on a function
    fn f() {}

    #[export]
    use std::cmp::*; //~ no names
}

#[hpy::module]
mod init_arguments {
    #[init]
    fn init(x: i64) {} //~ not a context nor the module
}

fn main() {}
