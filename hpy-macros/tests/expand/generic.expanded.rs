mod m {
    struct Grid<T> {
        cells: Vec<T>,
    }
    impl<T: Number> Grid<T> {
        fn first(&self, default: T) -> T {
            default
        }
    }
    impl<T> Size for Grid<T> {
        fn size(&self) -> usize {
            0
        }
    }
    ///What Python calls `Ints`.
    type Ints = Grid<i64>;
    const _: () = {
        impl Ints {
            #[doc(hidden)]
            pub const fn __hpy_slot() -> &'static ::hpy::impl_::TypeSlot<Ints> {
                static SLOT: ::hpy::impl_::TypeSlot<Ints> = ::hpy::impl_::TypeSlot::new();
                &SLOT
            }
        }
        const _: () = ::hpy::impl_::check_size::<Ints>();
        #[automatically_derived]
        unsafe impl ::hpy::Class for Ints {
            const NAME: &'static ::core::primitive::str = "Ints";
            type Base = ::hpy::types::Any;
            type Mutability = ::hpy::impl_::Mutable;
            type Threads = ::hpy::impl_::Sendable;
            type Fields = [::hpy::impl_::FieldSlot; 0usize];
            const GC: ::core::primitive::bool = {
                #[allow(unused_imports)]
                use ::hpy::impl_::{MayHideFields as _, MayHoldFields as _};
                <::hpy::impl_::Probe<Ints>>::GC
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
                    (&mut &mut ::hpy::impl_::Inside(&mut self.cells))
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
                (&&Owned(&self.cells)).visit_owned(__visitor);
            }
            fn slot() -> &'static ::hpy::impl_::TypeSlot<Ints> {
                <Ints>::__hpy_slot()
            }
        }
        #[automatically_derived]
        impl ::hpy::impl_::ClassTable for Ints {
            const METHODS: &'static ::hpy::impl_::Methods<Self> = {
                #[allow(unused_imports)]
                use ::hpy::impl_::MayHaveMethods as _;
                <Ints>::ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE
            };
        }
        #[automatically_derived]
        impl<'__ctx> ::hpy::IntoPython<'__ctx> for Ints {
            type Target = Ints;
            type Error = ::hpy::Error;
            #[inline]
            fn into_python(
                self,
                __ctx: ::hpy::Context<'__ctx>,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx, Ints>> {
                ::hpy::Handle::<'__ctx, Ints>::new(__ctx, self)
            }
        }
    };
    ///What Python calls `Floats`.
    type Floats = Grid<f64>;
    const _: () = {
        impl Floats {
            #[doc(hidden)]
            pub const fn __hpy_slot() -> &'static ::hpy::impl_::TypeSlot<Floats> {
                static SLOT: ::hpy::impl_::TypeSlot<Floats> = ::hpy::impl_::TypeSlot::new();
                &SLOT
            }
        }
        const _: () = ::hpy::impl_::check_size::<Floats>();
        #[automatically_derived]
        unsafe impl ::hpy::Class for Floats {
            const NAME: &'static ::core::primitive::str = "Floats";
            type Base = ::hpy::types::Any;
            type Mutability = ::hpy::impl_::Mutable;
            type Threads = ::hpy::impl_::Sendable;
            type Fields = [::hpy::impl_::FieldSlot; 0usize];
            const GC: ::core::primitive::bool = {
                #[allow(unused_imports)]
                use ::hpy::impl_::{MayHideFields as _, MayHoldFields as _};
                <::hpy::impl_::Probe<Floats>>::GC
                    || <::hpy::impl_::FieldsProbe<Vec<f64>>>::FOUND
            };
            fn assign(&mut self, __assign: &mut ::hpy::impl_::Assign<'_, '_>) {
                let _ = &__assign;
                const _: () = {
                    #[allow(unused_imports)]
                    use ::hpy::impl_::{MayHideFields as _, MayHoldFields as _};
                    ::core::assert!(
                        ! < ::hpy::impl_::Probe < Vec < f64 > >> ::GC && ! <
                        ::hpy::impl_::FieldsProbe < f64 >> ::FOUND || <
                        ::hpy::impl_::FieldsProbe < Vec < f64 > >> ::FOUND,
                        "the garbage collector can't find the `Field`s in this container: use `Option`, `Box`, `Vec`, a map or set of the standard library, or a `Field<Dict>` or `Field<List>`; a struct of your own needs #[derive(hpy::Fields)]"
                    );
                };
                const _: () = {
                    #[allow(unused_imports)]
                    use ::hpy::impl_::{MayHideFields as _, MayHoldFields as _};
                    ::core::assert!(
                        ! < ::hpy::impl_::Probe < f64 >> ::GC || <
                        ::hpy::impl_::FieldsProbe < f64 >> ::FOUND,
                        "the garbage collector can't find the `Field` in this type: #[derive(hpy::Fields)] on it"
                    );
                };
                #[allow(unused_imports)]
                {
                    use ::hpy::impl_::{AssignFields as _, AssignNothing as _};
                    (&mut &mut ::hpy::impl_::Inside(&mut self.cells))
                        .assign_inside(__assign);
                }
            }
            const OBJECTS: ::core::primitive::bool = {
                #[allow(unused_imports)]
                use ::hpy::impl_::MayOwnObjects as _;
                false || <::hpy::impl_::ObjectsProbe<Vec<f64>>>::HOLDS
            };
            fn visit_objects(&self, __visitor: &mut ::hpy::impl_::Visitor<'_>) {
                #[allow(unused_imports)]
                use ::hpy::impl_::{Owned, VisitNothing as _, VisitOwned as _};
                let _ = &__visitor;
                (&&Owned(&self.cells)).visit_owned(__visitor);
            }
            fn slot() -> &'static ::hpy::impl_::TypeSlot<Floats> {
                <Floats>::__hpy_slot()
            }
        }
        #[automatically_derived]
        impl ::hpy::impl_::ClassTable for Floats {
            const METHODS: &'static ::hpy::impl_::Methods<Self> = {
                #[allow(unused_imports)]
                use ::hpy::impl_::MayHaveMethods as _;
                <Floats>::ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE
            };
        }
        #[automatically_derived]
        impl<'__ctx> ::hpy::IntoPython<'__ctx> for Floats {
            type Target = Floats;
            type Error = ::hpy::Error;
            #[inline]
            fn into_python(
                self,
                __ctx: ::hpy::Context<'__ctx>,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx, Floats>> {
                ::hpy::Handle::<'__ctx, Floats>::new(__ctx, self)
            }
        }
    };
    const _: () = {
        enum __M1 {}
        const _: () = {
            #[automatically_derived]
            impl ::hpy::impl_::Function for __M1 {
                type This = Ints;
                const NAME: &'static ::core::ffi::CStr = c"first";
                const DOC: &'static ::core::ffi::CStr = c"first($self, /, default)\n--\n\n";
                const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::Keywords;
                const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
                    class: ::hpy::impl_::name_of_class::<Ints>(),
                    names: b"first\0!default\0",
                    own: 6,
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
                    __this: ::hpy::Ref<'__a, '__ctx, Ints>,
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
                    let __self = match ::hpy::impl_::borrow(&__this) {
                        ::core::result::Result::Ok(__value) => __value,
                        ::core::result::Result::Err(__error) => {
                            return ::core::result::Result::Err(__error);
                        }
                    };
                    let __result = <Ints>::first(&*__self, __p0);
                    ::hpy::impl_::end(__self);
                    ::hpy::impl_::shared_output(__ctx, __result)
                }
            }
        };
        enum __M2 {}
        const _: () = {
            #[automatically_derived]
            impl ::hpy::impl_::Function for __M2 {
                type This = Ints;
                const NAME: &'static ::core::ffi::CStr = c"size";
                const DOC: &'static ::core::ffi::CStr = c"size($self, /)\n--\n\n";
                const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::NoArgs;
                const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
                    class: ::hpy::impl_::name_of_class::<Ints>(),
                    names: b"size\0",
                    own: 5,
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
                    __this: ::hpy::Ref<'__a, '__ctx, Ints>,
                    __args: &::hpy::impl_::Arguments<'__a, '__ctx>,
                    __params: &'static ::hpy::impl_::Params,
                ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                    let __self = match ::hpy::impl_::borrow(&__this) {
                        ::core::result::Result::Ok(__value) => __value,
                        ::core::result::Result::Err(__error) => {
                            return ::core::result::Result::Err(__error);
                        }
                    };
                    let __result = <Ints as Size>::size(&*__self);
                    ::hpy::impl_::end(__self);
                    ::hpy::impl_::output(__ctx, __result)
                }
            }
        };
        impl Ints {
            #[doc(hidden)]
            pub const ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE: &'static ::hpy::impl_::Methods<
                Ints,
            > = &::hpy::impl_::Methods {
                defs: &[
                    ::hpy::impl_::FunctionDef::<__M1>::METHOD,
                    ::hpy::impl_::FunctionDef::<__M2>::METHOD,
                ],
                extras: &[],
                free: &[],
                reflected: &[],
                finalize: ::core::option::Option::None,
                new: false,
                new_method: ::core::option::Option::None,
                attributes: ::core::option::Option::None,
                told: 0,
            };
        }
    };
    const _: () = {
        enum __M1 {}
        const _: () = {
            #[automatically_derived]
            impl ::hpy::impl_::Function for __M1 {
                type This = Floats;
                const NAME: &'static ::core::ffi::CStr = c"first";
                const DOC: &'static ::core::ffi::CStr = c"first($self, /, default)\n--\n\n";
                const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::Keywords;
                const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
                    class: ::hpy::impl_::name_of_class::<Floats>(),
                    names: b"first\0!default\0",
                    own: 6,
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
                    __this: ::hpy::Ref<'__a, '__ctx, Floats>,
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
                    let __self = match ::hpy::impl_::borrow(&__this) {
                        ::core::result::Result::Ok(__value) => __value,
                        ::core::result::Result::Err(__error) => {
                            return ::core::result::Result::Err(__error);
                        }
                    };
                    let __result = <Floats>::first(&*__self, __p0);
                    ::hpy::impl_::end(__self);
                    ::hpy::impl_::shared_output(__ctx, __result)
                }
            }
        };
        enum __M2 {}
        const _: () = {
            #[automatically_derived]
            impl ::hpy::impl_::Function for __M2 {
                type This = Floats;
                const NAME: &'static ::core::ffi::CStr = c"size";
                const DOC: &'static ::core::ffi::CStr = c"size($self, /)\n--\n\n";
                const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::NoArgs;
                const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
                    class: ::hpy::impl_::name_of_class::<Floats>(),
                    names: b"size\0",
                    own: 5,
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
                    __this: ::hpy::Ref<'__a, '__ctx, Floats>,
                    __args: &::hpy::impl_::Arguments<'__a, '__ctx>,
                    __params: &'static ::hpy::impl_::Params,
                ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                    let __self = match ::hpy::impl_::borrow(&__this) {
                        ::core::result::Result::Ok(__value) => __value,
                        ::core::result::Result::Err(__error) => {
                            return ::core::result::Result::Err(__error);
                        }
                    };
                    let __result = <Floats as Size>::size(&*__self);
                    ::hpy::impl_::end(__self);
                    ::hpy::impl_::output(__ctx, __result)
                }
            }
        };
        impl Floats {
            #[doc(hidden)]
            pub const ONLY_ONE_METHODS_BLOCK_UNLESS_IN_A_HPY_MODULE: &'static ::hpy::impl_::Methods<
                Floats,
            > = &::hpy::impl_::Methods {
                defs: &[
                    ::hpy::impl_::FunctionDef::<__M1>::METHOD,
                    ::hpy::impl_::FunctionDef::<__M2>::METHOD,
                ],
                extras: &[],
                free: &[],
                reflected: &[],
                finalize: ::core::option::Option::None,
                new: false,
                new_method: ::core::option::Option::None,
                attributes: ::core::option::Option::None,
                told: 0,
            };
        }
    };
    const _: () = {
        struct __Module;
        #[automatically_derived]
        impl ::hpy::impl_::Module for __Module {
            const NAME: &'static ::core::ffi::CStr = c"m";
            const DOC: &'static ::core::ffi::CStr = c"";
            const GIL: ::core::primitive::bool = true;
            fn exec<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __module: &::hpy::Handle<'__ctx, ::hpy::types::Module>,
            ) -> ::hpy::Result<()> {
                ::hpy::impl_::add_class::<Ints>(__ctx, __module)?;
                ::hpy::impl_::add_class::<Floats>(__ctx, __module)?;
                ::core::result::Result::Ok(())
            }
        }
        static __FUNCTIONS: &[::hpy::impl_::ModuleDef] = &[];
        static __GLOBALS: &[::core::option::Option<&::hpy::impl_::GlobalSlot>] = &[
            ::core::option::Option::Some(::hpy::impl_::panic_exception()),
            ::core::option::Option::Some(::hpy::impl_::iterator_class()),
            ::core::option::Option::Some(::hpy::impl_::function_class()),
            ::core::option::Option::Some(<Ints>::__hpy_slot().global()),
            ::core::option::Option::Some(<Floats>::__hpy_slot().global()),
            ::core::option::Option::None,
        ];
        static __TABLE: ::hpy::impl_::ModuleTable = ::hpy::impl_::ModuleTable::new::<
            __Module,
        >(__FUNCTIONS, __GLOBALS);
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn PyInit_m() -> *mut ::core::ffi::c_void {
            unsafe { ::hpy::impl_::py_init(&__TABLE) }
        }
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn HPyInit_m() -> *const ::core::ffi::c_void {
            unsafe { ::hpy::impl_::hpy_init(&__TABLE) }
        }
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn HPyInitGlobalContext_m(ctx: *mut ::core::ffi::c_void) {
            unsafe { ::hpy::impl_::hpy_init_global_context(ctx) }
        }
        #[unsafe(no_mangle)]
        pub extern "C" fn get_required_hpy_major_version_m() -> ::core::primitive::u32 {
            0
        }
        #[unsafe(no_mangle)]
        pub extern "C" fn get_required_hpy_minor_version_m() -> ::core::primitive::u32 {
            0
        }
        const __OUR_HOST: ::core::primitive::bool = {
            #[allow(unused_mut)]
            let mut ours = false;
            {
                ours |= <Ints as ::hpy::impl_::ClassTable>::OUR_HOST;
            }
            {
                ours |= <Floats as ::hpy::impl_::ClassTable>::OUR_HOST;
            }
            ours
        };
        const __MARK_LEN: ::core::primitive::usize = ::hpy::impl_::host_mark_len(c"m");
        #[unsafe(no_mangle)]
        #[allow(non_upper_case_globals)]
        pub static hpy_host_of_m: [::core::primitive::u8; __MARK_LEN] = ::hpy::impl_::host_mark(
            c"m",
            __OUR_HOST,
        );
    };
}
