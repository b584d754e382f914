//! A converter works for an argument of any call.

fn convert(value: &'static hpy::Handle<'static>) -> hpy::Result<&'static str> {
    value.extract()
}

#[hpy::function] //~ borrowed data escapes outside of associated function //~ temporary value dropped while borrowed
fn f(#[hpy(from_py_with = convert)] text: &str) -> usize {
    text.len()
}

fn main() {}
