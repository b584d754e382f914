//! Modules in a module.

/// Geometry.
#[hpy::module]
mod submodules {
    use hpy::{Context, Handle, Result, types::Module};

    #[function]
    fn name() -> &'static str {
        "the parent's"
    }

    /// Flat things.
    #[module]
    mod flat {
        use hpy::types::Module;
        use hpy::{Context, Field, Global, Handle, Result};

        static LAST: Global = Global::new();

        #[export]
        const SIDES: u32 = 4;

        #[function]
        fn area(width: f64, height: f64) -> f64 {
            width * height
        }

        /// Returns its own module.
        #[function]
        fn name<'ctx>(module: &Handle<'ctx, Module>) -> Result<Handle<'ctx>> {
            module.getattr("__name__")
        }

        #[function]
        fn swap<'ctx>(ctx: Context<'ctx>, value: &Handle<'ctx>) -> Option<Handle<'ctx>> {
            let last = LAST.load(ctx);
            LAST.store(ctx, value);
            last
        }

        #[class(subclass)]
        struct Square {
            #[hpy(get)]
            owner: Field,
        }

        #[methods]
        impl Square {
            #[new]
            fn new(owner: &Handle<'_>) -> Self {
                Square { owner: Field::new(owner.clone()) }
            }

            #[setter]
            fn set_owner<'ctx>(slf: &Handle<'ctx, Square>, owner: &Handle<'ctx>) -> Result<()> {
                slf.borrow()?.owner.store(slf, owner);
                Ok(())
            }
        }

        /// Deeper.
        #[module(name = "deep")]
        mod deeper {
            #[function]
            fn answer() -> i64 {
                42
            }

            #[init]
            fn init(module: &hpy::Handle<'_, hpy::types::Module>) -> hpy::Result<()> {
                let name: String = module.getattr("__name__")?.extract()?;
                let modules = module.ctx().import("sys")?.getattr("modules")?;
                module.setattr("found", modules.getitem(&*name)?.is(module))
            }
        }
    }

    #[module]
    use crate::submodules::outside::solid as bodies;

    #[cfg(target_os = "none")]
    #[module]
    mod nowhere {
        #[function]
        fn missing() {}
    }

    /// Sees the submodules.
    #[init]
    fn init(_: Context<'_>, module: &Handle<'_, Module>) -> Result<()> {
        let flat = module.getattr("flat")?;
        module.setattr("SIDES", flat.getattr("SIDES")?)
    }
}

mod outside {
    /// Bodies.
    #[hpy::module(submodule)]
    pub(super) mod solid {
        #[function]
        fn volume(side: f64) -> f64 {
            side * side * side
        }
    }
}

/// The exception of a submodule is that of the import.
#[hpy::module]
mod submodules_failing {
    #[module]
    mod part {
        #[init]
        fn init() -> hpy::Result<()> {
            Err(hpy::exceptions::ValueError::new_err("part said no"))
        }
    }
}
