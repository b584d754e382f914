//! Any thread may ask a Python iterator for its next item.

#[hpy::module]
mod m {
    use std::rc::Rc;

    #[function]
    fn lengths() -> hpy::Iter<usize> {
        let text = Rc::new(String::new());
        hpy::Iter::new((0..3).map(move |n| n + text.len())) //~ cannot be sent between threads safely
    }
}

fn main() {}
