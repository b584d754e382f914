/// Takes nothing.
fn f() {}
#[doc(hidden)]
struct f {}
const _: () = {
    #[automatically_derived]
    impl ::hpy::impl_::Function for f {
        type This = ::hpy::types::Module;
        const NAME: &'static ::core::ffi::CStr = c"f";
        const DOC: &'static ::core::ffi::CStr = c"f()\n--\n\nTakes nothing.";
        const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::NoArgs;
        const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
            class: "",
            names: b"f\0",
            own: 2,
            count: 0,
            positional_only: 0,
            positional: 0,
            required_positional: 0,
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
            let __result = f();
            ::hpy::impl_::output(__ctx, __result)
        }
    }
};
