mod collections {
    struct Stack {
        items: Vec<i64>,
    }
    impl Stack {
        fn __len__(&self) -> usize {
            self.items.len()
        }
        fn __getitem__(&self, index: usize) -> Option<i64> {
            self.items.get(index).copied()
        }
        #[cfg(feature = "mutable")]
        fn __delitem__(&mut self, index: usize) {
            self.items.remove(index);
        }
    }
    const _: () = {
        impl Stack {
            #[doc(hidden)]
            pub const fn __hpy_slot() -> &'static ::hpy::impl_::TypeSlot<Stack> {
                static SLOT: ::hpy::impl_::TypeSlot<Stack> = ::hpy::impl_::TypeSlot::new();
                &SLOT
            }
        }
        const _: () = ::hpy::impl_::check_size::<Stack>();
        #[automatically_derived]
        unsafe impl ::hpy::Class for Stack {
            const NAME: &'static ::core::primitive::str = "Stack";
            type Base = ::hpy::types::Any;
            type Mutability = ::hpy::impl_::Mutable;
            type Threads = ::hpy::impl_::Sendable;
            type Fields = [::hpy::impl_::FieldSlot; 0usize];
            const GC: ::core::primitive::bool = {
                #[allow(unused_imports)]
                use ::hpy::impl_::{MayHideFields as _, MayHoldFields as _};
                <::hpy::impl_::Probe<Stack>>::GC
                    || <::hpy::impl_::FieldsProbe<Vec<i64>>>::FOUND
            };
            fn assign(&mut self, __assign: &mut ::hpy::impl_::Assign<'_, '_>) {
                let _ = &__assign;
                const _: () = {
                    #[allow(unused_imports)]
                    use ::hpy::impl_::{MayHideFields as _, MayHoldFields as _};
                    ::core::assert!(
                        ! < ::hpy::impl_::Probe < Vec < i64 > >> ::GC && ! <
                        ::hpy::impl_::FieldsProbe < i64 >> ::FOUND || <
                        ::hpy::impl_::FieldsProbe < Vec < i64 > >> ::FOUND,
                        "the garbage collector can't find the `Field`s in this container: use `Option`, `Box`, `Vec`, a map or set of the standard library, or a `Field<Dict>` or `Field<List>`; a struct of your own needs #[derive(hpy::Fields)]"
                    );
                };
                const _: () = {
                    #[allow(unused_imports)]
                    use ::hpy::impl_::{MayHideFields as _, MayHoldFields as _};
                    ::core::assert!(
                        ! < ::hpy::impl_::Probe < i64 >> ::GC || <
                        ::hpy::impl_::FieldsProbe < i64 >> ::FOUND,
                        "the garbage collector can't find the `Field` in this type: #[derive(hpy::Fields)] on it"
                    );
                };
                #[allow(unused_imports)]
                {
                    use ::hpy::impl_::{AssignFields as _, AssignNothing as _};
                    (&mut &mut ::hpy::impl_::Inside(&mut self.items))
                        .assign_inside(__assign);
                }
            }
            const OBJECTS: ::core::primitive::bool = {
                #[allow(unused_imports)]
                use ::hpy::impl_::MayOwnObjects as _;
                false || <::hpy::impl_::ObjectsProbe<Vec<i64>>>::HOLDS
            };
            fn visit_objects(&self, __visitor: &mut ::hpy::impl_::Visitor<'_>) {
                #[allow(unused_imports)]
                use ::hpy::impl_::{Owned, VisitNothing as _, VisitOwned as _};
                let _ = &__visitor;
                (&&Owned(&self.items)).visit_owned(__visitor);
            }
            fn slot() -> &'static ::hpy::impl_::TypeSlot<Stack> {
                <Stack>::__hpy_slot()
            }
        }
        #[automatically_derived]
        impl ::hpy::impl_::ClassTable for Stack {
            const METHODS: &'static ::hpy::impl_::Methods<Self> = {
                #[allow(unused_imports)]
                use ::hpy::impl_::MayHaveMethods as _;
                <Stack>::ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE
            };
            const COLLECTION: ::hpy::impl_::Collection = ::hpy::impl_::Collection::Sequence;
            const GENERIC: ::core::primitive::bool = true;
        }
        #[automatically_derived]
        impl<'__ctx> ::hpy::IntoPython<'__ctx> for Stack {
            type Target = Stack;
            type Error = ::hpy::Error;
            #[inline]
            fn into_python(
                self,
                __ctx: ::hpy::Context<'__ctx>,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx, Stack>> {
                ::hpy::Handle::<'__ctx, Stack>::new(__ctx, self)
            }
        }
        const _: () = ::core::assert!(
            < Stack as ::hpy::impl_::ClassTable > ::METHODS.have(& ["__getitem__",
            "__len__"]),
            "a `sequence` needs the methods `__getitem__` and `__len__`, as `collections.abc.Sequence` does"
        );
        const _: () = ::core::assert!(
            ! < Stack as ::hpy::impl_::ClassTable > ::METHODS.have_any(&
            ["__class_getitem__"]),
            "`generic` generates the `__class_getitem__` that is also defined here: remove one of them"
        );
    };
    const _: () = {
        enum __M1 {}
        const _: () = {
            impl ::hpy::impl_::Slot for __M1 {
                type Class = Stack;
            }
            impl ::hpy::impl_::LenSlot for __M1 {
                #[inline(always)]
                fn call<'__ctx>(
                    __ctx: ::hpy::Context<'__ctx>,
                    __this: ::hpy::Ref<'_, '__ctx, Stack>,
                ) -> ::hpy::Result<::core::primitive::isize> {
                    let __params: &'static ::hpy::impl_::Params = const {
                        &::hpy::impl_::Params {
                            class: ::hpy::impl_::name_of_class::<Stack>(),
                            names: b"__len__\0",
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
                    let __self = match ::hpy::impl_::borrow(&__this) {
                        ::core::result::Result::Ok(__value) => __value,
                        ::core::result::Result::Err(__error) => {
                            return ::core::result::Result::Err(__error);
                        }
                    };
                    let __result = <Stack>::__len__(&*__self);
                    ::hpy::impl_::end(__self);
                    ::hpy::impl_::len_output(__ctx, __result)
                }
            }
        };
        enum __M2 {}
        const _: () = {
            impl ::hpy::impl_::Slot for __M2 {
                type Class = Stack;
            }
            impl ::hpy::impl_::BinarySlot for __M2 {
                #[inline(always)]
                fn call<'__ctx>(
                    __ctx: ::hpy::Context<'__ctx>,
                    __this: ::hpy::Ref<'_, '__ctx, Stack>,
                    __arg0: ::hpy::Ref<'_, '__ctx>,
                ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                    let __params: &'static ::hpy::impl_::Params = const {
                        &::hpy::impl_::Params {
                            class: ::hpy::impl_::name_of_class::<Stack>(),
                            names: b"__getitem__\0!index\0",
                            own: 12,
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
                    let __p0: usize = match ::hpy::impl_::argument(
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
                    let __self = match ::hpy::impl_::borrow(&__this) {
                        ::core::result::Result::Ok(__value) => __value,
                        ::core::result::Result::Err(__error) => {
                            return ::core::result::Result::Err(__error);
                        }
                    };
                    let __result = <Stack>::__getitem__(&*__self, __p0);
                    ::hpy::impl_::end(__self);
                    ::hpy::impl_::output(__ctx, __result)
                }
            }
        };
        #[cfg(feature = "mutable")]
        enum __M3 {}
        #[cfg(feature = "mutable")]
        const _: () = {
            impl ::hpy::impl_::Slot for __M3 {
                type Class = Stack;
            }
            impl ::hpy::impl_::SetItemSlot for __M3 {
                #[inline(always)]
                fn delete<'__ctx>(
                    __ctx: ::hpy::Context<'__ctx>,
                    __this: ::hpy::Ref<'_, '__ctx, Stack>,
                    __arg0: ::hpy::Ref<'_, '__ctx>,
                ) -> ::hpy::Result<()> {
                    let __params: &'static ::hpy::impl_::Params = const {
                        &::hpy::impl_::Params {
                            class: ::hpy::impl_::name_of_class::<Stack>(),
                            names: b"__delitem__\0!index\0",
                            own: 12,
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
                    let __p0: usize = match ::hpy::impl_::argument(
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
                    let __result = <Stack>::__delitem__(&mut *__self, __p0);
                    ::hpy::impl_::end(__self);
                    ::hpy::impl_::unit_output(__ctx, __result)
                }
            }
        };
        impl Stack {
            #[doc(hidden)]
            pub const ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE: &'static ::hpy::impl_::Methods<
                Stack,
            > = &::hpy::impl_::Methods {
                defs: &[
                    ::hpy::impl_::SlotDef::<
                        __M1,
                    >::len(::hpy::impl_::slots::HPy_mp_length)
                        .also(::hpy::impl_::slots::HPy_sq_length),
                    ::hpy::impl_::ItemDef::<
                        __M2,
                    >::get(::hpy::impl_::slots::HPy_mp_subscript),
                    ::hpy::impl_::ItemDef::<
                        __M2,
                    >::get_at(::hpy::impl_::slots::HPy_sq_item),
                    #[cfg(feature = "mutable")]
                    ::hpy::impl_::ItemDef::<
                        __M3,
                    >::set(::hpy::impl_::slots::HPy_mp_ass_subscript),
                    #[cfg(feature = "mutable")]
                    ::hpy::impl_::ItemDef::<
                        __M3,
                    >::set_at(::hpy::impl_::slots::HPy_sq_ass_item),
                ],
                extras: &[],
                free: &[],
                reflected: &[],
                finalize: ::core::option::Option::None,
                new: false,
                new_method: ::core::option::Option::None,
                attributes: ::core::option::Option::None,
                told: {
                    #[allow(unused_mut)]
                    let mut told = 0;
                    {
                        told |= ::hpy::impl_::told("__len__");
                    }
                    {
                        told |= ::hpy::impl_::told("__getitem__");
                    }
                    #[cfg(feature = "mutable")]
                    {
                        told |= ::hpy::impl_::told("__delitem__");
                    }
                    told
                },
            };
        }
    };
    const _: () = {
        struct __Module;
        #[automatically_derived]
        impl ::hpy::impl_::Module for __Module {
            const NAME: &'static ::core::ffi::CStr = c"collections";
            const DOC: &'static ::core::ffi::CStr = c"";
            const GIL: ::core::primitive::bool = true;
            fn exec<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __module: &::hpy::Handle<'__ctx, ::hpy::types::Module>,
            ) -> ::hpy::Result<()> {
                ::hpy::impl_::add_class::<Stack>(__ctx, __module)?;
                ::core::result::Result::Ok(())
            }
        }
        static __FUNCTIONS: &[::hpy::impl_::ModuleDef] = &[];
        static __GLOBALS: &[::core::option::Option<&::hpy::impl_::GlobalSlot>] = &[
            ::core::option::Option::Some(::hpy::impl_::panic_exception()),
            ::core::option::Option::Some(::hpy::impl_::iterator_class()),
            ::core::option::Option::Some(::hpy::impl_::function_class()),
            ::core::option::Option::Some(<Stack>::__hpy_slot().global()),
            ::core::option::Option::None,
        ];
        static __TABLE: ::hpy::impl_::ModuleTable = ::hpy::impl_::ModuleTable::new::<
            __Module,
        >(__FUNCTIONS, __GLOBALS);
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn PyInit_collections() -> *mut ::core::ffi::c_void {
            unsafe { ::hpy::impl_::py_init(&__TABLE) }
        }
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn HPyInit_collections() -> *const ::core::ffi::c_void {
            unsafe { ::hpy::impl_::hpy_init(&__TABLE) }
        }
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn HPyInitGlobalContext_collections(
            ctx: *mut ::core::ffi::c_void,
        ) {
            unsafe { ::hpy::impl_::hpy_init_global_context(ctx) }
        }
        #[unsafe(no_mangle)]
        pub extern "C" fn get_required_hpy_major_version_collections() -> ::core::primitive::u32 {
            0
        }
        #[unsafe(no_mangle)]
        pub extern "C" fn get_required_hpy_minor_version_collections() -> ::core::primitive::u32 {
            0
        }
        const __OUR_HOST: ::core::primitive::bool = {
            #[allow(unused_mut)]
            let mut ours = false;
            {
                ours |= <Stack as ::hpy::impl_::ClassTable>::OUR_HOST;
            }
            ours
        };
        const __MARK_LEN: ::core::primitive::usize = ::hpy::impl_::host_mark_len(
            c"collections",
        );
        #[unsafe(no_mangle)]
        #[allow(non_upper_case_globals)]
        pub static hpy_host_of_collections: [::core::primitive::u8; __MARK_LEN] = ::hpy::impl_::host_mark(
            c"collections",
            __OUR_HOST,
        );
    };
}
