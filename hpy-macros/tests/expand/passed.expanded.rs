fn f<'ctx>(
    ctx: Context<'ctx>,
    module: &Handle<'ctx, Module>,
    r#type: &str,
) -> Result<()> {
    Ok(())
}
#[doc(hidden)]
struct f {}
const _: () = {
    #[automatically_derived]
    impl renamed::impl_::Function for f {
        type This = renamed::types::Module;
        const NAME: &'static ::core::ffi::CStr = c"f";
        const DOC: &'static ::core::ffi::CStr = c"f(type)\n--\n\n";
        const CONVENTION: renamed::impl_::Convention = renamed::impl_::Convention::Keywords;
        const PARAMS: &'static renamed::impl_::Params = &renamed::impl_::Params {
            function: renamed::impl_::function_name("f"),
            names: &[c"type"],
            positional_only: 0usize,
            positional: 1usize,
            required_positional: 1usize,
            required_keyword: &[],
            varargs: false,
            kwargs: false,
        };
        #[inline(always)]
        fn call<'__a, '__ctx>(
            __ctx: renamed::Context<'__ctx>,
            __this: renamed::Ref<'__a, '__ctx, renamed::types::Module>,
            __args: renamed::impl_::Arguments<'__a, '__ctx>,
            __params: &'static renamed::impl_::Params,
        ) -> renamed::Result<renamed::Handle<'__ctx>> {
            let [__a0] = renamed::impl_::bind::<1usize>(__ctx, __params, __args)?;
            let __p0: &str = renamed::impl_::argument(__ctx, &__a0, __params, 0usize)?;
            let __result = f(__ctx, renamed::impl_::pass_module(&__this), __p0);
            renamed::impl_::output(__ctx, __result)
        }
    }
};
