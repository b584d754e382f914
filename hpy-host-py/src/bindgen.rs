//! What maturin runs to get Python files for the library: there are none, `python/hpy_host/_native.py` loads it.

fn main() {}
