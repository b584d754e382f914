//! Methods of handles.

#[hpy::module]
mod objects {
    use hpy::types::{
        Any, Bool, Bytes, Callable, Capsule, Dict, Float, Int, Iterator, List, Module, Slice, Str, Tuple,
        Type,
    };
    use hpy::{CompareOp, Context, Handle, Result};

    #[function]
    fn getattr<'ctx>(x: &Handle<'ctx>, name: &str) -> Result<Handle<'ctx>> {
        x.getattr(name)
    }
    #[function]
    fn setattr<'ctx>(x: &Handle<'ctx>, name: &str, value: &Handle<'ctx>) -> Result<()> {
        x.setattr(name, value)
    }
    #[function]
    fn delattr(x: &Handle<'_>, name: &str) -> Result<()> {
        x.delattr(name)
    }
    #[function]
    fn hasattr(x: &Handle<'_>, name: &str) -> Result<bool> {
        x.hasattr(name)
    }
    #[function]
    fn getitem<'ctx>(x: &Handle<'ctx>, key: &Handle<'ctx>) -> Result<Handle<'ctx>> {
        x.getitem(key)
    }
    #[function]
    fn setitem<'ctx>(x: &Handle<'ctx>, key: &Handle<'ctx>, value: &Handle<'ctx>) -> Result<()> {
        x.setitem(key, value)
    }
    #[function]
    fn delitem<'ctx>(x: &Handle<'ctx>, key: &Handle<'ctx>) -> Result<()> {
        x.delitem(key)
    }
    #[function]
    fn item<'ctx>(x: &Handle<'ctx>, index: usize) -> Result<Handle<'ctx>> {
        x.item(index)
    }
    #[function]
    fn contains<'ctx>(x: &Handle<'ctx>, value: &Handle<'ctx>) -> Result<bool> {
        x.contains(value)
    }
    #[function]
    fn length(x: &Handle<'_>) -> Result<usize> {
        x.len()
    }
    #[function]
    fn truth(x: &Handle<'_>) -> Result<bool> {
        x.is_true()
    }
    #[function]
    fn hash(x: &Handle<'_>) -> Result<isize> {
        x.hash()
    }
    #[function]
    fn texts<'ctx>(x: &Handle<'ctx>) -> Result<(Handle<'ctx, Str>, Handle<'ctx, Str>, String)> {
        Ok((x.str()?, x.repr()?, format!("{x:?}")))
    }
    #[function]
    fn same<'ctx>(x: &Handle<'ctx>, y: &Handle<'ctx>) -> bool {
        x.is(y)
    }
    #[function]
    fn compare<'ctx>(x: &Handle<'ctx>, y: &Handle<'ctx>) -> Result<(bool, bool, Handle<'ctx>)> {
        Ok((x.eq(y)?, x.lt(y)?, x.compare(CompareOp::Ge, y)?))
    }
    #[function]
    fn arithmetic<'ctx>(x: &Handle<'ctx>, y: &Handle<'ctx>) -> Result<Vec<Handle<'ctx>>> {
        Ok(vec![
            x.add(y)?,
            x.sub(y)?,
            x.mul(y)?,
            x.truediv(y)?,
            x.floordiv(y)?,
            x.rem(y)?,
            x.pow(y)?,
            x.neg()?,
            x.abs()?,
        ])
    }
    #[function]
    fn bits<'ctx>(x: &Handle<'ctx>, y: &Handle<'ctx>) -> Result<Vec<Handle<'ctx>>> {
        Ok(vec![x.bitand(y)?, x.bitor(y)?, x.bitxor(y)?, x.lshift(y)?, x.rshift(y)?, x.divmod(y)?])
    }
    #[function]
    fn collect<'ctx>(x: &Handle<'ctx>) -> Result<Vec<Handle<'ctx>>> {
        x.iter()?.into_iter().collect()
    }
    #[function]
    fn type_name(x: &Handle<'_>) -> Result<String> {
        x.type_()?.name()
    }
    /// The markers that an object has, by name.
    #[function]
    fn markers(x: &Handle<'_>) -> Result<Vec<&'static str>> {
        let mut names = Vec::new();
        let mut note = |is: bool, name| {
            if is {
                names.push(name);
            }
        };
        note(x.is_none(), "None");
        note(x.is_a::<Bool>()?, "Bool");
        note(x.is_a::<Int>()?, "Int");
        note(x.is_a::<Float>()?, "Float");
        note(x.is_a::<Str>()?, "Str");
        note(x.is_a::<Bytes>()?, "Bytes");
        note(x.is_a::<List>()?, "List");
        note(x.is_a::<Tuple>()?, "Tuple");
        note(x.is_a::<Dict>()?, "Dict");
        note(x.is_a::<Slice>()?, "Slice");
        note(x.is_a::<Type>()?, "Type");
        note(x.is_a::<Module>()?, "Module");
        note(x.is_a::<Capsule>()?, "Capsule");
        note(x.is_a::<Iterator>()?, "Iterator");
        note(x.is_a::<Callable>()?, "Callable");
        note(x.is_a::<Any>()?, "Any");
        Ok(names)
    }
    #[function]
    fn list_methods(ctx: Context<'_>) -> Result<Handle<'_, List>> {
        let list = List::from_iter(ctx, [3, 1, 2])?;
        list.append("x")?;
        list.insert(0, 9)?;
        list.pop()?;
        list.sort()?;
        list.reverse()?;
        Ok(list)
    }
    #[function]
    fn dict_methods<'ctx>(
        ctx: Context<'ctx>,
    ) -> Result<(Handle<'ctx, Dict>, Handle<'ctx, List>, Option<Handle<'ctx>>)> {
        let dict = Dict::new(ctx)?;
        dict.setitem("a", 1)?;
        dict.setitem(2, "b")?;
        let copy = dict.copy()?;
        dict.delitem("a")?;
        Ok((copy, dict.keys()?, dict.get("a")?))
    }
    #[function]
    fn slice_indices(s: &Handle<'_, Slice>, length: usize) -> Result<(isize, isize, isize, usize)> {
        let i = s.indices(length)?;
        Ok((i.start, i.stop, i.step, i.length))
    }
    #[function]
    fn constants<'ctx>(ctx: Context<'ctx>) -> Vec<Handle<'ctx>> {
        vec![
            ctx.none().to_owned().into_any(),
            ctx.bool(true).to_owned().into_any(),
            ctx.bool(false).to_owned().into_any(),
            ctx.ellipsis().to_owned(),
            ctx.not_implemented().to_owned(),
        ]
    }
    static VALUE: i64 = 99;

    #[function]
    fn capsule(ctx: Context<'_>) -> Result<Handle<'_, Capsule>> {
        // SAFETY: a name of this file only, which stands for an `i64` to be read.
        unsafe { Capsule::new(ctx, c"hpy_tests.value", &VALUE) }
    }
    #[function]
    fn open_capsule(x: &Handle<'_, Capsule>) -> Result<(bool, bool)> {
        let same = x.pointer(c"hpy_tests.value")?.cast_const().cast::<i64>() == &raw const VALUE;
        Ok((same, x.is_valid(c"another.name")))
    }
}
