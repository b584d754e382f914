//! Names that the code knows: `intern!` and `Interned`.

#[hpy::module]
mod constant_names {
    use std::borrow::Cow;

    use hpy::types::{Dict, Str};
    use hpy::{AttrName, Context, Handle, Interned, Result, intern};

    static VALUE: Interned = Interned::new("value");
    /// One that UTF-8 has, and C strings don't.
    static ODD: Interned = Interned::new("o\0d");
    static UMLAUT: Interned = Interned::new("größe");

    #[function]
    fn get<'ctx>(x: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        x.getattr(intern!("value"))
    }
    #[function]
    fn set<'ctx>(x: &Handle<'ctx>, value: &Handle<'ctx>) -> Result<()> {
        x.setattr(&VALUE, value)
    }
    #[function]
    fn delete(ctx: Context<'_>, x: &Handle<'_>) -> Result<()> {
        x.delattr(intern!(ctx, "value"))
    }
    #[function]
    fn has(x: &Handle<'_>) -> Result<bool> {
        x.hasattr(&VALUE)
    }
    #[function]
    fn call<'ctx>(x: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        x.call_method(intern!("method"), (1, 2))
    }
    #[function]
    fn call_kw<'ctx>(x: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        x.call_method_kw(intern!("method"), (1,), ((intern!("key"), 2), ("other", 3)))
    }
    /// The object, twice, as an argument and as a key.
    #[function]
    fn objects<'ctx>(
        ctx: Context<'ctx>,
    ) -> Result<(Handle<'ctx, Str>, Handle<'ctx, Str>, Handle<'ctx, Dict>)> {
        let dict = Dict::new(ctx)?;
        dict.setitem(&VALUE, intern!("value"))?;
        Ok((VALUE.get(ctx)?, VALUE.get(ctx)?, dict))
    }
    #[function]
    fn odd<'ctx>(x: &Handle<'ctx>) -> Result<(Handle<'ctx>, Handle<'ctx>)> {
        Ok((x.getattr(&ODD)?, x.getattr(&UMLAUT)?))
    }
    /// Names of all kinds.
    #[function]
    fn by_any_name<'ctx>(x: &Handle<'ctx>, name: &Handle<'ctx, Str>) -> Result<Vec<Handle<'ctx>>> {
        fn get<'ctx>(x: &Handle<'ctx>, name: impl AttrName<'ctx>) -> Result<Handle<'ctx>> {
            x.getattr(name)
        }
        let text = name.to_string()?;
        Ok(vec![
            get(x, name)?,
            get(x, name.as_ref())?,
            get(x, text.as_str())?,
            get(x, &text)?,
            get(x, &Cow::from(&text))?,
        ])
    }
    /// Many at once, by several threads.
    #[function]
    fn get_many(x: &Handle<'_>, count: usize) -> Result<i64> {
        let mut sum = 0;
        for _ in 0..count {
            sum += x.getattr(intern!("real"))?.extract::<i64>()?;
        }
        Ok(sum)
    }
}
