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
            class: "",
            names: b"f\0!type\0",
            own: 2,
            count: 1,
            positional_only: 0,
            positional: 1,
            required_positional: 1,
            required_keyword: false,
            varargs: false,
            kwargs: false,
        };
        #[inline(always)]
        fn call<'__a, '__ctx>(
            __ctx: renamed::Context<'__ctx>,
            __this: renamed::Ref<'__a, '__ctx, renamed::types::Module>,
            __args: &renamed::impl_::Arguments<'__a, '__ctx>,
            __params: &'static renamed::impl_::Params,
        ) -> renamed::Result<renamed::Handle<'__ctx>> {
            let mut __slots = [renamed::impl_::ArgumentSlot::EMPTY; 1usize];
            match renamed::impl_::bind(__params, __args, &mut __slots) {
                ::core::result::Result::Ok(__value) => __value,
                ::core::result::Result::Err(__error) => {
                    return ::core::result::Result::Err(__error);
                }
            };
            let __p0: &str = match renamed::impl_::convert(
                &__slots[0usize],
                __params,
                0usize,
            ) {
                ::core::result::Result::Ok(__value) => __value,
                ::core::result::Result::Err(__error) => {
                    return ::core::result::Result::Err(__error);
                }
            };
            let __result = f(__ctx, renamed::impl_::pass_module(&__this), __p0);
            renamed::impl_::shared_output(__ctx, __result)
        }
    }
};
