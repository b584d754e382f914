/// A pair.
#[derive(Clone)]
struct Pair {
    left: i64,
    right: Field,
}
const _: () = {
    enum __F0 {}
    impl ::hpy::impl_::Slot for __F0 {
        type Class = Pair;
    }
    impl ::hpy::impl_::Attribute for __F0 {
        const NAME: &'static ::core::ffi::CStr = c"right";
        const DOC: &'static ::core::ffi::CStr = c"";
    }
    impl ::hpy::impl_::GetSlot for __F0 {
        #[inline(always)]
        fn get<'__ctx>(
            __ctx: ::hpy::Context<'__ctx>,
            __this: ::hpy::Ref<'_, '__ctx, Pair>,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
            ::hpy::impl_::output(
                __ctx,
                ::hpy::impl_::borrow(&__this)?.right.load(&__this),
            )
        }
    }
    impl Pair {
        #[allow(clippy::too_many_arguments)]
        fn __from_fields(__v0: i64, __v1: ::hpy::Handle<'_>) -> Self {
            Pair {
                left: __v0,
                right: ::hpy::Field::new(__v1),
            }
        }
    }
    enum __New {}
    const _: () = {
        #[automatically_derived]
        impl ::hpy::impl_::Function for __New {
            type This = ::hpy::types::Type;
            const NAME: &'static ::core::ffi::CStr = c"__new__";
            const DOC: &'static ::core::ffi::CStr = c"__new__($type, /, left, right)\n--\n\n";
            const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::Keywords;
            const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
                class: ::hpy::impl_::name_of_class::<Pair>(),
                names: b"\0!left\0!right\0",
                own: 1,
                count: 2,
                positional_only: 0,
                positional: 2,
                required_positional: 2,
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
                let mut __slots = [::hpy::impl_::ArgumentSlot::EMPTY; 2usize];
                match ::hpy::impl_::bind(__params, __args, &mut __slots) {
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
                let __p1: ::hpy::Handle<'_> = match ::hpy::impl_::convert(
                    &__slots[1usize],
                    __params,
                    1usize,
                ) {
                    ::core::result::Result::Ok(__value) => __value,
                    ::core::result::Result::Err(__error) => {
                        return ::core::result::Result::Err(__error);
                    }
                };
                let __result = <Pair>::__from_fields(__p0, __p1);
                ::hpy::impl_::new_output::<Pair, _, _>(&__this, *__args, __result)
            }
        }
    };
    #[automatically_derived]
    impl ::hpy::impl_::Record for Pair {
        const NAMES: &'static [&'static ::core::primitive::str] = &["left", "right"];
        fn values<'__ctx>(
            __ctx: ::hpy::Context<'__ctx>,
            __this: &::hpy::Ref<'_, '__ctx, Self>,
        ) -> ::hpy::Result<::std::vec::Vec<::hpy::Handle<'__ctx>>> {
            let __value = ::hpy::impl_::borrow(__this)?;
            let _ = (&__value, __ctx);
            ::core::result::Result::Ok(
                ::std::vec::Vec::from([
                    ::hpy::impl_::field_value(__ctx, &__value.left)?,
                    ::hpy::impl_::output(__ctx, __value.right.load(__this))?,
                ]),
            )
        }
    }
    impl Pair {
        #[doc(hidden)]
        pub const fn __hpy_slot() -> &'static ::hpy::impl_::TypeSlot<Pair> {
            static SLOT: ::hpy::impl_::TypeSlot<Pair> = ::hpy::impl_::TypeSlot::new();
            &SLOT
        }
    }
    const _: () = ::hpy::impl_::check_size::<Pair>();
    #[automatically_derived]
    unsafe impl ::hpy::Class for Pair {
        const NAME: &'static ::core::primitive::str = "Pair";
        type Base = ::hpy::types::Any;
        type Mutability = ::hpy::impl_::Mutable;
        type Threads = ::hpy::impl_::Sendable;
        type Fields = [::hpy::impl_::FieldSlot; 1usize];
        const GC: ::core::primitive::bool = {
            #[allow(unused_imports)]
            use ::hpy::impl_::MayHoldFields as _;
            <::hpy::impl_::Probe<Pair>>::GC
        };
        fn assign(&mut self, __assign: &mut ::hpy::impl_::Assign<'_, '_>) {
            let _ = &__assign;
            ::hpy::impl_::assign_slot(&mut self.right, __assign);
        }
        fn slot() -> &'static ::hpy::impl_::TypeSlot<Pair> {
            <Pair>::__hpy_slot()
        }
        const FIELD_ATTRIBUTES: &'static [::hpy::impl_::FieldAttribute<Self>] = &[
            ::hpy::impl_::FieldAttribute::read_only::<
                i64,
                {
                    ::hpy::impl_::field_place::<
                        Pair,
                    >(::core::mem::offset_of!(Pair, left))
                },
            >(c"left", c"", |this: &mut Pair| &raw mut this.left),
        ];
    }
    #[automatically_derived]
    impl ::hpy::impl_::ClassTable for Pair {
        const DOC: &'static ::core::ffi::CStr = c"A pair.";
        const DEFS: &'static [::hpy::impl_::Definition<Self>] = &[
            ::hpy::impl_::read_only::<__F0>(),
            ::hpy::impl_::NewDef::<__New>::definition(),
            ::hpy::impl_::copy_def::<Pair>(),
            ::hpy::impl_::deepcopy_def::<Pair>(),
            ::hpy::impl_::reduce_def::<Pair>(),
            ::hpy::impl_::replace_def::<Pair>(),
        ];
        const METHODS: &'static ::hpy::impl_::Methods<Self> = {
            #[allow(unused_imports)]
            use ::hpy::impl_::MayHaveMethods as _;
            <Pair>::ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE
        };
        const NEW: ::core::primitive::bool = true;
        const ATTRIBUTES: ::core::option::Option<::hpy::impl_::Attributes> = {
            fn attributes<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __class: &::hpy::Handle<'__ctx, ::hpy::types::Type>,
            ) -> ::hpy::Result<()> {
                ::hpy::impl_::add_match_args(__ctx, __class, &["left", "right"])?;
                ::core::result::Result::Ok(())
            }
            ::core::option::Option::Some(attributes)
        };
    }
    #[automatically_derived]
    impl<'__ctx> ::hpy::IntoPython<'__ctx> for Pair {
        type Target = Pair;
        type Error = ::hpy::Error;
        #[inline]
        fn into_python(
            self,
            __ctx: ::hpy::Context<'__ctx>,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx, Pair>> {
            ::hpy::Handle::<'__ctx, Pair>::new(__ctx, self)
        }
    }
};
