//! Contents of a module besides functions: constants, items defined elsewhere, and the additions of `#[init]`.

/// A module with everything.
///
/// Its documentation has two paragraphs.
#[hpy::module]
mod modules {
    use hpy::types::{List, Module};
    use hpy::{Context, Handle, Result};

    #[export]
    const ANSWER: i64 = 42;

    /// A text.
    #[export]
    const GREETING: &str = "héllo";

    #[export]
    const RATIO: f64 = 0.5;

    #[export(name = "flag")]
    const FLAG: bool = true;

    #[export(name = "__version__")]
    const VERSION: &str = "1.2.3";

    #[export(name = "_private")]
    const PRIVATE: i64 = 7;

    #[cfg(target_os = "none")]
    #[export]
    const NOT_THERE: i64 = 1;

    #[export]
    use crate::exported_items::{deeper::negate, halve, scale as multiply};

    #[allow(dead_code)]
    const NOT_EXPORTED: i64 = 1;

    fn helper() -> i64 {
        ANSWER + 1
    }

    #[function]
    fn answer_and_one() -> i64 {
        helper()
    }

    #[function]
    fn host() -> &'static str {
        hpy::host_name()
    }

    #[init]
    fn init<'ctx>(ctx: Context<'ctx>, module: &Handle<'ctx, Module>) -> Result<()> {
        let list = List::new(ctx)?;
        list.append(ANSWER)?;
        module.add("made_by_init", list)?;
        module.add("name_in_init", module.name()?)
    }
}

/// A module that says what `*` means, with a function of its own name.
#[hpy::module]
mod listed {
    use hpy::types::Module;
    use hpy::{Context, Handle, Result};

    #[function]
    fn listed() -> i64 {
        1
    }

    #[function]
    fn not_listed() -> i64 {
        2
    }

    #[function(name = "_listed")]
    fn underscored() -> i64 {
        3
    }

    /// Change the module, as Python code may.
    #[function]
    fn change<'ctx>(ctx: Context<'ctx>, name: &str) -> Result<()> {
        ctx.import(name)?.setattr("changed", true)
    }

    #[init]
    fn init<'ctx>(_ctx: Context<'ctx>, module: &Handle<'ctx, Module>) -> Result<()> {
        module.add("__all__", vec!["listed", "_listed"])
    }
}

/// A module whose `#[init]` fails when it is told to.
#[hpy::module(name = "failing")]
mod fails {
    use hpy::{Context, Result, exceptions::ImportError};

    #[init]
    fn init(ctx: Context<'_>) -> Result<()> {
        let environ = ctx.import("os")?.getattr("environ")?;
        match environ.call_method("get", ("HPY_TESTS_INIT", "error"))?.extract::<String>()?.as_str() {
            "error" => Err(ImportError::new_err("init said no")),
            "panic" => panic!("init panicked"),
            "type" => Err(hpy::Error::new::<crate::panics::Panicking>("init said no")),
            _ => Ok(()),
        }
    }
}
