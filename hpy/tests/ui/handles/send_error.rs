//! An error can't go to another thread: it may hold a Python exception.

fn send(error: hpy::Error) {
    std::thread::spawn(move || drop(error)); //~ cannot be sent between threads safely
}

fn main() {}
