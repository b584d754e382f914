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
            class: "",
            names: b"everything\0!a\0?b\0?c\0",
            own: 11,
            count: 3,
            positional_only: 1,
            positional: 2,
            required_positional: 1,
            required_keyword: false,
            varargs: true,
            kwargs: true,
        };
        #[inline(always)]
        fn call<'__a, '__ctx>(
            __ctx: ::hpy::Context<'__ctx>,
            __this: ::hpy::Ref<'__a, '__ctx, ::hpy::types::Module>,
            __args: &::hpy::impl_::Arguments<'__a, '__ctx>,
            __params: &'static ::hpy::impl_::Params,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
            let mut __slots = [::hpy::impl_::ArgumentSlot::EMPTY; 3usize];
            let (__rest, __kwargs) = match ::hpy::impl_::bind_variadic(
                __params,
                __args,
                &mut __slots,
            ) {
                ::core::result::Result::Ok(__value) => __value,
                ::core::result::Result::Err(__error) => {
                    return ::core::result::Result::Err(__error);
                }
            };
            let __p0: i64 = match ::hpy::impl_::convert(
                &__slots[0usize],
                __params,
                0usize,
            ) {
                ::core::result::Result::Ok(__value) => __value,
                ::core::result::Result::Err(__error) => {
                    return ::core::result::Result::Err(__error);
                }
            };
            let __p1: i64 = if __slots[1usize].is_given() {
                match ::hpy::impl_::convert(&__slots[1usize], __params, 1usize) {
                    ::core::result::Result::Ok(__value) => __value,
                    ::core::result::Result::Err(__error) => {
                        return ::core::result::Result::Err(__error);
                    }
                }
            } else {
                2
            };
            let __p2: Vec<i64> = match ::hpy::impl_::variadic(
                __ctx,
                &__rest,
                __params,
                "args",
            ) {
                ::core::result::Result::Ok(__value) => __value,
                ::core::result::Result::Err(__error) => {
                    return ::core::result::Result::Err(__error);
                }
            };
            let __p3: &str = if __slots[2usize].is_given() {
                match ::hpy::impl_::convert(&__slots[2usize], __params, 2usize) {
                    ::core::result::Result::Ok(__value) => __value,
                    ::core::result::Result::Err(__error) => {
                        return ::core::result::Result::Err(__error);
                    }
                }
            } else {
                "x"
            };
            let __p4: HashMap<String, i64> = match ::hpy::impl_::variadic(
                __ctx,
                &__kwargs,
                __params,
                "kwargs",
            ) {
                ::core::result::Result::Ok(__value) => __value,
                ::core::result::Result::Err(__error) => {
                    return ::core::result::Result::Err(__error);
                }
            };
            let __result = ::hpy::impl_::detached(
                __ctx,
                move || f(__p0, __p1, __p2, __p3, __p4),
            );
            ::hpy::impl_::shared_output(__ctx, __result)
        }
    }
};
