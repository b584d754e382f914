//! A handle can't be sent to another thread.

#[hpy::module]
mod m {
    use hpy::Handle;

    #[function]
    fn f(x: &Handle<'_>) {
        std::thread::scope(|scope| {
            scope.spawn(|| x.is_none()); //~ handles are not `Sync`
        });
    }
}

fn main() {}
