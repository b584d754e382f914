/// A cat.
struct Cat {
    lives: u32,
}
const _: () = {
    impl Cat {
        #[doc(hidden)]
        pub const fn __hpy_slot() -> &'static ::hpy::impl_::TypeSlot<Cat> {
            static SLOT: ::hpy::impl_::TypeSlot<Cat> = ::hpy::impl_::TypeSlot::new();
            &SLOT
        }
    }
    const _: () = ::hpy::impl_::check_size::<Cat>();
    #[automatically_derived]
    unsafe impl ::hpy::Class for Cat {
        const NAME: &'static ::core::primitive::str = "Cat";
        type Base = animals::Animal;
        type Mutability = ::hpy::impl_::Mutable;
        type Threads = ::hpy::impl_::Sendable;
        type Fields = [::hpy::impl_::FieldSlot; 0usize];
        const GC: ::core::primitive::bool = {
            #[allow(unused_imports)]
            use ::hpy::impl_::MayHoldFields as _;
            <::hpy::impl_::Probe<Cat>>::GC
        };
        fn slot() -> &'static ::hpy::impl_::TypeSlot<Cat> {
            <Cat>::__hpy_slot()
        }
    }
    #[automatically_derived]
    impl ::hpy::impl_::ClassTable for Cat {
        const DOC: &'static ::core::ffi::CStr = c"A cat.";
        const METHODS: &'static ::hpy::impl_::Methods<Self> = {
            #[allow(unused_imports)]
            use ::hpy::impl_::MayHaveMethods as _;
            <Cat>::ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE
        };
        const SUBCLASS: ::core::primitive::bool = true;
    }
    #[automatically_derived]
    impl ::hpy::impl_::Extendable for Cat {}
    #[automatically_derived]
    impl<'__ctx> ::hpy::IntoPython<'__ctx> for Cat
    where
        Cat: ::hpy::class::Parts<'__ctx, Cat>,
    {
        type Target = Cat;
        type Error = ::hpy::Error;
        #[inline]
        fn into_python(
            self,
            __ctx: ::hpy::Context<'__ctx>,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx, Cat>> {
            ::hpy::Handle::<'__ctx, Cat>::new(__ctx, self)
        }
    }
    #[automatically_derived]
    impl ::core::convert::From<Cat> for ::hpy::Error
    where
        for<'__a> Cat: ::hpy::impl_::Raised<'__a>,
    {
        fn from(__value: Cat) -> Self {
            ::hpy::impl_::Raised::raised(__value)
        }
    }
};
