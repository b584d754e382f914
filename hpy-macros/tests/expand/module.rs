/// Everything that a module can have.
#[hpy::module(name = "things", gil = false)]
mod m {
    #[export]
    const VERSION: &str = "1";

    #[cfg(unix)]
    #[export]
    use super::{a, b as c};

    static KEPT: Global = Global::new();

    #[cfg(unix)]
    #[function]
    fn f() {}

    #[init]
    fn init(ctx: Context<'_>, module: &Handle<'_, Module>) -> Result<()> {
        Ok(())
    }

    struct Untouched;
}
