/// A mode.
enum Mode {
    Read = 4,
    Execute = 1,
}
const _: () = {
    impl Mode {
        #[doc(hidden)]
        pub const fn __hpy_slot() -> &'static ::hpy::impl_::TypeSlot<Mode> {
            static SLOT: ::hpy::impl_::TypeSlot<Mode> = ::hpy::impl_::TypeSlot::new();
            &SLOT
        }
    }
    #[automatically_derived]
    impl ::hpy::impl_::Variants for Mode {
        fn variant(&self) -> &'static ::hpy::impl_::Variant<Self> {
            match self {
                Mode::Read => {
                    static VARIANT: ::hpy::impl_::Variant<Mode> = ::hpy::impl_::Variant::unit(
                        "READ",
                        "Mode.READ",
                    );
                    &VARIANT
                }
                Mode::Execute => {
                    static VARIANT: ::hpy::impl_::Variant<Mode> = ::hpy::impl_::Variant::unit(
                        "RUN",
                        "Mode.RUN",
                    );
                    &VARIANT
                }
            }
        }
    }
    #[automatically_derived]
    impl ::hpy::Enumeration for Mode {
        const NAME: &'static ::core::primitive::str = "Mode";
        const BASE: &'static ::core::primitive::str = "IntFlag";
        const MODULE: ::core::option::Option<&'static ::core::primitive::str> = ::core::option::Option::None;
        const DOC: &'static ::core::ffi::CStr = c"A mode.";
        const MEMBERS: &'static [Self] = &[Mode::Read, Mode::Execute];
        fn same(&self) -> Self {
            match self {
                Mode::Read => Mode::Read,
                Mode::Execute => Mode::Execute,
            }
        }
        fn value<'__ctx>(
            &self,
            __ctx: ::hpy::Context<'__ctx>,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
            match self {
                Mode::Read => {
                    ::hpy::impl_::output(__ctx, Mode::Read as ::core::primitive::isize)
                }
                Mode::Execute => {
                    ::hpy::impl_::output(
                        __ctx,
                        Mode::Execute as ::core::primitive::isize,
                    )
                }
            }
        }
        fn slot() -> &'static ::hpy::impl_::TypeSlot<Self> {
            <Mode>::__hpy_slot()
        }
    }
    const _: () = ::core::assert!(
        Mode::Read as ::core::primitive::i128 >= 0,
        "the number of a flag is made of bits, so it can't be negative"
    );
    const _: () = ::core::assert!(
        Mode::Execute as ::core::primitive::i128 >= 0,
        "the number of a flag is made of bits, so it can't be negative"
    );
    #[automatically_derived]
    impl ::hpy::Flag for Mode {
        fn bits(&self) -> ::core::primitive::u64 {
            match self {
                Mode::Read => Mode::Read as ::core::primitive::u64,
                Mode::Execute => Mode::Execute as ::core::primitive::u64,
            }
        }
    }
    #[automatically_derived]
    impl ::core::ops::BitOr for Mode {
        type Output = ::hpy::Flags<Mode>;
        fn bitor(self, other: Self) -> ::hpy::Flags<Mode> {
            ::hpy::Flags::from(self) | other
        }
    }
    #[automatically_derived]
    impl ::hpy::types::PythonType for Mode {
        const NAME: &'static ::core::primitive::str = <Mode as ::hpy::Enumeration>::NAME;
        fn check(__value: &::hpy::Handle<'_>) -> ::hpy::Result<::core::primitive::bool> {
            ::core::result::Result::Ok(::hpy::impl_::is_member::<Mode>(__value))
        }
        fn type_object<'__ctx>(
            __ctx: ::hpy::Context<'__ctx>,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx, ::hpy::types::Type>> {
            ::hpy::impl_::enumeration_class::<Mode>(__ctx)
        }
    }
    #[automatically_derived]
    impl<'__ctx> ::hpy::FromPython<'_, '__ctx> for Mode {
        type Error = ::hpy::Error;
        const HINT: ::hpy::Hint = ::hpy::Hint::Name(<Mode as ::hpy::Enumeration>::NAME);
        fn from_python(__value: &::hpy::Handle<'__ctx>) -> ::hpy::Result<Self> {
            ::hpy::impl_::member(__value)
        }
    }
    #[automatically_derived]
    impl<'__ctx> ::hpy::impl_::RefArgument<'__ctx> for Mode {
        type Holder<'__a> = Mode where '__ctx: '__a;
        const HINT: ::hpy::Hint = ::hpy::Hint::Name(<Mode as ::hpy::Enumeration>::NAME);
        fn hold<'__a>(__value: &'__a ::hpy::Handle<'__ctx>) -> ::hpy::Result<Mode> {
            ::hpy::impl_::member(__value)
        }
        fn get<'__h>(__holder: &'__h Mode) -> &'__h Mode {
            __holder
        }
    }
    #[automatically_derived]
    impl<'__ctx> ::hpy::IntoPython<'__ctx> for Mode {
        type Target = Mode;
        type Error = ::hpy::Error;
        fn into_python(
            self,
            __ctx: ::hpy::Context<'__ctx>,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx, Mode>> {
            ::hpy::impl_::member_object(__ctx, &self)
        }
    }
};
