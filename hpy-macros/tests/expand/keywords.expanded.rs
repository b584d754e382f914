fn f(a: i64, b: i64, args: Vec<i64>, c: &str, kwargs: HashMap<String, i64>) -> i64 {
    a
}
#[doc(hidden)]
struct f {}
const _: () = {
    #[automatically_derived]
    impl ::hpy::impl_::Function for f {
        type This = ::hpy::types::Module;
        const NAME: &'static ::core::ffi::CStr = c"everything";
        const DOC: &'static ::core::ffi::CStr = c"everything(a, /, b=2, *args, c='x', **kwargs)\n--\n\n";
        const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::Keywords;
        const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
            function: ::hpy::impl_::function_name("everything"),
            names: &[c"a", c"b", c"c"],
            positional_only: 1usize,
            positional: 2usize,
            required_positional: 1usize,
            required_keyword: &[false],
            varargs: true,
            kwargs: true,
        };
        #[inline(always)]
        fn call<'__a, '__ctx>(
            __ctx: ::hpy::Context<'__ctx>,
            __this: ::hpy::Ref<'__a, '__ctx, ::hpy::types::Module>,
            __args: ::hpy::impl_::Arguments<'__a, '__ctx>,
            __params: &'static ::hpy::impl_::Params,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
            let ([__a0, __a1, __a3], __rest, __kwargs) = ::hpy::impl_::bind_variadic::<
                3usize,
            >(__ctx, __params, __args)?;
            let __p0: i64 = ::hpy::impl_::argument(__ctx, &__a0, __params, 0usize)?;
            let __p1: i64 = match &__a1 {
                ::core::option::Option::Some(__given) => {
                    ::hpy::impl_::argument_or_default(__ctx, __given, __params, 1usize)?
                }
                ::core::option::Option::None => 2,
            };
            let __p2: Vec<i64> = ::hpy::impl_::variadic(
                __ctx,
                &__rest,
                __params,
                "args",
            )?;
            let __p3: &str = match &__a3 {
                ::core::option::Option::Some(__given) => {
                    ::hpy::impl_::argument_or_default(__ctx, __given, __params, 2usize)?
                }
                ::core::option::Option::None => "x",
            };
            let __p4: HashMap<String, i64> = ::hpy::impl_::variadic(
                __ctx,
                &__kwargs,
                __params,
                "kwargs",
            )?;
            let __result = ::hpy::impl_::detached(
                __ctx,
                move || f(__p0, __p1, __p2, __p3, __p4),
            );
            ::hpy::impl_::output(__ctx, __result)
        }
    }
};
