impl Package {
    fn __add__(&self, other: &Self) -> Package {
        Package {
            weight: self.weight + other.weight,
            content: Field::empty(),
        }
    }
    fn __eq__(&self, other: &Self) -> bool {
        self.weight == other.weight
    }
    fn __next__(&mut self) -> Option<f64> {
        None
    }
    fn __del__(&mut self) {}
}
const _: () = {
    enum __M1 {}
    const _: () = {
        impl ::hpy::impl_::Slot for __M1 {
            type Class = Package;
        }
        impl ::hpy::impl_::BinaryOperator for __M1 {
            #[inline(always)]
            fn forward<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __this: ::hpy::Ref<'_, '__ctx, Package>,
                __arg0: ::hpy::Ref<'_, '__ctx>,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                ::hpy::impl_::forward_pair::<Self>(__ctx, __this, __arg0)
            }
        }
        impl ::hpy::impl_::PairOperator for __M1 {
            #[inline(always)]
            fn pair<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __self: impl ::core::ops::Deref<Target = Package>,
                __h0: impl ::core::ops::Deref<Target = Package>,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                let __p0: &Package = &__h0;
                let __result = <Package>::__add__(&*__self, __p0);
                ::hpy::impl_::end(__self);
                ::hpy::impl_::end(__h0);
                ::hpy::impl_::output(__ctx, __result)
            }
        }
    };
    enum __M2 {}
    const _: () = {
        impl ::hpy::impl_::Slot for __M2 {
            type Class = Package;
        }
        impl ::hpy::impl_::CompareSlot for __M2 {
            #[inline(always)]
            fn call<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __this: ::hpy::Ref<'_, '__ctx, Package>,
                __arg0: ::hpy::Ref<'_, '__ctx>,
                __op: ::hpy::CompareOp,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                #[inline(always)]
                fn eq<'__ctx>(
                    __ctx: ::hpy::Context<'__ctx>,
                    __this: ::hpy::Ref<'_, '__ctx, Package>,
                    __arg0: ::hpy::Ref<'_, '__ctx>,
                ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                    let __params: &'static ::hpy::impl_::Params = const {
                        &::hpy::impl_::Params {
                            class: ::hpy::impl_::name_of_class::<Package>(),
                            names: b"__eq__\0!other\0",
                            own: 7,
                            count: 1,
                            positional_only: 1,
                            positional: 1,
                            required_positional: 1,
                            required_keyword: false,
                            varargs: false,
                            kwargs: false,
                        }
                    };
                    let __a0 = ::core::option::Option::Some(__arg0);
                    let __h0 = match ::hpy::impl_::ref_operand::<
                        Package,
                    >(__ctx, __arg0.handle())? {
                        ::core::option::Option::Some(holder) => holder,
                        ::core::option::Option::None => {
                            return ::hpy::impl_::not_implemented(__ctx);
                        }
                    };
                    let __p0: &Package = ::hpy::impl_::held::<Package>(__ctx, &__h0);
                    let __self = match ::hpy::impl_::borrow(&__this) {
                        ::core::result::Result::Ok(__value) => __value,
                        ::core::result::Result::Err(__error) => {
                            return ::core::result::Result::Err(__error);
                        }
                    };
                    let __result = <Package>::__eq__(&*__self, __p0);
                    ::hpy::impl_::end(__self);
                    ::hpy::impl_::end(__h0);
                    ::hpy::impl_::output(__ctx, __result)
                }
                #[allow(unreachable_patterns)]
                match __op {
                    ::hpy::CompareOp::Eq => eq(__ctx, __this, __arg0),
                    ::hpy::CompareOp::Ne => {
                        ::hpy::impl_::not_equal(__ctx, eq(__ctx, __this, __arg0)?)
                    }
                    _ => ::hpy::impl_::not_implemented(__ctx),
                }
            }
        }
    };
    enum __M3 {}
    const _: () = {
        impl ::hpy::impl_::Slot for __M3 {
            type Class = Package;
        }
        impl ::hpy::impl_::NextSlot for __M3 {
            #[inline(always)]
            fn call<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __this: ::hpy::Ref<'_, '__ctx, Package>,
            ) -> ::hpy::Result<::core::option::Option<::hpy::Handle<'__ctx>>> {
                let __params: &'static ::hpy::impl_::Params = const {
                    &::hpy::impl_::Params {
                        class: ::hpy::impl_::name_of_class::<Package>(),
                        names: b"__next__\0",
                        own: 9,
                        count: 0,
                        positional_only: 0,
                        positional: 0,
                        required_positional: 0,
                        required_keyword: false,
                        varargs: false,
                        kwargs: false,
                    }
                };
                let mut __self = match ::hpy::impl_::borrow_mut(&__this) {
                    ::core::result::Result::Ok(__value) => __value,
                    ::core::result::Result::Err(__error) => {
                        return ::core::result::Result::Err(__error);
                    }
                };
                let __result = <Package>::__next__(&mut *__self);
                ::hpy::impl_::end(__self);
                ::hpy::impl_::next_output(__ctx, __result)
            }
        }
    };
    enum __M4 {}
    const _: () = {
        #[automatically_derived]
        impl ::hpy::impl_::Function for __M4 {
            type This = Package;
            const NAME: &'static ::core::ffi::CStr = c"__next__";
            const DOC: &'static ::core::ffi::CStr = c"__next__($self, /)\n--\n\n";
            const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::NoArgs;
            const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
                class: ::hpy::impl_::name_of_class::<Package>(),
                names: b"__next__\0",
                own: 9,
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
                __this: ::hpy::Ref<'__a, '__ctx, Package>,
                __args: &::hpy::impl_::Arguments<'__a, '__ctx>,
                __params: &'static ::hpy::impl_::Params,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                let mut __self = match ::hpy::impl_::borrow_mut(&__this) {
                    ::core::result::Result::Ok(__value) => __value,
                    ::core::result::Result::Err(__error) => {
                        return ::core::result::Result::Err(__error);
                    }
                };
                let __result = <Package>::__next__(&mut *__self);
                ::hpy::impl_::end(__self);
                ::hpy::impl_::next_method_output(__ctx, __result)
            }
        }
    };
    enum __M5 {}
    const _: () = {
        impl ::hpy::impl_::Slot for __M5 {
            type Class = Package;
        }
        impl ::hpy::impl_::FinalizeSlot for __M5 {
            #[inline(always)]
            fn call<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __this: ::hpy::Ref<'_, '__ctx, Package>,
            ) -> ::hpy::Result<()> {
                let __params: &'static ::hpy::impl_::Params = const {
                    &::hpy::impl_::Params {
                        class: ::hpy::impl_::name_of_class::<Package>(),
                        names: b"__del__\0",
                        own: 8,
                        count: 0,
                        positional_only: 0,
                        positional: 0,
                        required_positional: 0,
                        required_keyword: false,
                        varargs: false,
                        kwargs: false,
                    }
                };
                let mut __self = match ::hpy::impl_::borrow_mut(&__this) {
                    ::core::result::Result::Ok(__value) => __value,
                    ::core::result::Result::Err(__error) => {
                        return ::core::result::Result::Err(__error);
                    }
                };
                let __result = <Package>::__del__(&mut *__self);
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
                ::hpy::impl_::PairDef::<__M1>::operator(::hpy::impl_::slots::HPy_nb_add),
                ::hpy::impl_::SlotDef::<
                    __M2,
                >::compare(::hpy::impl_::slots::HPy_tp_richcompare),
            ],
            extras: &[
                ::hpy::impl_::SlotDef::<
                    __M3,
                >::extra_next(
                    63i32,
                    &[(c"__next__", &::hpy::impl_::FunctionDef::<__M4>::METHOD)],
                ),
            ],
            free: &[],
            reflected: &[],
            finalize: ::core::option::Option::Some(const {
                &::hpy::impl_::SlotDef::<__M5>::finalize()
            }),
            new: false,
            new_method: ::core::option::Option::None,
            attributes: ::core::option::Option::None,
            told: 0,
        };
    }
};
