//! The six functions of the benchmark.

#[hpy::module]
mod bench_ours {
    use hpy::Handle;

    #[function]
    fn f() {}

    #[function(signature = (obj, /))]
    fn o1(obj: &Handle<'_>) {
        let _ = obj;
    }

    #[function(signature = (x, /))]
    fn f1(x: i64) -> i64 {
        x.wrapping_add(1)
    }

    #[function(signature = (a, b, /))]
    fn add(a: f64, b: f64) -> f64 {
        a + b
    }

    #[function(signature = (a, b = 2, c = 3))]
    fn kw(a: i64, b: i64, c: i64) -> i64 {
        a.wrapping_add(b).wrapping_add(c)
    }
}
