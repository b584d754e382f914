struct ParseError {}
const _: () = {
    #[automatically_derived]
    impl ::hpy::impl_::KeptFields for ParseError {
        fn values<'__ctx>(
            __ctx: ::hpy::Context<'__ctx>,
            __this: &::hpy::Ref<'_, '__ctx, Self>,
        ) -> ::hpy::Result<::std::vec::Vec<::hpy::Handle<'__ctx>>> {
            #[allow(unused_imports)]
            use ::hpy::impl_::{ConvertedField as _, UnconvertedField as _};
            let __value = ::hpy::impl_::borrow(__this)?;
            let _ = (&__value, __ctx);
            ::core::result::Result::Ok(::std::vec::Vec::from([]))
        }
        fn restored<'__ctx>(
            __value: &::hpy::Handle<'__ctx, ::hpy::types::Tuple>,
        ) -> ::hpy::Result<Self> {
            #[allow(unused_imports)]
            use ::hpy::impl_::{RestoredField as _, UnrestoredField as _};
            let _ = __value;
            ::core::result::Result::Ok(ParseError {})
        }
    }
    impl ParseError {
        #[doc(hidden)]
        pub const fn __hpy_slot() -> &'static ::hpy::impl_::TypeSlot<ParseError> {
            static SLOT: ::hpy::impl_::TypeSlot<ParseError> = ::hpy::impl_::TypeSlot::new();
            &SLOT
        }
    }
    const _: () = ::hpy::impl_::check_size::<ParseError>();
    #[automatically_derived]
    unsafe impl ::hpy::Class for ParseError {
        const NAME: &'static ::core::primitive::str = "ParseError";
        type Base = ValueError;
        type Mutability = ::hpy::impl_::Mutable;
        type Threads = ::hpy::impl_::Sendable;
        type Fields = [::hpy::impl_::FieldSlot; 0usize];
        const GC: ::core::primitive::bool = {
            #[allow(unused_imports)]
            use ::hpy::impl_::MayHoldFields as _;
            <::hpy::impl_::Probe<ParseError>>::GC
        };
        fn slot() -> &'static ::hpy::impl_::TypeSlot<ParseError> {
            <ParseError>::__hpy_slot()
        }
    }
    #[automatically_derived]
    impl ::hpy::impl_::ClassTable for ParseError {
        const METHODS: &'static ::hpy::impl_::Methods<Self> = {
            #[allow(unused_imports)]
            use ::hpy::impl_::MayHaveMethods as _;
            <ParseError>::ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE
        };
        const KEPT: ::core::option::Option<&'static ::hpy::impl_::Kept<Self>> = {
            #[allow(unused_imports)]
            use ::hpy::impl_::NotKept as _;
            <::hpy::impl_::KeptProbe<ParseError>>::KEPT
        };
    }
    #[automatically_derived]
    impl<'__ctx> ::hpy::IntoPython<'__ctx> for ParseError
    where
        ParseError: ::hpy::class::Parts<'__ctx, ParseError>,
    {
        type Target = ParseError;
        type Error = ::hpy::Error;
        #[inline]
        fn into_python(
            self,
            __ctx: ::hpy::Context<'__ctx>,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx, ParseError>> {
            ::hpy::Handle::<'__ctx, ParseError>::new(__ctx, self)
        }
    }
    #[automatically_derived]
    impl ::core::convert::From<ParseError> for ::hpy::Error
    where
        for<'__a> ParseError: ::hpy::impl_::Raised<'__a>,
    {
        fn from(__value: ParseError) -> Self {
            ::hpy::impl_::Raised::raised(__value)
        }
    }
};
impl ParseError {
    fn new() -> Self {
        ParseError {}
    }
}
const _: () = {
    enum __M1 {}
    const _: () = {
        #[automatically_derived]
        impl ::hpy::impl_::Function for __M1 {
            type This = ::hpy::types::Type;
            const NAME: &'static ::core::ffi::CStr = c"__new__";
            const DOC: &'static ::core::ffi::CStr = c"__new__($type, /)\n--\n\n";
            const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::NoArgs;
            const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
                class: ::hpy::impl_::name_of_class::<ParseError>(),
                names: b"\0",
                own: 1,
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
                __this: ::hpy::Ref<'__a, '__ctx, ::hpy::types::Type>,
                __args: &::hpy::impl_::Arguments<'__a, '__ctx>,
                __params: &'static ::hpy::impl_::Params,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                let mut __slots = [::hpy::impl_::ArgumentSlot::EMPTY; 0usize];
                match ::hpy::impl_::bind(__params, __args, &mut __slots) {
                    ::core::result::Result::Ok(__value) => __value,
                    ::core::result::Result::Err(__error) => {
                        return ::core::result::Result::Err(__error);
                    }
                };
                let __result = <ParseError>::new();
                ::hpy::impl_::new_output::<ParseError, _, _>(&__this, *__args, __result)
            }
        }
    };
    impl ParseError {
        #[doc(hidden)]
        pub const ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE: &'static ::hpy::impl_::Methods<
            ParseError,
        > = &::hpy::impl_::Methods {
            defs: &[::hpy::impl_::NewDef::<__M1>::definition()],
            extras: &[],
            free: &[],
            reflected: &[],
            finalize: ::core::option::Option::None,
            new: true,
            new_method: ::hpy::impl_::NewMethod::<ParseError, __M1>::METHOD,
            attributes: ::core::option::Option::None,
            told: 0,
        };
    }
};
