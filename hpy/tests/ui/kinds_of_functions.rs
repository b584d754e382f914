//! What a function for Python can't be.

#[hpy::function]
async fn asynchronous() {} //~ async

#[hpy::function]
unsafe fn not_safe() {} //~ unsafe

#[hpy::function]
extern "C" fn of_c() {} //~ extern

#[hpy::function]
fn generic<T>(x: T) {} //~ generic

#[hpy::function]
fn with_impl(x: impl Copy) {} //~ impl

#[hpy::function]
fn with_pattern((a, b): (i64, i64)) {} //~ a pattern

#[hpy::function] //~ not a function
struct NoFunction;

fn main() {}
