#[hpy::function(signature = (a, /, b = 2, *args, c = "x", **kwargs), name = "everything", detach)]
fn f(a: i64, b: i64, args: Vec<i64>, c: &str, kwargs: HashMap<String, i64>) -> i64 {
    a
}
