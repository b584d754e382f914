//! Running while other Python threads run.

#[hpy::module]
mod threads {
    use std::time::Duration;

    use hpy::{Context, Handle, Result};

    /// Sleeps detached.
    #[function]
    fn sleep(ctx: Context<'_>, milliseconds: u64) {
        ctx.detach(|| std::thread::sleep(Duration::from_millis(milliseconds)));
    }

    /// Sums in a Rust thread of its own.
    #[function]
    fn sum_in_thread(ctx: Context<'_>, numbers: Vec<i64>) -> i64 {
        ctx.detach(|| std::thread::spawn(move || numbers.iter().sum()).join().expect("the sum can't panic"))
    }

    /// Calls Python between two detached parts.
    #[function]
    fn detach_twice<'ctx>(ctx: Context<'ctx>, f: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        let x = ctx.detach(|| 20);
        let y = ctx.detach(|| 22);
        f.call((x + y,))
    }

    #[function]
    fn panic_detached(ctx: Context<'_>) {
        ctx.detach(|| panic!("while detached"));
    }
}
