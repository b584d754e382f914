impl Package {
    fn new(weight: f64) -> Self {
        Package {
            weight,
            content: Field::empty(),
        }
    }
    fn heavier<'ctx>(&self, slf: &Handle<'ctx, Self>, than: &Package) -> bool {
        self.weight > than.weight
    }
    fn set_label(&mut self, label: String) {}
    fn empty(cls: &Handle<'_, Type>) -> Self {
        Package {
            weight: 0.0,
            content: Field::empty(),
        }
    }
}
const _: () = {
    enum __M1 {}
    const _: () = {
        #[automatically_derived]
        impl ::hpy::impl_::Function for __M1 {
            type This = ::hpy::types::Type;
            const NAME: &'static ::core::ffi::CStr = c"__new__";
            const DOC: &'static ::core::ffi::CStr = c"__new__($type, /, weight)\n--\n\n";
            const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::Keywords;
            const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
                class: ::hpy::impl_::name_of_class::<Package>(),
                names: b"\0!weight\0",
                own: 1,
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
                __ctx: ::hpy::Context<'__ctx>,
                __this: ::hpy::Ref<'__a, '__ctx, ::hpy::types::Type>,
                __args: &::hpy::impl_::Arguments<'__a, '__ctx>,
                __params: &'static ::hpy::impl_::Params,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                let mut __slots = [::hpy::impl_::ArgumentSlot::EMPTY; 1usize];
                match ::hpy::impl_::bind(__params, __args, &mut __slots) {
                    ::core::result::Result::Ok(__value) => __value,
                    ::core::result::Result::Err(__error) => {
                        return ::core::result::Result::Err(__error);
                    }
                };
                let __p0: f64 = match ::hpy::impl_::convert(
                    &__slots[0usize],
                    __params,
                    0usize,
                ) {
                    ::core::result::Result::Ok(__value) => __value,
                    ::core::result::Result::Err(__error) => {
                        return ::core::result::Result::Err(__error);
                    }
                };
                let __result = <Package>::new(__p0);
                ::hpy::impl_::new_output::<Package, _, _>(&__this, *__args, __result)
            }
        }
    };
    enum __M2 {}
    const _: () = {
        #[automatically_derived]
        impl ::hpy::impl_::Function for __M2 {
            type This = Package;
            const NAME: &'static ::core::ffi::CStr = c"heavier";
            const DOC: &'static ::core::ffi::CStr = c"heavier($self, /, than)\n--\n\n";
            const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::Keywords;
            const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
                class: ::hpy::impl_::name_of_class::<Package>(),
                names: b"heavier\0!than\0",
                own: 8,
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
                __ctx: ::hpy::Context<'__ctx>,
                __this: ::hpy::Ref<'__a, '__ctx, Package>,
                __args: &::hpy::impl_::Arguments<'__a, '__ctx>,
                __params: &'static ::hpy::impl_::Params,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                let mut __slots = [::hpy::impl_::ArgumentSlot::EMPTY; 1usize];
                match ::hpy::impl_::bind(__params, __args, &mut __slots) {
                    ::core::result::Result::Ok(__value) => __value,
                    ::core::result::Result::Err(__error) => {
                        return ::core::result::Result::Err(__error);
                    }
                };
                let __a0 = __slots[0usize].get();
                let __h0 = ::hpy::impl_::ref_argument::<
                    Package,
                >(__ctx, &__a0, __params, 0usize)?;
                let __p0: &Package = ::hpy::impl_::held::<Package>(__ctx, &__h0);
                let __self = match ::hpy::impl_::borrow(&__this) {
                    ::core::result::Result::Ok(__value) => __value,
                    ::core::result::Result::Err(__error) => {
                        return ::core::result::Result::Err(__error);
                    }
                };
                let __result = <Package>::heavier(
                    &*__self,
                    ::hpy::impl_::pass_this(&__this),
                    __p0,
                );
                ::hpy::impl_::end(__self);
                ::hpy::impl_::end(__h0);
                ::hpy::impl_::shared_output(__ctx, __result)
            }
        }
    };
    enum __M3 {}
    const _: () = {
        #[automatically_derived]
        impl ::hpy::impl_::Function for __M3 {
            type This = ::hpy::types::Type;
            const NAME: &'static ::core::ffi::CStr = c"empty";
            const DOC: &'static ::core::ffi::CStr = c"empty($type, /)\n--\n\n";
            const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::NoArgs;
            const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
                class: ::hpy::impl_::name_of_class::<Package>(),
                names: b"empty\0",
                own: 6,
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
                let __result = <Package>::empty(::hpy::impl_::pass_this(&__this));
                ::hpy::impl_::output(__ctx, __result)
            }
        }
    };
    enum __M4 {}
    const _: () = {
        impl ::hpy::impl_::Slot for __M4 {
            type Class = Package;
        }
        impl ::hpy::impl_::Attribute for __M4 {
            const NAME: &'static ::core::ffi::CStr = c"label";
            const DOC: &'static ::core::ffi::CStr = c"";
        }
        impl ::hpy::impl_::SetSlot for __M4 {
            #[inline(always)]
            fn set<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __this: ::hpy::Ref<'_, '__ctx, Package>,
                __arg0: ::hpy::Ref<'_, '__ctx>,
            ) -> ::hpy::Result<()> {
                let __params: &'static ::hpy::impl_::Params = const {
                    &::hpy::impl_::Params {
                        class: ::hpy::impl_::name_of_class::<Package>(),
                        names: b"label\0!label\0",
                        own: 6,
                        count: 1,
                        positional_only: 0,
                        positional: 1,
                        required_positional: 1,
                        required_keyword: false,
                        varargs: false,
                        kwargs: false,
                    }
                };
                let __a0 = ::core::option::Option::Some(__arg0);
                let __p0: String = match ::hpy::impl_::argument(
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
                let mut __self = match ::hpy::impl_::borrow_mut(&__this) {
                    ::core::result::Result::Ok(__value) => __value,
                    ::core::result::Result::Err(__error) => {
                        return ::core::result::Result::Err(__error);
                    }
                };
                let __result = <Package>::set_label(&mut *__self, __p0);
                ::hpy::impl_::end(__self);
                ::hpy::impl_::unit_output(__ctx, __result)
            }
        }
    };
    impl Package {
        #[doc(hidden)]
        pub const ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE: &'static ::hpy::impl_::Methods<
            Package,
        > = &::hpy::impl_::Methods {
            defs: &[
                ::hpy::impl_::NewDef::<__M1>::definition(),
                ::hpy::impl_::FunctionDef::<__M2>::METHOD,
                ::hpy::impl_::write_only::<__M4>(),
            ],
            extras: &[],
            free: &[::hpy::impl_::FreeDef::of_class::<__M3>()],
            reflected: &[],
            finalize: ::core::option::Option::None,
            new: true,
            new_method: ::hpy::impl_::NewMethod::<Package, __M1>::METHOD,
            attributes: ::core::option::Option::None,
            told: 0,
        };
    }
};
