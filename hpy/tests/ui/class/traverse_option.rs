//! `#[traverse(…)]` has one option, and a union owns nobody knows what.

#[derive(hpy::Traverse)]
struct Wrong {
    #[traverse(ignore)] //~ write `#[traverse(skip)]`
    object: hpy::Py,
}

#[derive(hpy::Traverse)]
union Either { //~ `#[derive(hpy::Traverse)]` can only be applied to a struct or an enum
    number: u64,
    truth: bool,
}

fn main() {}
