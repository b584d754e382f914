/// A box.
struct Package {
    weight: f64,
    content: Field<Any>,
}
const _: () = {
    impl Package {
        #[doc(hidden)]
        pub const fn __hpy_slot() -> &'static ::hpy::impl_::TypeSlot<Package> {
            static SLOT: ::hpy::impl_::TypeSlot<Package> = ::hpy::impl_::TypeSlot::new();
            &SLOT
        }
    }
    const _: () = ::hpy::impl_::check_size::<Package>();
    #[automatically_derived]
    unsafe impl ::hpy::Class for Package {
        const NAME: &'static ::core::primitive::str = "Package";
        type Base = ::hpy::types::Any;
        type Mutability = ::hpy::impl_::Frozen;
        type Threads = ::hpy::impl_::Sendable;
        type Fields = [::hpy::impl_::FieldSlot; 1usize];
        const GC: ::core::primitive::bool = {
            #[allow(unused_imports)]
            use ::hpy::impl_::MayHoldFields as _;
            <::hpy::impl_::Probe<Package>>::GC
        };
        fn assign(&mut self, __assign: &mut ::hpy::impl_::Assign<'_, '_>) {
            let _ = &__assign;
            ::hpy::impl_::assign_slot(&mut self.content, __assign);
        }
        fn slot() -> &'static ::hpy::impl_::TypeSlot<Package> {
            <Package>::__hpy_slot()
        }
        const FIELD_ATTRIBUTES: &'static [::hpy::impl_::FieldAttribute<Self>] = &[
            ::hpy::impl_::FieldAttribute::read_only::<
                f64,
                {
                    ::hpy::impl_::field_place::<
                        Package,
                    >(::core::mem::offset_of!(Package, weight))
                },
            >(c"weight", c"", |this: &mut Package| &raw mut this.weight),
        ];
    }
    #[automatically_derived]
    impl ::hpy::impl_::ClassTable for Package {
        const DOC: &'static ::core::ffi::CStr = c"A box.";
        const METHODS: &'static ::hpy::impl_::Methods<Self> = {
            #[allow(unused_imports)]
            use ::hpy::impl_::MayHaveMethods as _;
            <Package>::ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE
        };
    }
    #[automatically_derived]
    impl<'__ctx> ::hpy::IntoPython<'__ctx> for Package {
        type Target = Package;
        type Error = ::hpy::Error;
        #[inline]
        fn into_python(
            self,
            __ctx: ::hpy::Context<'__ctx>,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx, Package>> {
            ::hpy::Handle::<'__ctx, Package>::new(__ctx, self)
        }
    }
    #[automatically_derived]
    impl<'__a, '__ctx> ::hpy::FromPython<'__a, '__ctx> for &'__a Package {
        type Error = ::hpy::Error;
        const HINT: ::hpy::Hint = ::hpy::Hint::Name(<Package as ::hpy::Class>::NAME);
        #[inline]
        fn from_python(__value: &'__a ::hpy::Handle<'__ctx>) -> ::hpy::Result<Self> {
            __value.downcast::<Package>()?.get()
        }
    }
};
