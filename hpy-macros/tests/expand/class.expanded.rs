/// A box.
struct Package {
    weight: f64,
    content: Field<Any>,
}
const _: () = {
    enum __F0 {}
    impl ::hpy::impl_::Slot for __F0 {
        type Class = Package;
    }
    impl ::hpy::impl_::Attribute for __F0 {
        const NAME: &'static ::core::ffi::CStr = c"weight";
        const DOC: &'static ::core::ffi::CStr = c"";
    }
    impl ::hpy::impl_::GetSlot for __F0 {
        #[inline(always)]
        fn get<'__ctx>(
            __ctx: ::hpy::Context<'__ctx>,
            __this: ::hpy::Ref<'_, '__ctx, Package>,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
            ::hpy::impl_::field_value(__ctx, &::hpy::impl_::borrow(&__this)?.weight)
        }
    }
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
            use ::hpy::impl_::{MayHideFields as _, MayHoldFields as _};
            <::hpy::impl_::Probe<Package>>::GC || <::hpy::impl_::FieldsProbe<f64>>::FOUND
        };
        fn assign(&mut self, __assign: &mut ::hpy::impl_::Assign<'_, '_>) {
            const _: () = {
                #[allow(unused_imports)]
                use ::hpy::impl_::{MayHideFields as _, MayHoldFields as _};
                ::core::assert!(
                    ! < ::hpy::impl_::Probe < f64 >> ::GC || < ::hpy::impl_::FieldsProbe
                    < f64 >> ::FOUND,
                    "the garbage collector can't find the `Field` in this type: #[derive(hpy::Fields)] on it"
                );
            };
            let _ = &__assign;
            ::hpy::impl_::assign_slot(&mut self.content, __assign);
            #[allow(unused_imports)]
            {
                use ::hpy::impl_::{AssignFields as _, AssignNothing as _};
                (&mut &mut ::hpy::impl_::Inside(&mut self.weight))
                    .assign_inside(__assign);
            }
        }
        fn slot() -> &'static ::hpy::impl_::TypeSlot<Package> {
            <Package>::__hpy_slot()
        }
    }
    #[automatically_derived]
    impl ::hpy::impl_::ClassTable for Package {
        const DOC: &'static ::core::ffi::CStr = c"A box.";
        const DEFS: &'static [::hpy::impl_::DefPair<Self>] = &[
            ::hpy::impl_::read_only::<__F0>(),
        ];
        const METHODS: &'static ::hpy::impl_::Methods<Self> = {
            #[allow(unused_imports)]
            use ::hpy::impl_::MayHaveMethods as _;
            <Package>::ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE
        };
        const NEW: ::core::primitive::bool = false;
        const SUBCLASS: ::core::primitive::bool = false;
        const DICT: ::core::primitive::bool = false;
        const WEAKREF: ::core::primitive::bool = false;
        const MODULE: ::core::option::Option<&'static ::core::primitive::str> = ::core::option::Option::None;
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
