/// Everything that a module can have.
mod m {
    const VERSION: &str = "1";
    #[cfg(unix)]
    use super::{a, b as c};
    static KEPT: Global = Global::new();
    #[cfg(unix)]
    fn f() {}
    fn init(ctx: Context<'_>, module: &Handle<'_, Module>) -> Result<()> {
        Ok(())
    }
    struct Untouched;
    #[cfg(unix)]
    #[doc(hidden)]
    struct f {}
    #[cfg(unix)]
    const _: () = {
        #[automatically_derived]
        impl ::hpy::impl_::Function for f {
            type This = ::hpy::types::Module;
            const NAME: &'static ::core::ffi::CStr = c"f";
            const DOC: &'static ::core::ffi::CStr = c"f()\n--\n\n";
            const CONVENTION: ::hpy::impl_::Convention = ::hpy::impl_::Convention::NoArgs;
            const PARAMS: &'static ::hpy::impl_::Params = &::hpy::impl_::Params {
                class: "",
                names: b"f\0",
                own: 2,
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
                __this: ::hpy::Ref<'__a, '__ctx, ::hpy::types::Module>,
                __args: &::hpy::impl_::Arguments<'__a, '__ctx>,
                __params: &'static ::hpy::impl_::Params,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                let __result = f();
                ::hpy::impl_::output(__ctx, __result)
            }
        }
    };
    const _: () = {
        #[allow(unused_imports, non_camel_case_types, dead_code)]
        mod __exported {
            mod plain {
                #[cfg(unix)]
                pub struct a;
                #[cfg(unix)]
                pub struct c;
            }
            pub(super) use plain::*;
            #[cfg(unix)]
            pub(super) use super::a;
            #[cfg(unix)]
            pub(super) use super::c;
        }
        struct __Module;
        #[automatically_derived]
        impl ::hpy::impl_::Module for __Module {
            const NAME: &'static ::core::ffi::CStr = c"things";
            const DOC: &'static ::core::ffi::CStr = c"Everything that a module can have.";
            const GIL: ::core::primitive::bool = false;
            fn exec<'__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __module: &::hpy::Handle<'__ctx, ::hpy::types::Module>,
            ) -> ::hpy::Result<()> {
                ::hpy::impl_::add_constant(__ctx, __module, c"VERSION", VERSION)?;
                ::hpy::impl_::init_output(
                    init(__ctx, ::hpy::impl_::pass_module(&__module.as_ref())),
                )?;
                ::core::result::Result::Ok(())
            }
        }
        #[cfg(unix)]
        struct __renamed_c;
        #[cfg(unix)]
        #[automatically_derived]
        impl ::hpy::impl_::Function for __renamed_c {
            type This = ::hpy::types::Module;
            const NAME: &'static ::core::ffi::CStr = c"c";
            const DOC: &'static ::core::ffi::CStr = {
                const LEN: ::core::primitive::usize = ::hpy::impl_::renamed_doc_len::<
                    __exported::c,
                >(c"c");
                const DOC: [::core::primitive::u8; LEN] = ::hpy::impl_::renamed_doc::<
                    __exported::c,
                    LEN,
                >(c"c");
                ::hpy::impl_::doc(&DOC)
            };
            const CONVENTION: ::hpy::impl_::Convention = <__exported::c as ::hpy::impl_::Function>::CONVENTION;
            const PARAMS: &'static ::hpy::impl_::Params = {
                const LEN: ::core::primitive::usize = ::hpy::impl_::renamed_names_len::<
                    __exported::c,
                >(c"c");
                const NAMES: [::core::primitive::u8; LEN] = ::hpy::impl_::renamed_names::<
                    __exported::c,
                    LEN,
                >(c"c");
                &::hpy::impl_::Params {
                    names: &NAMES,
                    own: 2,
                    ..*<__exported::c as ::hpy::impl_::Function>::PARAMS
                }
            };
            #[inline(always)]
            fn call<'__a, '__ctx>(
                __ctx: ::hpy::Context<'__ctx>,
                __module: ::hpy::Ref<'__a, '__ctx, ::hpy::types::Module>,
                __args: &::hpy::impl_::Arguments<'__a, '__ctx>,
                __params: &'static ::hpy::impl_::Params,
            ) -> ::hpy::Result<::hpy::Handle<'__ctx>> {
                <__exported::c as ::hpy::impl_::Function>::call(
                    __ctx,
                    __module,
                    __args,
                    __params,
                )
            }
        }
        static __FUNCTIONS: &[::hpy::impl_::ModuleDef] = &[
            #[cfg(unix)]
            ::hpy::impl_::exported_def::<__exported::a>(),
            #[cfg(unix)]
            ::hpy::impl_::FunctionDef::<__renamed_c>::MODULE,
            #[cfg(unix)]
            ::hpy::impl_::FunctionDef::<f>::MODULE,
        ];
        static __GLOBALS: &[::core::option::Option<&::hpy::impl_::GlobalSlot>] = &[
            ::core::option::Option::Some(::hpy::impl_::panic_exception()),
            ::core::option::Option::Some(::hpy::impl_::iterator_class()),
            ::core::option::Option::Some(::hpy::impl_::function_class()),
            ::core::option::Option::Some(::hpy::Global::slot(&KEPT)),
            ::core::option::Option::None,
        ];
        static __TABLE: ::hpy::impl_::ModuleTable = ::hpy::impl_::ModuleTable::new::<
            __Module,
        >(__FUNCTIONS, __GLOBALS);
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn PyInit_things() -> *mut ::core::ffi::c_void {
            unsafe { ::hpy::impl_::py_init(&__TABLE) }
        }
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn HPyInit_things() -> *const ::core::ffi::c_void {
            unsafe { ::hpy::impl_::hpy_init(&__TABLE) }
        }
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn HPyInitGlobalContext_things(
            ctx: *mut ::core::ffi::c_void,
        ) {
            unsafe { ::hpy::impl_::hpy_init_global_context(ctx) }
        }
        #[unsafe(no_mangle)]
        pub extern "C" fn get_required_hpy_major_version_things() -> ::core::primitive::u32 {
            0
        }
        #[unsafe(no_mangle)]
        pub extern "C" fn get_required_hpy_minor_version_things() -> ::core::primitive::u32 {
            0
        }
        const __OUR_HOST: ::core::primitive::bool = {
            #[allow(unused_mut)]
            let mut ours = false;
            ours
        };
        const __MARK_LEN: ::core::primitive::usize = ::hpy::impl_::host_mark_len(
            c"things",
        );
        #[unsafe(no_mangle)]
        #[allow(non_upper_case_globals)]
        pub static hpy_host_of_things: [::core::primitive::u8; __MARK_LEN] = ::hpy::impl_::host_mark(
            c"things",
            __OUR_HOST,
        );
    };
}
