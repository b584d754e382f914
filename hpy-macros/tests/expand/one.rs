#[hpy::function(signature = (x, /))]
pub fn one(x: i64) -> i64 {
    x
}
