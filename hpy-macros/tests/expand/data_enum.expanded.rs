/// Something flat.
enum Shape {
    /// Round.
    Circle { radius: f64 },
    Rect(f64, Field),
    Empty {},
}
const _: () = {
    enum __Repr {}
    impl ::hpy::impl_::Slot for __Repr {
        type Class = Shape;
    }
    impl ::hpy::impl_::UnarySlot for __Repr {
        fn call<'__ctx>(
            __ctx: ::hpy::Context<'__ctx>,
            __this: ::hpy::Ref<'_, '__ctx, Shape>,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
            ::hpy::impl_::variant_repr(__ctx, &__this)
        }
    }
    impl Shape {
        #[doc(hidden)]
        pub const fn __hpy_slot() -> &'static ::hpy::impl_::TypeSlot<Shape> {
            static SLOT: ::hpy::impl_::TypeSlot<Shape> = ::hpy::impl_::TypeSlot::new();
            &SLOT
        }
    }
    const _: () = ::hpy::impl_::check_size::<Shape>();
    #[automatically_derived]
    unsafe impl ::hpy::Class for Shape {
        const NAME: &'static ::core::primitive::str = "Shape";
        type Base = ::hpy::types::Any;
        type Mutability = ::hpy::impl_::Frozen;
        type Threads = ::hpy::impl_::Sendable;
        type Fields = [::hpy::impl_::FieldSlot; 0usize];
        const GC: ::core::primitive::bool = {
            #[allow(unused_imports)]
            use ::hpy::impl_::{MayHideFields as _, MayHoldFields as _};
            <::hpy::impl_::Probe<Shape>>::GC || <::hpy::impl_::FieldsProbe<Field>>::FOUND
        };
        fn assign(&mut self, __assign: &mut ::hpy::impl_::Assign<'_, '_>) {
            let _ = &__assign;
            const _: () = {
                #[allow(unused_imports)]
                use ::hpy::impl_::{MayHideFields as _, MayHoldFields as _};
                ::core::assert!(
                    ! < ::hpy::impl_::Probe < Field >> ::GC || <
                    ::hpy::impl_::FieldsProbe < Field >> ::FOUND,
                    "the garbage collector can't find the `Field` in this type: #[derive(hpy::Fields)] on it"
                );
            };
            {
                #[allow(irrefutable_let_patterns)]
                if let Shape::Circle { radius: __value, .. } = self {
                    #[allow(unused_imports)]
                    {
                        use ::hpy::impl_::{AssignFields as _, AssignNothing as _};
                        (&mut &mut ::hpy::impl_::Inside(__value))
                            .assign_inside(__assign);
                    }
                }
            }
            {
                #[allow(irrefutable_let_patterns)]
                if let Shape::Rect { 0: __value, .. } = self {
                    #[allow(unused_imports)]
                    {
                        use ::hpy::impl_::{AssignFields as _, AssignNothing as _};
                        (&mut &mut ::hpy::impl_::Inside(__value))
                            .assign_inside(__assign);
                    }
                }
                #[allow(irrefutable_let_patterns)]
                if let Shape::Rect { 1: __value, .. } = self {
                    #[allow(unused_imports)]
                    {
                        use ::hpy::impl_::{AssignFields as _, AssignNothing as _};
                        (&mut &mut ::hpy::impl_::Inside(__value))
                            .assign_inside(__assign);
                    }
                }
            }
            {}
        }
        const OBJECTS: ::core::primitive::bool = {
            #[allow(unused_imports)]
            use ::hpy::impl_::MayOwnObjects as _;
            false
        };
        fn visit_objects(&self, __visitor: &mut ::hpy::impl_::Visitor<'_>) {
            #[allow(unused_imports)]
            use ::hpy::impl_::{Owned, VisitNothing as _, VisitOwned as _};
            let _ = &__visitor;
            {}
            {
                #[allow(irrefutable_let_patterns)]
                if let Shape::Rect { 1: __value, .. } = self {
                    (&&Owned(&*__value)).visit_owned(__visitor);
                }
            }
            {}
        }
        fn slot() -> &'static ::hpy::impl_::TypeSlot<Shape> {
            <Shape>::__hpy_slot()
        }
        const KNOWN: ::core::primitive::bool = true;
        fn into_known<'__ctx>(
            self,
            __class: &::hpy::Handle<'__ctx, ::hpy::types::Type>,
        ) -> ::core::result::Result<::hpy::Result<::hpy::Handle<'__ctx, Shape>>, Self> {
            ::core::result::Result::Ok(::hpy::impl_::variant_object_of(__class, self))
        }
    }
    #[automatically_derived]
    impl ::hpy::impl_::ClassTable for Shape {
        const DOC: &'static ::core::ffi::CStr = c"Something flat.";
        const DEFS: &'static [::hpy::impl_::Definition<Self>] = &[
            ::hpy::impl_::SlotDef::<__Repr>::repr(::hpy::impl_::slots::HPy_tp_repr),
        ];
        const METHODS: &'static ::hpy::impl_::Methods<Self> = {
            #[allow(unused_imports)]
            use ::hpy::impl_::MayHaveMethods as _;
            <Shape>::ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE
        };
        const DATA: ::core::primitive::bool = true;
        const ATTRIBUTES: ::core::option::Option<::hpy::impl_::Attributes> = {
            fn attributes<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __class: &::hpy::Handle<'__ctx, ::hpy::types::Type>,
            ) -> ::hpy::Result<()> {
                ::hpy::impl_::add_variant::<Shape>(__ctx, __variant0())?;
                ::hpy::impl_::add_variant::<Shape>(__ctx, __variant1())?;
                ::hpy::impl_::add_variant::<Shape>(__ctx, __variant2())?;
                ::core::result::Result::Ok(())
            }
            ::core::option::Option::Some(attributes)
        };
    }
    impl Shape {
        #[allow(clippy::too_many_arguments)]
        fn __hpy_variant0(__v0: f64) -> Self {
            Shape::Circle { radius: __v0 }
        }
    }
    fn __variant0() -> &'static ::hpy::impl_::Variant<Shape> {
        enum __New {}
        #[automatically_derived]
        impl ::hpy::impl_::Function for __New {
            type This = ::hpy::types::Type;
            const NAME: &'static ::core::ffi::CStr = c"Circle";
            const DOC: &'static ::core::ffi::CStr = c"Circle($type, /, radius=1.0)\n--\n\n";
            const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::Keywords;
            const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
                class: ::hpy::impl_::name_of_class::<Shape>(),
                names: b"Circle\0?radius\0",
                own: 7,
                count: 1,
                positional_only: 0,
                positional: 1,
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
                let mut __slots = [::hpy::impl_::ArgumentSlot::EMPTY; 1usize];
                match ::hpy::impl_::bind(__params, __args, &mut __slots) {
                    ::core::result::Result::Ok(__value) => __value,
                    ::core::result::Result::Err(__error) => {
                        return ::core::result::Result::Err(__error);
                    }
                };
                let __p0: f64 = if __slots[0usize].is_given() {
                    match ::hpy::impl_::convert(&__slots[0usize], __params, 0usize) {
                        ::core::result::Result::Ok(__value) => __value,
                        ::core::result::Result::Err(__error) => {
                            return ::core::result::Result::Err(__error);
                        }
                    }
                } else {
                    1.0
                };
                let __result = <Shape>::__hpy_variant0(__p0);
                ::hpy::impl_::new_output::<Shape, _, _>(&__this, *__args, __result)
            }
        }
        enum __F0 {}
        impl ::hpy::impl_::Slot for __F0 {
            type Class = Shape;
        }
        impl ::hpy::impl_::Attribute for __F0 {
            const NAME: &'static ::core::ffi::CStr = c"radius";
            const DOC: &'static ::core::ffi::CStr = c"";
        }
        impl ::hpy::impl_::GetSlot for __F0 {
            fn get<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __this: ::hpy::Ref<'_, '__ctx, Shape>,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                #[allow(unreachable_patterns)]
                match &*::hpy::impl_::borrow(&__this)? {
                    Shape::Circle { radius: __value, .. } => {
                        ::hpy::impl_::field_value(__ctx, __value)
                    }
                    _ => ::hpy::impl_::other_variant(&__this, "Circle", "radius"),
                }
            }
        }
        static VARIANT: ::hpy::impl_::Variant<Shape> = ::hpy::impl_::Variant::with_data(
            "Circle",
            "Shape.Circle",
            &::hpy::impl_::VariantParts {
                doc: c"Round.",
                defs: &[
                    ::hpy::impl_::NewDef::<__New>::definition(),
                    ::hpy::impl_::read_only::<__F0>(),
                ],
                names: &["radius"],
                params: &[("radius", ::hpy::impl_::FieldParam::Positional)],
                tuple: false,
            },
        );
        &VARIANT
    }
    impl Shape {
        #[allow(clippy::too_many_arguments)]
        fn __hpy_variant1(__v0: f64, __v1: ::hpy::Handle<'_>) -> Self {
            Shape::Rect {
                0: __v0,
                1: ::hpy::Field::new(__v1),
            }
        }
    }
    fn __variant1() -> &'static ::hpy::impl_::Variant<Shape> {
        enum __New {}
        #[automatically_derived]
        impl ::hpy::impl_::Function for __New {
            type This = ::hpy::types::Type;
            const NAME: &'static ::core::ffi::CStr = c"Rect";
            const DOC: &'static ::core::ffi::CStr = c"Rect($type, /, _0, _1)\n--\n\n";
            const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::Keywords;
            const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
                class: ::hpy::impl_::name_of_class::<Shape>(),
                names: b"Rect\0!_0\0!_1\0",
                own: 5,
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
                let __result = <Shape>::__hpy_variant1(__p0, __p1);
                ::hpy::impl_::new_output::<Shape, _, _>(&__this, *__args, __result)
            }
        }
        enum __F0 {}
        impl ::hpy::impl_::Slot for __F0 {
            type Class = Shape;
        }
        impl ::hpy::impl_::Attribute for __F0 {
            const NAME: &'static ::core::ffi::CStr = c"_0";
            const DOC: &'static ::core::ffi::CStr = c"";
        }
        impl ::hpy::impl_::GetSlot for __F0 {
            fn get<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __this: ::hpy::Ref<'_, '__ctx, Shape>,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                #[allow(unreachable_patterns)]
                match &*::hpy::impl_::borrow(&__this)? {
                    Shape::Rect { 0: __value, .. } => {
                        ::hpy::impl_::field_value(__ctx, __value)
                    }
                    _ => ::hpy::impl_::other_variant(&__this, "Rect", "_0"),
                }
            }
        }
        enum __F1 {}
        impl ::hpy::impl_::Slot for __F1 {
            type Class = Shape;
        }
        impl ::hpy::impl_::Attribute for __F1 {
            const NAME: &'static ::core::ffi::CStr = c"_1";
            const DOC: &'static ::core::ffi::CStr = c"";
        }
        impl ::hpy::impl_::GetSlot for __F1 {
            fn get<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __this: ::hpy::Ref<'_, '__ctx, Shape>,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                #[allow(unreachable_patterns)]
                match &*::hpy::impl_::borrow(&__this)? {
                    Shape::Rect { 1: __value, .. } => {
                        ::hpy::impl_::output(__ctx, __value.load(&__this))
                    }
                    _ => ::hpy::impl_::other_variant(&__this, "Rect", "_1"),
                }
            }
        }
        enum __Items {}
        impl ::hpy::impl_::Slot for __Items {
            type Class = Shape;
        }
        impl ::hpy::impl_::LenSlot for __Items {
            fn call<'__ctx>(
                _: ::hpy::Context<'__ctx>,
                _: ::hpy::Ref<'_, '__ctx, Shape>,
            ) -> ::hpy::Result<::core::primitive::isize> {
                ::core::result::Result::Ok(2usize as ::core::primitive::isize)
            }
        }
        impl ::hpy::impl_::BinarySlot for __Items {
            fn call<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __this: ::hpy::Ref<'_, '__ctx, Shape>,
                __key: ::hpy::Ref<'_, '__ctx>,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                match ::hpy::impl_::place(__key.handle(), 2usize)? {
                    0usize => <__F0 as ::hpy::impl_::GetSlot>::get(__ctx, __this),
                    1usize => <__F1 as ::hpy::impl_::GetSlot>::get(__ctx, __this),
                    _ => ::hpy::impl_::out_of_range(),
                }
            }
        }
        static VARIANT: ::hpy::impl_::Variant<Shape> = ::hpy::impl_::Variant::with_data(
            "Rect",
            "Shape.Rect",
            &::hpy::impl_::VariantParts {
                doc: c"",
                defs: &[
                    ::hpy::impl_::NewDef::<__New>::definition(),
                    ::hpy::impl_::read_only::<__F0>(),
                    ::hpy::impl_::read_only::<__F1>(),
                    ::hpy::impl_::SlotDef::<
                        __Items,
                    >::len(::hpy::impl_::slots::HPy_mp_length),
                    ::hpy::impl_::SlotDef::<
                        __Items,
                    >::len(::hpy::impl_::slots::HPy_sq_length),
                    ::hpy::impl_::ItemDef::<
                        __Items,
                    >::get(::hpy::impl_::slots::HPy_mp_subscript),
                    ::hpy::impl_::ItemDef::<
                        __Items,
                    >::get_at(::hpy::impl_::slots::HPy_sq_item),
                ],
                names: &["_0", "_1"],
                params: &[
                    ("_0", ::hpy::impl_::FieldParam::Positional),
                    ("_1", ::hpy::impl_::FieldParam::Positional),
                ],
                tuple: true,
            },
        );
        &VARIANT
    }
    impl Shape {
        #[allow(clippy::too_many_arguments)]
        fn __hpy_variant2() -> Self {
            Shape::Empty {}
        }
    }
    fn __variant2() -> &'static ::hpy::impl_::Variant<Shape> {
        enum __New {}
        #[automatically_derived]
        impl ::hpy::impl_::Function for __New {
            type This = ::hpy::types::Type;
            const NAME: &'static ::core::ffi::CStr = c"Empty";
            const DOC: &'static ::core::ffi::CStr = c"Empty($type, /)\n--\n\n";
            const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::NoArgs;
            const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
                class: ::hpy::impl_::name_of_class::<Shape>(),
                names: b"Empty\0",
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
                let mut __slots = [::hpy::impl_::ArgumentSlot::EMPTY; 0usize];
                match ::hpy::impl_::bind(__params, __args, &mut __slots) {
                    ::core::result::Result::Ok(__value) => __value,
                    ::core::result::Result::Err(__error) => {
                        return ::core::result::Result::Err(__error);
                    }
                };
                let __result = <Shape>::__hpy_variant2();
                ::hpy::impl_::new_output::<Shape, _, _>(&__this, *__args, __result)
            }
        }
        static VARIANT: ::hpy::impl_::Variant<Shape> = ::hpy::impl_::Variant::with_data(
            "Empty",
            "Shape.Empty",
            &::hpy::impl_::VariantParts {
                doc: c"",
                defs: &[::hpy::impl_::NewDef::<__New>::definition()],
                names: &[],
                params: &[],
                tuple: false,
            },
        );
        &VARIANT
    }
    #[automatically_derived]
    impl ::hpy::impl_::Variants for Shape {
        fn variant(&self) -> &'static ::hpy::impl_::Variant<Self> {
            match self {
                Shape::Circle { .. } => __variant0(),
                Shape::Rect { .. } => __variant1(),
                Shape::Empty { .. } => __variant2(),
            }
        }
    }
    #[automatically_derived]
    impl<'__ctx> ::hpy::IntoPython<'__ctx> for Shape {
        type Target = Shape;
        type Error = ::hpy::Error;
        #[inline]
        fn into_python(
            self,
            __ctx: ::hpy::Context<'__ctx>,
        ) -> ::hpy::Result<::hpy::Handle<'__ctx, Shape>> {
            ::hpy::impl_::variant_object(__ctx, self)
        }
    }
    #[automatically_derived]
    impl<'__a, '__ctx> ::hpy::FromPython<'__a, '__ctx> for &'__a Shape {
        type Error = ::hpy::Error;
        const HINT: ::hpy::Hint = ::hpy::Hint::Name(<Shape as ::hpy::Class>::NAME);
        #[inline]
        fn from_python(__value: &'__a ::hpy::Handle<'__ctx>) -> ::hpy::Result<Self> {
            __value.downcast::<Shape>()?.get()
        }
    }
};
