//! The module `misuse`: each function breaks a rule of HPy, as C code can and safe code with `hpy` can't.
//!
//! For debug mode only: otherwise, most of it is undefined behavior.

#![allow(clippy::missing_safety_doc)] // there is no safety

mod module;

use core::ffi::{CStr, c_char, c_void};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicIsize, AtomicPtr, Ordering::Relaxed};

use hpy_sys::*;
use module::module;

/// What functions keep that they must not.
static CONTEXT: AtomicPtr<HPyContext> = AtomicPtr::new(null_mut());
static HANDLE: AtomicIsize = AtomicIsize::new(0);
static TEXT: AtomicPtr<c_char> = AtomicPtr::new(null_mut());

unsafe fn none(ctx: *mut HPyContext) -> HPy {
    // SAFETY: HPy's rules.
    unsafe { HPy_Dup(ctx, (*ctx).h_None) }
}

/// The text of an argument.
unsafe fn text(ctx: *mut HPyContext, h: HPy) -> *const c_char {
    let mut size = 0;
    // SAFETY: HPy's rules.
    unsafe { HPyUnicode_AsUTF8AndSize(ctx, h, &mut size) }
}

module! {
    /// Breaks no rule: the name of the context.
    name = |ctx, _args| HPyUnicode_FromString(ctx, (*ctx).name);

    /// A handle that nobody closes.
    leak = |ctx, args| {
        HPy_Dup(ctx, *args);
        none(ctx)
    };

    close_twice = |ctx, args| {
        let h = HPy_Dup(ctx, *args);
        HPy_Close(ctx, h);
        HPy_Close(ctx, h);
        none(ctx)
    };

    use_closed = |ctx, args| {
        let h = HPy_Dup(ctx, *args);
        HPy_Close(ctx, h);
        HPy_Repr(ctx, h)
    };

    close_argument = |ctx, args| {
        HPy_Close(ctx, *args);
        none(ctx)
    };

    close_constant = |ctx, _args| {
        HPy_Close(ctx, (*ctx).h_True);
        none(ctx)
    };

    return_argument = |_ctx, args| *args;

    return_constant = |ctx, _args| (*ctx).h_None;

    return_nonsense = |_ctx, _args| HPy { _i: 0x1234 };

    /// What stands behind the last argument, as `HPyArg_ParseKeywords` reads it that gets a dict.
    use_behind_arguments = |ctx, args| HPy_Repr(ctx, *args.add(1));

    keep_argument = |ctx, args| {
        HANDLE.store((*args)._i, Relaxed);
        none(ctx)
    };

    use_kept_handle = |ctx, _args| HPy_Repr(ctx, HPy { _i: HANDLE.load(Relaxed) });

    keep_context = |ctx, _args| {
        CONTEXT.store(ctx, Relaxed);
        none(ctx)
    };

    use_kept_context = |_ctx, _args| none(CONTEXT.load(Relaxed));

    /// Calls its argument, which may use the context that was kept here.
    keep_context_and_call = |ctx, args| {
        CONTEXT.store(ctx, Relaxed);
        HPy_CallTupleDict(ctx, *args, HPy::NULL, HPy::NULL)
    };

    use_context_in_another_thread = |ctx, _args| {
        let ctx_in_thread = AtomicPtr::new(ctx);
        // SAFETY: the rule that is broken.
        let thread = std::thread::spawn(move || unsafe { none(ctx_in_thread.load(Relaxed)); });
        let _ = thread.join();
        none(ctx)
    };

    use_context_without_python = |ctx, _args| {
        let state = HPy_LeavePythonExecution(ctx);
        let result = none(ctx);
        HPy_ReenterPythonExecution(ctx, state);
        result
    };

    reenter_without_leaving = |ctx, _args| {
        HPy_ReenterPythonExecution(ctx, HPyThreadState { _i: 0 });
        none(ctx)
    };

    write_to_text = |ctx, args| {
        *text(ctx, *args).cast_mut() = 0x41;
        none(ctx)
    };

    read_text_of_closed = |ctx, args| {
        let h = HPy_Dup(ctx, *args);
        let text = text(ctx, h);
        HPy_Close(ctx, h);
        HPyUnicode_FromString(ctx, text)
    };

    keep_text = |ctx, args| {
        TEXT.store(text(ctx, *args).cast_mut(), Relaxed);
        none(ctx)
    };

    read_kept_text = |ctx, _args| HPyUnicode_FromString(ctx, TEXT.load(Relaxed));

    build_twice = |ctx, args| {
        let builder = HPyListBuilder_New(ctx, 1);
        HPyListBuilder_Set(ctx, builder, 0, *args);
        HPy_Close(ctx, HPyListBuilder_Build(ctx, builder));
        HPyListBuilder_Build(ctx, builder)
    };

    build_cancelled = |ctx, args| {
        let builder = HPyTupleBuilder_New(ctx, 1);
        HPyTupleBuilder_Set(ctx, builder, 0, *args);
        HPyTupleBuilder_Cancel(ctx, builder);
        HPyTupleBuilder_Build(ctx, builder)
    };

    set_outside_of_builder = |ctx, args| {
        let builder = HPyListBuilder_New(ctx, 1);
        HPyListBuilder_Set(ctx, builder, 0, *args);
        HPyListBuilder_Set(ctx, builder, 7, *args);
        HPyListBuilder_Build(ctx, builder)
    };

    forget_builder = |ctx, args| {
        let builder = HPyTupleBuilder_New(ctx, 1);
        HPyTupleBuilder_Set(ctx, builder, 0, *args);
        none(ctx)
    };

    forget_tracker = |ctx, args| {
        let tracker = HPyTracker_New(ctx, 1);
        HPyTracker_Add(ctx, tracker, HPy_Dup(ctx, *args));
        none(ctx)
    };

    use_closed_tracker = |ctx, args| {
        let tracker = HPyTracker_New(ctx, 1);
        HPyTracker_Close(ctx, tracker);
        HPyTracker_Add(ctx, tracker, HPy_Dup(ctx, *args));
        none(ctx)
    };

    close_tracked = |ctx, args| {
        let tracker = HPyTracker_New(ctx, 1);
        let h = HPy_Dup(ctx, *args);
        HPyTracker_Add(ctx, tracker, h);
        HPy_Close(ctx, h);
        HPyTracker_Close(ctx, tracker);
        none(ctx)
    };

    no_type = |ctx, args| {
        HPy_TypeCheck(ctx, *args, *args);
        none(ctx)
    };

    name_of_no_type = |ctx, args| HPyUnicode_FromString(ctx, HPyType_GetName(ctx, *args));

    substring_of_no_text = |ctx, _args| HPyUnicode_Substring(ctx, (*ctx).h_True, 0, 1);

    /// The struct of an object that has none.
    struct_of_none = |ctx, _args| {
        _HPy_AsStruct_Type(ctx, (*ctx).h_None);
        none(ctx)
    };
}
