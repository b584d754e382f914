//! A function that runs detached can take nothing that belongs to Python.

#[hpy::function(detach)]
fn length(value: &hpy::Handle<'_>) -> bool { //~ cannot be shared between threads safely
    value.is_none()
}

fn main() {}
