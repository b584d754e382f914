//! Python uses an object from any of its threads, so a class is `Send` and `Sync`, or `unsendable`.

#[hpy::module]
mod m {
    #[class]
    struct Shared { //~ `Rc<i32>` cannot be sent between threads safely //~ `Rc<i32>` cannot be shared between threads safely
        count: std::rc::Rc<i32>,
    }
}

fn main() {}
