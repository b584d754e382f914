pub fn one(x: i64) -> i64 {
    x
}
#[doc(hidden)]
pub struct one {}
const _: () = {
    #[automatically_derived]
    impl ::hpy::impl_::Function for one {
        type This = ::hpy::types::Module;
        const NAME: &'static ::core::ffi::CStr = c"one";
        const DOC: &'static ::core::ffi::CStr = c"one(x, /)\n--\n\n";
        const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::O;
        const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
            class: "",
            names: b"one\0!x\0",
            own: 4,
            count: 1,
            positional_only: 1,
            positional: 1,
            required_positional: 1,
            required_keyword: false,
            varargs: false,
            kwargs: false,
        };
        #[inline(always)]
        fn call<'__a, '__ctx>(
            __ctx: ::hpy::Context<'__ctx>,
            __this: ::hpy::Ref<'__a, '__ctx, ::hpy::types::Module>,
            __args: &::hpy::impl_::Arguments<'__a, '__ctx>,
            __params: &'static ::hpy::impl_::Params,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
            let __a0 = __args.only();
            let __p0: i64 = match ::hpy::impl_::argument(
                __ctx,
                &__a0,
                __params,
                0usize,
            ) {
                ::core::result::Result::Ok(__value) => __value,
                ::core::result::Result::Err(__error) => {
                    return ::core::result::Result::Err(__error);
                }
            };
            let __result = one(__p0);
            ::hpy::impl_::output(__ctx, __result)
        }
    }
};
