//! A context belongs to one call, so its lifetime can't be named.

#[hpy::module]
mod m {
    use hpy::Context;

    #[function]
    fn f(ctx: Context<'static>) { //~ no call lasts for ever
        let _ = ctx;
    }
}

fn main() {}
