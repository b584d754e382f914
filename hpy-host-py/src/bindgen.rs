//! Binary that maturin runs to generate Python files. It generates none, because `python/hpy_host/_native.py` loads the library.

fn main() {}
