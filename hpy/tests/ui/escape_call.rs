//! A handle can't be kept for after the call.

#[hpy::module]
mod m {
    use hpy::Handle;
    use std::cell::RefCell;

    thread_local! {
        static KEPT: RefCell<Option<Handle<'static>>> = const { RefCell::new(None) };
    }

    #[function]
    fn keep<'ctx>(x: &Handle<'ctx>) {
        KEPT.with(|kept| *kept.borrow_mut() = Some(x.clone())); //~ `x` has a shorter life
    }
}

fn main() {}
