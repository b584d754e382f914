/// A colour.
#[derive(PartialEq)]
#[repr(u8)]
enum Color {
    Red,
    Green = 5,
}
const _: () = {
    enum __Compare {}
    impl ::hpy::impl_::Slot for __Compare {
        type Class = Color;
    }
    impl ::hpy::impl_::CompareSlot for __Compare {
        fn call<'__ctx>(
            __ctx: ::hpy::Context<'__ctx>,
            __this: ::hpy::Ref<'_, '__ctx, Color>,
            __other: ::hpy::Ref<'_, '__ctx>,
            __op: ::hpy::CompareOp,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
            let __two = match ::hpy::impl_::ref_operand::<
                Color,
            >(__ctx, __other.handle())? {
                ::core::option::Option::Some(two) => two,
                ::core::option::Option::None => {
                    return ::hpy::impl_::compare_number(
                        __ctx,
                        match &*::hpy::impl_::borrow(&__this)? {
                            Color::Red => Color::Red as ::core::primitive::u8,
                            Color::Green => Color::Green as ::core::primitive::u8,
                        },
                        __other.handle(),
                        __op,
                    );
                }
            };
            let __one = ::hpy::impl_::borrow(&__this)?;
            let result = match __op {
                ::hpy::CompareOp::Eq => ::core::cmp::PartialEq::eq(&*__one, &*__two),
                ::hpy::CompareOp::Ne => !::core::cmp::PartialEq::eq(&*__one, &*__two),
                _ => return ::hpy::impl_::not_implemented(__ctx),
            };
            ::hpy::impl_::output(__ctx, result)
        }
    }
    enum __Hash {}
    impl ::hpy::impl_::Slot for __Hash {
        type Class = Color;
    }
    impl ::hpy::impl_::HashSlot for __Hash {
        fn call<'__ctx>(
            __ctx: ::hpy::Context<'__ctx>,
            __this: ::hpy::Ref<'_, '__ctx, Color>,
        ) -> ::hpy::Result<::core::primitive::isize> {
            ::hpy::impl_::output(
                    __ctx,
                    match &*::hpy::impl_::borrow(&__this)? {
                        Color::Red => Color::Red as ::core::primitive::u8,
                        Color::Green => Color::Green as ::core::primitive::u8,
                    },
                )?
                .hash()
        }
    }
    enum __Int {}
    impl ::hpy::impl_::Slot for __Int {
        type Class = Color;
    }
    impl ::hpy::impl_::UnarySlot for __Int {
        fn call<'__ctx>(
            __ctx: ::hpy::Context<'__ctx>,
            __this: ::hpy::Ref<'_, '__ctx, Color>,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
            ::hpy::impl_::output(
                __ctx,
                match &*::hpy::impl_::borrow(&__this)? {
                    Color::Red => Color::Red as ::core::primitive::u8,
                    Color::Green => Color::Green as ::core::primitive::u8,
                },
            )
        }
    }
    enum __Repr {}
    impl ::hpy::impl_::Slot for __Repr {
        type Class = Color;
    }
    impl ::hpy::impl_::UnarySlot for __Repr {
        fn call<'__ctx>(
            __ctx: ::hpy::Context<'__ctx>,
            __this: ::hpy::Ref<'_, '__ctx, Color>,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
            ::hpy::impl_::unit_repr(__ctx, &__this)
        }
    }
    impl Color {
        #[doc(hidden)]
        pub const fn __hpy_slot() -> &'static ::hpy::impl_::TypeSlot<Color> {
            static SLOT: ::hpy::impl_::TypeSlot<Color> = ::hpy::impl_::TypeSlot::new();
            &SLOT
        }
    }
    const _: () = ::hpy::impl_::check_size::<Color>();
    #[automatically_derived]
    unsafe impl ::hpy::Class for Color {
        const NAME: &'static ::core::primitive::str = "Color";
        type Base = ::hpy::types::Any;
        type Mutability = ::hpy::impl_::Frozen;
        type Threads = ::hpy::impl_::Sendable;
        type Fields = [::hpy::impl_::FieldSlot; 0usize];
        const GC: ::core::primitive::bool = {
            #[allow(unused_imports)]
            use ::hpy::impl_::MayHoldFields as _;
            <::hpy::impl_::Probe<Color>>::GC
        };
        fn slot() -> &'static ::hpy::impl_::TypeSlot<Color> {
            <Color>::__hpy_slot()
        }
        const KNOWN: ::core::primitive::bool = true;
        fn into_known<'__ctx>(
            self,
            __class: &::hpy::Handle<'__ctx, ::hpy::types::Type>,
        ) -> ::core::result::Result<::hpy::Result<::hpy::Handle<'__ctx, Color>>, Self> {
            ::core::result::Result::Ok(::hpy::impl_::unit(__class.ctx(), self))
        }
    }
    #[automatically_derived]
    impl ::hpy::impl_::ClassTable for Color {
        const DOC: &'static ::core::ffi::CStr = c"A colour.";
        const DEFS: &'static [::hpy::impl_::Definition<Self>] = &[
            ::hpy::impl_::SlotDef::<
                __Compare,
            >::compare(::hpy::impl_::slots::HPy_tp_richcompare),
            ::hpy::impl_::SlotDef::<__Hash>::hash(::hpy::impl_::slots::HPy_tp_hash),
            ::hpy::impl_::SlotDef::<__Int>::unary(::hpy::impl_::slots::HPy_nb_int),
            ::hpy::impl_::SlotDef::<__Repr>::repr(::hpy::impl_::slots::HPy_tp_repr),
            ::hpy::impl_::reduce_unit_def::<Color>(),
        ];
        const METHODS: &'static ::hpy::impl_::Methods<Self> = {
            #[allow(unused_imports)]
            use ::hpy::impl_::MayHaveMethods as _;
            <Color>::ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE
        };
        const ATTRIBUTES: ::core::option::Option<::hpy::impl_::Attributes> = {
            fn attributes<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __class: &::hpy::Handle<'__ctx, ::hpy::types::Type>,
            ) -> ::hpy::Result<()> {
                ::hpy::impl_::add_unit(__ctx, __class, Color::Red)?;
                ::hpy::impl_::add_unit(__ctx, __class, Color::Green)?;
                ::core::result::Result::Ok(())
            }
            ::core::option::Option::Some(attributes)
        };
    }
    fn __variant0() -> &'static ::hpy::impl_::Variant<Color> {
        static VARIANT: ::hpy::impl_::Variant<Color> = ::hpy::impl_::Variant::unit(
            "Red",
            "Color.Red",
        );
        &VARIANT
    }
    fn __variant1() -> &'static ::hpy::impl_::Variant<Color> {
        static VARIANT: ::hpy::impl_::Variant<Color> = ::hpy::impl_::Variant::unit(
            "GREEN",
            "Color.GREEN",
        );
        &VARIANT
    }
    #[automatically_derived]
    impl ::hpy::impl_::Variants for Color {
        fn variant(&self) -> &'static ::hpy::impl_::Variant<Self> {
            match self {
                Color::Red { .. } => __variant0(),
                Color::Green { .. } => __variant1(),
            }
        }
    }
    #[automatically_derived]
    impl<'__ctx> ::hpy::IntoPython<'__ctx> for Color {
        type Target = Color;
        type Error = ::hpy::Error;
        #[inline]
        fn into_python(
            self,
            __ctx: ::hpy::Context<'__ctx>,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx, Color>> {
            ::hpy::impl_::unit(__ctx, self)
        }
    }
    #[automatically_derived]
    impl<'__a, '__ctx> ::hpy::FromPython<'__a, '__ctx> for &'__a Color {
        type Error = ::hpy::Error;
        const HINT: ::hpy::Hint = ::hpy::Hint::Name(<Color as ::hpy::Class>::NAME);
        #[inline]
        fn from_python(__value: &'__a ::hpy::Handle<'__ctx>) -> ::hpy::Result<Self> {
            __value.downcast::<Color>()?.get()
        }
    }
    #[automatically_derived]
    impl<'__ctx> ::hpy::FromPython<'_, '__ctx> for Color {
        type Error = ::hpy::Error;
        const HINT: ::hpy::Hint = ::hpy::Hint::Name(<Color as ::hpy::Class>::NAME);
        fn from_python(__value: &::hpy::Handle<'__ctx>) -> ::hpy::Result<Self> {
            ::core::result::Result::Ok(
                match &*__value.downcast::<Color>()?.borrow()? {
                    Color::Red => Color::Red,
                    Color::Green => Color::Green,
                },
            )
        }
    }
};
