//! Writes the Python loader into the wheel.

fn main() {
    hpy::bindgen::main()
}
