//! Not every builtin class has room for data, and none takes values of another.

#[hpy::module]
mod m {
    use hpy::types::{Bool, Dict, List};

    #[class(extends = Bool)] //~ `hpy::types::Bool` can't be extended
    struct Maybe {}

    #[class(extends = List)]
    struct Stack {}

    #[class(extends = Dict)]
    struct Counts {}

    #[methods]
    impl Counts {
        #[new]
        fn new() -> (Self, Stack) { //~ `Stack` does not make what belongs to the base `Dict`
            (Counts {}, Stack {})
        }
    }
}

fn main() {}
