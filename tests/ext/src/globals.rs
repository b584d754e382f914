//! Objects kept in statics.

#[hpy::module]
mod globals {
    use hpy::types::{Any, Dict};
    use hpy::{Context, Global, Handle, Result};

    static CACHE: Global<Dict> = Global::new();
    static LAST: Global<Any> = Global::new();

    #[cfg(target_os = "none")]
    static NOT_THERE: Global<Any> = Global::new();

    #[init]
    fn init(ctx: Context<'_>) -> Result<()> {
        CACHE.store(ctx, &Dict::new(ctx)?);
        Ok(())
    }

    #[function]
    fn remember<'ctx>(ctx: Context<'ctx>, key: &Handle<'ctx>, value: &Handle<'ctx>) -> Result<usize> {
        let cache = CACHE.load(ctx).expect("filled by init");
        cache.setitem(key, value)?;
        cache.len()
    }

    #[function]
    fn recall<'ctx>(ctx: Context<'ctx>, key: &Handle<'ctx>) -> Result<Option<Handle<'ctx>>> {
        CACHE.load(ctx).expect("filled by init").get(key)
    }

    #[function]
    fn swap<'ctx>(ctx: Context<'ctx>, value: &Handle<'ctx>) -> Option<Handle<'ctx>> {
        let last = LAST.load(ctx);
        LAST.store(ctx, value);
        last
    }
}

#[hpy::module]
mod globals_misuse {
    use hpy::{Context, Global};

    mod hidden {
        pub(super) static OUTSIDE: hpy::Global = hpy::Global::new();
    }

    static _INSIDE: Global = Global::new();

    #[function]
    fn load_unregistered(ctx: Context<'_>) -> bool {
        hidden::OUTSIDE.load(ctx).is_some()
    }
}
